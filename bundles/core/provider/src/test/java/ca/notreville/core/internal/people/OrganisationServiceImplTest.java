// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.Invitation;
import ca.notreville.core.api.organisation.Membership;
import ca.notreville.core.api.organisation.MembershipRole;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.core.api.organisation.Organisation;
import ca.notreville.core.api.organisation.OrganisationDraft;
import ca.notreville.core.api.organisation.OrganisationQuery;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class OrganisationServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final Caller VISITOR = Caller.visitor(Locale.FRENCH);

    private Quarter quarter;
    private Caller ana;

    @BeforeEach
    void start() {
        quarter = new Quarter(database);
        database.execute("delete from core_invitation");
        database.execute("delete from core_membership");
        database.execute("delete from core_organisation");
        ana = quarter.member("Ana");
    }

    private static OrganisationDraft draft(String name) {
        return new OrganisationDraft(name, "community", "Aider", "Help", "2, rue du Quai", "quai");
    }

    private long organisation() {
        return quarter.organisations.create(ana, draft("L’Abri")).id();
    }

    /** Somebody who was invited and accepted. */
    private Caller joined(long id, String name, String role) {
        Caller other = quarter.member(name);
        invite(id, name.toLowerCase(Locale.ROOT) + "@example.org", role);
        quarter.organisations.accept(other, lastToken(), true);
        return other;
    }

    private void invite(long id, String email, String role) {
        quarter.organisations.invite(ana, id, new Invitation.Draft(email, role));
    }

    private String lastToken() {
        Letter letter = quarter.letters.get(quarter.letters.size() - 1);
        String path = java.util.Objects.requireNonNull(letter.button()).path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Test
    void whoRegistersAnOrganisationIsItsOwnerAndActsForIt() {
        long id = organisation();

        Organisation abri = quarter.organisations.find(id).orElseThrow();
        assertThat(abri.members()).isEqualTo(1);
        assertThat(abri.verified()).isFalse();
        assertThat(abri.mission(Locale.ENGLISH)).isEqualTo("Help");
        assertThat(abri.mission(Locale.JAPANESE)).isEqualTo("Aider");
        assertThat(quarter.organisations.roleOf(ana, id)).contains(MembershipRole.OWNER);
        assertThat(quarter.organisations.actors(ana))
                .extracting(NamedActor::name)
                .containsExactly("Ana", "L’Abri");
        assertThat(quarter.organisations.acting(id)).containsExactly(ana.memberId());
        assertThatThrownBy(() -> quarter.organisations.create(VISITOR, draft("Non")))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void everyFieldThatBreaksARuleIsNamedAtOnce() {
        InvalidException wrong = catchThrowableOfType(
                InvalidException.class,
                () -> quarter.organisations.create(
                        ana,
                        new OrganisationDraft(
                                "A", "club", " ", null, "a".repeat(OrganisationDraft.MAX_ADDRESS + 1), "nulle-part")));

        assertThat(wrong.errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("name", "kind", "missionFr", "address", "neighbourhood");
    }

    @Test
    void onePersonRegistersAFewADayHoweverManyAtOnce() {
        List<Boolean> created = AtOnce.run(8, i -> {
            try {
                quarter.organisations.create(ana, draft("Groupe " + i));
                return true;
            } catch (TooManyRequestsException e) {
                return false;
            }
        });

        assertThat(created).filteredOn(done -> done).hasSize(5);
        quarter.clock.advance(Duration.ofHours(25));
        quarter.organisations.create(ana, draft("Demain"));
    }

    @Test
    void theLastOwnerStaysEvenIfTwoLeaveAtOnce() {
        long id = organisation();
        assertThatThrownBy(() -> quarter.organisations.remove(ana, id, ana.memberId()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("core.last-owner");
        assertThatThrownBy(() -> quarter.organisations.changeRole(ana, id, ana.memberId(), MembershipRole.MEMBER))
                .isInstanceOf(ConflictException.class);
        Caller bo = joined(id, "Bo", "manager");
        quarter.organisations.changeRole(ana, id, bo.memberId(), MembershipRole.OWNER);

        List<Boolean> left = AtOnce.run(2, i -> {
            Caller caller = i == 0 ? ana : bo;
            try {
                quarter.organisations.remove(caller, id, caller.memberId());
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(left).containsExactlyInAnyOrder(true, false);
        assertThat(database.number("select count(*) from core_membership where role = 'owner'"))
                .isEqualTo(1);
    }

    @Test
    void anInvitationIsAcceptedByOnePersonHoweverManyHaveTheLink() {
        long id = organisation();
        invite(id, "bo@example.org", "member");
        String token = lastToken();
        List<Caller> people =
                List.of(quarter.member("Bo"), quarter.member("Cléo"), quarter.member("Dan"), quarter.member("Eva"));

        List<Boolean> accepted = AtOnce.run(people.size(), i -> {
            try {
                quarter.organisations.accept(people.get(i), token, false);
                return true;
            } catch (NotFoundException e) {
                assertThat(e.code()).isEqualTo("core.invitation-not-good");
                return false;
            }
        });

        assertThat(accepted).containsOnlyOnce(true);
        assertThat(database.number("select count(*) from core_membership")).isEqualTo(2);
        assertThatThrownBy(() -> quarter.organisations.decline(token)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void acceptingOnesOwnInvitationAgainEvenAtOnceChangesNothing() {
        long id = organisation();
        invite(id, "bo@example.org", "member");
        String token = lastToken();
        Caller bo = quarter.member("Bo");

        AtOnce.run(4, i -> quarter.organisations.accept(bo, token, true).id());

        assertThat(database.number("select count(*) from core_membership")).isEqualTo(2);
        assertThat(quarter.organisations.roleOf(bo, id)).contains(MembershipRole.MEMBER);
    }

    @Test
    void anInvitationThatIsTooOldTakenBackOrReplacedIsNoMoreGood() {
        long id = organisation();
        Caller bo = quarter.member("Bo");
        invite(id, "bo@example.org", "member");
        String first = lastToken();
        invite(id, "Bo@Example.org", "member");
        String second = lastToken();
        assertThatThrownBy(() -> quarter.organisations.accept(bo, first, false)).isInstanceOf(NotFoundException.class);
        assertThat(quarter.organisations.invitations(ana, id)).hasSize(1);

        quarter.organisations.revoke(
                ana, id, quarter.organisations.invitations(ana, id).get(0).id());
        assertThatThrownBy(() -> quarter.organisations.invitation(second)).isInstanceOf(NotFoundException.class);

        invite(id, "bo@example.org", "member");
        String third = lastToken();
        quarter.clock.advance(Invitation.GOOD_FOR);
        assertThatThrownBy(() -> quarter.organisations.accept(bo, third, false)).isInstanceOf(NotFoundException.class);
        assertThat(quarter.organisations.invitations(ana, id)).isEmpty();
    }

    @Test
    void aDeclinedInvitationForgetsTheAddress() {
        long id = organisation();
        invite(id, "bo@example.org", "member");

        quarter.organisations.decline(lastToken());

        assertThat(database.number("select count(*) from core_invitation where email = '' and waiting_for is null"))
                .isEqualTo(1);
    }

    @Test
    void noAddressAndNoNameBringsALineOfItsOwnIntoTheHeadersOfAnInvitation() {
        long id = quarter.organisations
                .create(ana, draft("L’Abri\r\nBcc: tous@example.org"))
                .id();
        for (String email : List.of(
                "bo@example.org\r\nBcc: tous@example.org",
                "bo@example.org, tous@example.org",
                "Bo <bo@example.org>",
                "bo@example.org\nSubject: gagné")) {
            assertThatThrownBy(() -> invite(id, email, "member")).as(email).isInstanceOf(InvalidException.class);
        }
        assertThat(quarter.letters).isEmpty();

        invite(id, "bo@example.org", "member");

        assertThat(quarter.letters).singleElement().satisfies(letter -> {
            assertThat(letter.to()).isEqualTo("bo@example.org");
            assertThat(letter.subject().chars()).allMatch(c -> c >= ' ');
        });
    }

    @Test
    void anOrganisationSendsSoManyInvitationsADay() {
        long id = organisation();
        for (int i = 0; i < Invitation.MAX_A_DAY; i++) {
            invite(id, "p" + i + "@example.org", "member");
        }

        assertThatThrownBy(() -> invite(id, "un-de-plus@example.org", "member"))
                .isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void managersActAndInviteButMakeNoManagersAndTakeOutMembersAlone() {
        long id = organisation();
        Caller manager = joined(id, "Bo", "manager");
        Caller member = joined(id, "Cleo", "member");

        assertThat(quarter.organisations.mayActFor(manager, Actor.organisation(id)))
                .isTrue();
        assertThat(quarter.organisations.mayActFor(member, Actor.organisation(id)))
                .isFalse();
        assertThat(quarter.organisations.mayActFor(member, Actor.member(member.memberId())))
                .isTrue();
        assertThat(quarter.organisations.mayActFor(member, Actor.member(manager.memberId())))
                .isFalse();
        assertThat(quarter.organisations.mayActFor(VISITOR, Actor.organisation(id)))
                .isFalse();
        assertThatThrownBy(() -> quarter.organisations.requireActFor(member, Actor.organisation(id)))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.organisations.requireActFor(VISITOR, Actor.organisation(id)))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() ->
                        quarter.organisations.invite(manager, id, new Invitation.Draft("x@example.org", "manager")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(
                        () -> quarter.organisations.invite(member, id, new Invitation.Draft("x@example.org", "member")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.organisations.remove(manager, id, ana.memberId()))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(
                        () -> quarter.organisations.changeRole(manager, id, manager.memberId(), MembershipRole.OWNER))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.organisations.invitations(member, id)).isInstanceOf(ForbiddenException.class);
        quarter.organisations.remove(manager, id, member.memberId());
        assertThat(quarter.organisations.roleOf(member, id)).isEmpty();
    }

    @Test
    void ownershipIsHandedOverAndTheNewOwnerIsTold() {
        long id = organisation();
        Caller bo = joined(id, "Bo", "member");
        assertThatThrownBy(() -> quarter.organisations.handOver(
                        ana, id, quarter.member("Zoé").memberId()))
                .isInstanceOf(NotFoundException.class);

        quarter.organisations.handOver(ana, id, bo.memberId());

        assertThat(quarter.organisations.roleOf(bo, id)).contains(MembershipRole.OWNER);
        assertThat(quarter.organisations.roleOf(ana, id)).contains(MembershipRole.MANAGER);
        assertThat(quarter.letters.get(quarter.letters.size() - 1).to())
                .isEqualTo("m" + bo.memberId() + "@example.org");
        quarter.organisations.remove(ana, id, ana.memberId());
        assertThat(quarter.organisations.members(bo, id)).hasSize(1);
    }

    @Test
    void whoDoesNotShowTheirMembershipIsSeenInsideAlone() {
        long id = organisation();
        Caller bo = joined(id, "Bo", "member");
        quarter.organisations.show(bo, id, false);

        assertThat(quarter.organisations.members(VISITOR, id))
                .extracting(Membership::displayName)
                .containsExactly("Ana");
        assertThat(quarter.organisations.members(ana, id))
                .extracting(Membership::displayName)
                .containsExactly("Ana", "Bo");
        assertThat(quarter.organisations.shownBy(bo.memberId())).isEmpty();
        assertThat(quarter.organisations.mine(bo)).hasSize(1);
        assertThat(quarter.organisations.find(id).orElseThrow().members()).isEqualTo(2);
    }

    @Test
    void anotherVersionIsRefusedAndStrangersEditNothing() {
        long id = organisation();
        Organisation saved = quarter.organisations.update(ana, id, draft("L’Abri du Quai"), 1);

        assertThat(saved.version()).isEqualTo(2);
        assertThatThrownBy(() -> quarter.organisations.update(ana, id, draft("Autre"), 1))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> quarter.organisations.update(quarter.member("Bo"), id, draft("Autre"), null))
                .isInstanceOf(ForbiddenException.class);
        assertThat(quarter.organisations
                        .update(quarter.staffOf("quai"), id, draft("Corrigé"), null)
                        .name())
                .isEqualTo("Corrigé");
    }

    @Test
    void staffVerifyWhereTheyAreStaffAndItStandsInTheAuditLogOnce() throws Exception {
        long id = organisation();
        Caller local = quarter.staffOf("quai");

        assertThatThrownBy(() -> quarter.organisations.verify(quarter.staffOf("parc"), id, true))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> quarter.organisations.verify(ana, id, true)).isInstanceOf(ForbiddenException.class);
        assertThat(quarter.organisations.verify(local, id, true).verified()).isTrue();
        assertThat(quarter.organisations.verify(local, id, true).verified()).isTrue();

        Mockito.verify(quarter.audit)
                .append(
                        Mockito.any(),
                        Mockito.eq(local),
                        Mockito.eq("core.organisation-verified"),
                        Mockito.eq("organisation:" + id),
                        Mockito.any());
        assertThat(quarter.organisations.verify(local, id, false).verified()).isFalse();
    }

    @Test
    void whatModerationHidesShowsItsNameAloneButToThoseWhoActForItAndIsListedNowhere() {
        long id = organisation();
        Mockito.when(quarter.search.search(Mockito.any())).thenReturn(List.of(id));
        Sql.write(quarter.dataSource, connection -> {
            CaseTable.hide(connection, new Initiative("organisation", id));
            return true;
        });

        Organisation seen = quarter.organisations.show(VISITOR, id);
        assertThat(seen.name()).isEqualTo("L’Abri");
        assertThat(List.of(seen.missionFr(), seen.missionEn(), seen.address())).containsOnly("");
        assertThat(quarter.organisations.show(ana, id).missionFr()).isEqualTo("Aider");
        assertThat(quarter.organisations.show(quarter.staff(), id).missionFr()).isEqualTo("Aider");
        assertThat(quarter.organisations
                        .list(OrganisationQuery.ALL, Paging.first(20))
                        .items())
                .isEmpty();
        assertThat(quarter.organisations
                        .list(new OrganisationQuery("abri", null, null), Paging.first(20))
                        .items())
                .isEmpty();
        assertThat(quarter.organisations.list("quai")).isEmpty();
        assertThat(new OrganisationSearch(quarter.dataSource).document(id)).isEmpty();
    }

    @Test
    void theyAreListedByNameAsFrenchSortsItAPieceAtATimeAndFiltered() {
        for (String name : List.of("Zoo", "École du parc", "abri")) {
            quarter.organisations.create(ana, draft(name));
        }
        quarter.organisations.create(ana, new OrganisationDraft("Ebène", "business", "Vendre", null, null, null));
        List<String> names = new ArrayList<>();
        @Nullable String after = null;
        do {
            Slice<Organisation> slice = quarter.organisations.list(OrganisationQuery.ALL, Paging.of("3", after, 2));
            slice.items().forEach(o -> names.add(o.name()));
            after = slice.next();
        } while (after != null);

        assertThat(names).containsExactly("abri", "Ebène", "École du parc", "Zoo");
        assertThat(quarter.organisations.list("quai")).hasSize(3);
        assertThat(quarter.organisations.list((String) null)).hasSize(4);
        assertThat(quarter.organisations
                        .list(new OrganisationQuery(null, "business", null), Paging.first(20))
                        .items())
                .extracting(Organisation::name)
                .containsExactly("Ebène");
    }

    @Test
    void thoseOfOneNameAreNeitherMissedNorListedTwiceWhereAPieceEndsAmongThem() {
        List<Long> all = new ArrayList<>();
        for (String name : List.of("Abri", "Abri", "Abri", "Banque")) {
            all.add(quarter.organisations.create(ana, draft(name)).id());
        }
        for (OrganisationQuery query : List.of(
                OrganisationQuery.ALL,
                new OrganisationQuery(null, null, "quai"),
                new OrganisationQuery(null, "community", null),
                new OrganisationQuery(null, "community", "quai"))) {
            List<Long> listed = new ArrayList<>();
            @Nullable String after = null;
            do {
                Slice<Organisation> slice = quarter.organisations.list(query, Paging.of("1", after, 2));
                slice.items().forEach(o -> listed.add(o.id()));
                after = slice.next();
            } while (after != null);

            assertThat(listed).as(query.toString()).isEqualTo(all);
        }
    }

    @Test
    void whatIsFoundByWordsComesInTheOrderOfTheSearch() {
        long a = quarter.organisations.create(ana, draft("Abri")).id();
        long b = quarter.organisations.create(ana, draft("Banque")).id();
        Mockito.when(quarter.search.search(Mockito.any())).thenReturn(List.of(b, 99L, a));

        assertThat(quarter.organisations
                        .list(new OrganisationQuery("aide", "community", "quai"), Paging.first(20))
                        .items())
                .extracting(Organisation::id)
                .containsExactly(b, a);
        var document = new OrganisationSearch(quarter.dataSource).document(a).orElseThrow();
        assertThat(document.title()).isEqualTo("Abri");
        assertThat(document.text()).contains("Aider", "Help", "rue du Quai");
        assertThat(document.filters()).containsEntry("kind", "community").containsEntry("neighbourhood", "quai");
    }
}
