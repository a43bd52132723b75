// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.profile.DirectoryQuery;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.MemberProfile.MemberSkill;
import ca.notreville.core.api.profile.MemberProfile.Part;
import ca.notreville.core.api.profile.ProfileDraft;
import ca.notreville.core.api.profile.SkillService.Skill;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class ProfileServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final DirectoryQuery ALL = new DirectoryQuery(null, null, null, null);
    private static final Caller VISITOR = Caller.visitor(Locale.FRENCH);

    private Quarter quarter;

    @BeforeEach
    void start() {
        quarter = new Quarter(database);
        database.execute("delete from core_member_skill");
        database.execute("delete from core_profile");
        database.execute("delete from core_skill");
    }

    private static ProfileDraft draft(String name, List<String> words, List<String> shown) {
        return draft(name, words, shown, true);
    }

    private static ProfileDraft unlisted(String name) {
        return draft(name, List.of(), Part.words(), false);
    }

    private static ProfileDraft draft(String name, List<String> words, List<String> shown, boolean listed) {
        return new ProfileDraft(
                name,
                "quai",
                "Je jardine.",
                List.of("fr", "ht"),
                List.of(),
                words,
                "samedi",
                "arbres",
                shown,
                listed,
                true);
    }

    @Test
    void aProfileThatWasNeverSavedShowsNothingButTheName() {
        Caller ana = quarter.member("Ana");

        MemberProfile seen = quarter.profiles.show(VISITOR, ana.memberId());

        assertThat(seen.displayName()).isEqualTo("Ana");
        assertThat(seen.version()).isZero();
        assertThat(seen.listed()).isFalse();
        assertThat(seen.shown()).isEmpty();
        assertThat(quarter.profiles.directory(VISITOR, ALL, Paging.first(20)).items())
                .isEmpty();
        assertThatThrownBy(() -> quarter.profiles.show(VISITOR, 42)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> quarter.profiles.own(VISITOR)).isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void whatIsHiddenIsSeenByTheMemberAloneAndFoundByNobody() {
        Caller ana = quarter.member("Ana");
        quarter.profiles.update(ana, draft("Ana", List.of("soudure"), List.of("bio")), null);

        MemberProfile seen = quarter.profiles.show(VISITOR, ana.memberId());

        assertThat(seen.bio()).isEqualTo("Je jardine.");
        assertThat(seen.neighbourhood()).isNull();
        assertThat(seen.languages()).isEmpty();
        assertThat(seen.skills()).isEmpty();
        assertThat(seen.availability()).isEmpty();
        assertThat(seen.interests()).isEmpty();
        assertThat(quarter.profiles.own(ana).skills())
                .extracting(MemberSkill::label)
                .containsExactly("soudure");
        assertThat(found(new DirectoryQuery(null, "soudure", null, null))).isEmpty();
        assertThat(found(new DirectoryQuery(null, null, "quai", null))).isEmpty();
        assertThat(found(ALL)).containsExactly("Ana");
        var document =
                new MemberSearch(quarter.dataSource).document(ana.memberId()).orElseThrow();
        assertThat(document.text()).contains("jardine").doesNotContain("soudure", "samedi", "arbres");
        assertThat(document.filters()).isEmpty();
    }

    private List<String> found(DirectoryQuery query) {
        return quarter.profiles.directory(VISITOR, query, Paging.first(20)).items().stream()
                .map(MemberProfile::displayName)
                .toList();
    }

    @Test
    void aProfileThatModerationHidesShowsItsNameAloneAndIsFoundByNobodyUntilItIsShownAgain() {
        Caller ana = quarter.member("Ana");
        quarter.profiles.update(ana, draft("Ana", List.of("soudure"), Part.words()), null);
        Mockito.when(quarter.search.search(Mockito.any())).thenReturn(List.of(ana.memberId()));
        Initiative item = new Initiative("member", ana.memberId());

        Sql.write(quarter.dataSource, connection -> {
            CaseTable.hide(connection, item);
            return true;
        });

        MemberProfile seen = quarter.profiles.show(VISITOR, ana.memberId());
        assertThat(seen.displayName()).isEqualTo("Ana");
        assertThat(List.of(seen.bio(), seen.availability(), seen.interests())).containsOnly("");
        assertThat(seen.neighbourhood()).isNull();
        assertThat(seen.skills()).isEmpty();
        assertThat(seen.languages()).isEmpty();
        assertThat(seen.reachable()).isFalse();
        assertThat(quarter.profiles.own(ana).bio()).isEqualTo("Je jardine.");
        assertThat(quarter.profiles.own(ana).listed()).isTrue();
        assertThat(found(ALL)).isEmpty();
        assertThat(found(new DirectoryQuery("ana", null, null, null))).isEmpty();
        assertThat(new MemberSearch(quarter.dataSource).document(ana.memberId()))
                .isEmpty();

        Sql.write(quarter.dataSource, connection -> {
            CaseTable.restore(connection, item);
            return true;
        });
        assertThat(quarter.profiles.show(VISITOR, ana.memberId()).bio()).isEqualTo("Je jardine.");
        assertThat(found(ALL)).containsExactly("Ana");
    }

    @Test
    void manyAreShownAsEachIsAndInTheOrderAskedFor() {
        Caller ana = quarter.member("Ana");
        Caller ben = quarter.member("Ben");
        quarter.profiles.update(ana, draft("Ana", List.of("soudure"), List.of("bio")), null);

        Map<Long, MemberProfile> shown =
                quarter.profiles.showAll(VISITOR, List.of(ben.memberId(), 42L, ana.memberId()));

        assertThat(shown.values())
                .containsExactly(
                        quarter.profiles.show(VISITOR, ben.memberId()), quarter.profiles.show(VISITOR, ana.memberId()));
        assertThat(quarter.profiles.showAll(VISITOR, List.of())).isEmpty();
    }

    @Test
    void whoLeavesTheDirectoryIsFoundByNobody() {
        Caller ana = quarter.member("Ana");
        quarter.profiles.update(ana, draft("Ana", List.of("soudure"), Part.words()), null);
        quarter.profiles.update(
                ana,
                new ProfileDraft(
                        "Ana", "quai", "", null, null, List.of("soudure"), null, null, Part.words(), false, true),
                null);
        Mockito.when(quarter.search.search(Mockito.any())).thenReturn(List.of(ana.memberId()));

        assertThat(found(ALL)).isEmpty();
        assertThat(found(new DirectoryQuery(null, "soudure", null, null))).isEmpty();
        assertThat(found(new DirectoryQuery("ana", null, null, null))).isEmpty();
        assertThat(new MemberSearch(quarter.dataSource).document(ana.memberId()))
                .isEmpty();
        List<Long> indexed = new ArrayList<>();
        new MemberSearch(quarter.dataSource).forEach(indexed::add);
        assertThat(indexed).isEmpty();
    }

    @Test
    void anotherVersionIsRefusedAndOfTwoWhoSaveTheSameAtOnceOneDoes() {
        Caller ana = quarter.member("Ana");
        assertThat(quarter.profiles
                        .update(ana, draft("Ana", List.of(), List.of()), 0)
                        .version())
                .isEqualTo(1);

        List<Boolean> saved = AtOnce.run(2, i -> {
            try {
                quarter.profiles.update(ana, draft("Ana " + i, List.of("mot " + i), List.of()), 1);
                return true;
            } catch (ConflictException e) {
                assertThat(e.code()).isEqualTo("core.changed-meanwhile");
                return false;
            }
        });

        assertThat(saved).containsExactlyInAnyOrder(true, false);
        MemberProfile present = quarter.profiles.own(ana);
        assertThat(present.version()).isEqualTo(2);
        assertThat(present.skills())
                .extracting(MemberSkill::label)
                .containsExactly("mot " + present.displayName().substring(4));
    }

    @Test
    void theFirstSaveOfManyAtOnceMakesOneProfile() {
        Caller ana = quarter.member("Ana");

        AtOnce.run(6, i -> quarter.profiles.update(ana, draft("Ana", List.of("mot"), List.of()), null));

        assertThat(quarter.profiles.own(ana).version()).isEqualTo(6);
    }

    @Test
    void aSkillIsTheSameWhateverItsAccentsAndCaseAndIsFoundInBothLanguages() {
        Skill sewing = quarter.skills.save(quarter.staff(), 0, "Couture", "Sewing");
        Caller ana = quarter.member("Ana");
        quarter.profiles.update(
                ana,
                new ProfileDraft(
                        "Ana",
                        null,
                        null,
                        null,
                        List.of(String.valueOf(sewing.id())),
                        List.of("COUTURE", "sewing", "Réparation d’Œufs", "reparation d'oeufs", "  "),
                        null,
                        null,
                        Part.words(),
                        true,
                        null),
                null);

        assertThat(quarter.profiles.own(ana).skills())
                .extracting(MemberSkill::label, MemberSkill::skill)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Couture", sewing.id()),
                        org.assertj.core.groups.Tuple.tuple("Réparation d’Œufs", 0L));
        for (String asked : List.of("couture", "SEWING", "réparation d’œufs", "reparation d oeufs", "" + sewing.id())) {
            assertThat(found(new DirectoryQuery(null, asked, null, null)))
                    .as(asked)
                    .containsExactly("Ana");
        }
        assertThat(found(new DirectoryQuery(null, "cout", null, null))).isEmpty();

        quarter.skills.remove(quarter.staff(), sewing.id());
        assertThat(found(new DirectoryQuery(null, "couture", null, null))).containsExactly("Ana");
    }

    @Test
    void theDirectoryGoesByNameAsFrenchSortsItAPieceAtATime() {
        for (String name : List.of("Zoé", "Élise", "emma", "Eloi", "Anaïs", "Élise")) {
            quarter.profiles.update(quarter.member(name), draft(name, List.of(), List.of()), null);
        }

        assertThat(inPieces(ALL)).containsExactly("Anaïs", "Élise", "Élise", "Eloi", "emma", "Zoé");
    }

    @Test
    void thoseWithASkillGoByNameAPieceAtATimeAndByTheirNewNameOnceTheyHaveOne() {
        Skill welding = quarter.skills.save(quarter.staff(), 0, "Soudure", "Welding");
        Caller zoe = quarter.member("Zoé");
        for (String skill : List.of("soudure", "chant")) {
            for (String name : List.of("Zoé", "Élise", "emma", "Eloi", "Élise")) {
                Caller member = name.equals("Zoé") ? zoe : quarter.member(name);
                quarter.profiles.update(member, draft(name, List.of("soudure", skill), Part.words()), null);
            }
        }
        quarter.profiles.update(quarter.member("Ana"), draft("Ana", List.of("danse"), Part.words()), null);

        for (String place : java.util.Arrays.asList(null, "quai")) {
            assertThat(inPieces(new DirectoryQuery(null, "" + welding.id(), place, null)))
                    .containsExactly("Élise", "Élise", "Élise", "Élise", "Eloi", "Eloi", "emma", "emma", "Zoé");
            assertThat(inPieces(new DirectoryQuery(null, "chant", place, null)))
                    .containsExactly("Élise", "Élise", "Eloi", "emma", "Zoé");
        }
        assertThat(found(new DirectoryQuery(null, "chant", "parc", null))).isEmpty();

        quarter.profiles.update(zoe, draft("Aglaé", List.of("soudure", "chant"), Part.words()), null);
        assertThat(inPieces(new DirectoryQuery(null, "soudure", null, null))).startsWith("Aglaé");
        assertThat(inPieces(new DirectoryQuery(null, "chant", null, null))).startsWith("Aglaé");
    }

    private List<String> inPieces(DirectoryQuery query) {
        List<String> names = new ArrayList<>();
        @Nullable String after = null;
        do {
            Slice<MemberProfile> slice = quarter.profiles.directory(VISITOR, query, Paging.of("2", after, 2));
            slice.items().forEach(profile -> names.add(profile.displayName()));
            after = slice.next();
        } while (after != null);
        return names;
    }

    @Test
    void aKindIsShownAndFoundOfThoseAloneWhoWereGivenIt() {
        Caller ana = quarter.member("Ana");
        quarter.profiles.update(ana, draft("Ana", List.of(), Part.words()), null);
        database.execute("update core_member set profile = 'expert' where id = " + ana.memberId());

        assertThat(quarter.profiles.show(VISITOR, ana.memberId()).kind()).isEqualTo(Profile.CITIZEN);
        assertThat(found(new DirectoryQuery(null, null, null, "expert"))).isEmpty();

        Sql.write(quarter.dataSource, connection -> {
            quarter.roles.grant(connection, ana, ana.memberId(), Grant.everywhere(Role.EXPERT));
            quarter.roles.grant(connection, ana, ana.memberId(), Grant.everywhere(Role.EXPERT));
            return true;
        });
        assertThat(quarter.profiles.show(VISITOR, ana.memberId()).kind()).isEqualTo(Profile.EXPERT);
        assertThat(found(new DirectoryQuery(null, null, "quai", "expert"))).containsExactly("Ana");
        assertThat(new MemberSearch(quarter.dataSource)
                        .document(ana.memberId())
                        .orElseThrow()
                        .filters())
                .containsEntry("kind.expert", "1")
                .containsEntry("neighbourhood", "quai");
    }

    @Test
    void ofAKindAreFoundOnceThoseWhoAreListedAndStillHaveIt() {
        DirectoryQuery experts = new DirectoryQuery(null, null, null, "expert");
        Grant everywhere = Grant.everywhere(Role.EXPERT);
        Grant here = new Grant(Role.EXPERT, Grant.Limit.NEIGHBOURHOOD, "quai");
        Caller ana = quarter.member("Ana");
        quarter.roles.grant(quarter.staff(), ana.memberId(), everywhere);
        quarter.roles.grant(quarter.staff(), ana.memberId(), here);
        assertThat(found(experts)).isEmpty();

        quarter.profiles.update(ana, draft("Ana", List.of("tricot"), Part.words()), null);
        assertThat(found(experts)).containsExactly("Ana");
        assertThat(found(new DirectoryQuery(null, "tricot", null, "expert"))).containsExactly("Ana");

        quarter.roles.revoke(quarter.staff(), ana.memberId(), everywhere);
        assertThat(found(experts)).containsExactly("Ana");
        quarter.roles.revoke(quarter.staff(), ana.memberId(), here);
        assertThat(found(experts)).isEmpty();

        quarter.roles.grant(quarter.staff(), ana.memberId(), everywhere);
        quarter.profiles.update(ana, unlisted("Ana"), null);
        assertThat(found(experts)).isEmpty();
    }

    @Test
    void whoIsGivenAKindWhileEnteringTheDirectoryIsFoundByIt() {
        for (int round = 0; round < 20; round++) {
            Caller member = quarter.member("Membre " + round);
            AtOnce.run(2, i -> {
                if (i == 0) {
                    quarter.profiles.update(member, draft(member.displayName(), List.of(), Part.words()), null);
                } else {
                    Sql.write(quarter.dataSource, connection -> {
                        quarter.roles.grant(connection, member, member.memberId(), Grant.everywhere(Role.LEADER));
                        return true;
                    });
                }
                return true;
            });
        }

        assertThat(found(new DirectoryQuery(null, null, null, "leader"))).hasSize(20);
    }

    @Test
    void everyFieldThatBreaksARuleIsNamedAtOnce() {
        Caller ana = quarter.member("Ana");
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= ProfileDraft.MAX_SKILLS; i++) {
            many.add("mot " + i);
        }

        InvalidException wrong = catchThrowableOfType(
                InvalidException.class,
                () -> quarter.profiles.update(
                        ana,
                        new ProfileDraft(
                                "A",
                                "nulle-part",
                                "b".repeat(ProfileDraft.MAX_BIO + 1),
                                List.of("klingon"),
                                List.of("99"),
                                many,
                                "a".repeat(ProfileDraft.MAX_AVAILABILITY + 1),
                                "i".repeat(ProfileDraft.MAX_INTERESTS + 1),
                                List.of("email"),
                                true,
                                true),
                        null));

        assertThat(wrong.errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder(
                        "displayName",
                        "neighbourhood",
                        "bio",
                        "languages",
                        "skills",
                        "words",
                        "availability",
                        "interests",
                        "shown");
        assertThat(quarter.profiles.own(ana).version()).isZero();
    }

    @Test
    void theListOfSkillsIsForStaffAndHasEachWordOnce() {
        Caller staff = quarter.staff();
        quarter.skills.save(staff, 0, "Électricité", "Electrical work");

        assertThatThrownBy(() -> quarter.skills.save(staff, 0, "electricite", "Other"))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> quarter.skills.save(quarter.member("Ana"), 0, "Couture", "Sewing"))
                .isInstanceOf(ca.notreville.core.api.error.ForbiddenException.class);
        List<Boolean> added = AtOnce.run(4, i -> {
            try {
                quarter.skills.save(staff, 0, "Cuisine", "Cooking");
                return true;
            } catch (InvalidException e) {
                return false;
            }
        });
        assertThat(added).containsOnlyOnce(true);
        assertThat(quarter.skills.skills()).extracting(Skill::french).containsExactly("Cuisine", "Électricité");
    }
}
