// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static ca.notreville.core.internal.member.Town.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class MemberServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private Town town;

    @BeforeEach
    void start() {
        town = new Town(database);
    }

    @Test
    void aNewAccountHasWhatWasTypedAndSensibleDefaults() {
        Member member = town.members.signUp(
                VISITOR, new SignUp(" Ana@Example.ORG ", "une phrase à moi", " Ana \u00A0 Tremblay ", "", null, null));

        assertThat(member.email()).isEqualTo("ana@example.org");
        assertThat(member.displayName()).isEqualTo("Ana Tremblay");
        assertThat(member.profile()).isEqualTo(Profile.CITIZEN);
        assertThat(member.language()).isEqualTo(Locale.ENGLISH);
        assertThat(member.neighbourhood()).isNull();
        assertThat(member.roles()).isEmpty();
        assertThat(town.members.find(member.id())).contains(member);
    }

    @Test
    void whatWasChosenIsKept() {
        database.execute("insert into core_borough (id, name) values ('rive', 'Rive')");
        database.execute(
                "insert into core_neighbourhood (number, id, borough_id, name) values (1, 'quai', 'rive', 'Le Quai')");

        Member member = town.members.signUp(
                VISITOR, new SignUp("bo@example.org", "une phrase à moi", "Bo", "expert", "quai", "fr"));

        assertThat(member)
                .extracting(Member::profile, Member::neighbourhood, Member::language)
                .containsExactly(Profile.EXPERT, "quai", Locale.FRENCH);
        assertThat(town.members.find(member.id())).contains(member);
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnce() {
        assertThat(errors(new SignUp(null, null, null, "king", "atlantis", "de")))
                .extracting(FieldError::field, FieldError::code)
                .containsExactlyInAnyOrder(
                        tuple("email", "required"),
                        tuple("displayName", "required"),
                        tuple("password", "required"),
                        tuple("profile", "not-one-of"),
                        tuple("neighbourhood", "not-one-of"),
                        tuple("language", "not-one-of"));
    }

    @Test
    void passwordsAndNamesHaveTheLimitsThatTheirDraftNames() {
        String bird = "\uD83D\uDC26";

        assertThat(errors(new SignUp("a@b.org", bird.repeat(7), "A", null, null, null)))
                .containsExactlyInAnyOrder(
                        new FieldError("password", "too-short", Map.of("min", 8)),
                        new FieldError("displayName", "too-short", Map.of("min", 2)));
        assertThat(errors(new SignUp("a@b.org", "x".repeat(129), "é".repeat(61), null, null, null)))
                .containsExactlyInAnyOrder(
                        new FieldError("password", "too-long", Map.of("max", 128, "length", 129)),
                        new FieldError("displayName", "too-long", Map.of("max", 60, "length", 61)));
        assertThat(town.members
                        .signUp(VISITOR, new SignUp("wide@b.org", bird.repeat(128), bird.repeat(60), null, null, null))
                        .displayName())
                .isEqualTo(bird.repeat(60));
    }

    @Test
    void aPasswordThatIsTheNameOrTheAddressIsRefused() {
        assertThat(errors(new SignUp("ana.tremblay@b.org", "ANA Tremblay", "Ana Tremblay", null, null, null)))
                .extracting(FieldError::code)
                .containsExactly("core.password-is-name");
        assertThat(errors(new SignUp("ana.t@b.org", "Ana.T@B.org", "Ana Tremblay", null, null, null)))
                .extracting(FieldError::code)
                .containsExactly("core.password-is-name");
    }

    @Test
    void anAddressIsTakenWhateverItsCase() {
        town.members.signUp(VISITOR, Town.signUp("twice@example.org"));

        assertThat(errors(Town.signUp("TWICE@Example.org")))
                .containsExactly(new FieldError("email", "core.email-taken", Map.of()));
    }

    @Test
    void ofManyWhoSignUpWithOneAddressAtOnceOneGetsTheAccount() {
        List<String> answers = AtOnce.run(12, i -> {
            try {
                town.members.signUp(VISITOR, Town.signUp("rush@example.org"));
                return "made";
            } catch (InvalidException e) {
                return e.errors().get(0).code();
            }
        });

        assertThat(answers).containsOnlyOnce("made");
        assertThat(answers).filteredOn("core.email-taken"::equals).hasSize(11);
        assertThat(database.number("select count(*) from core_member where email = 'rush@example.org'"))
                .isEqualTo(1);
    }

    @Test
    void thePasswordIsInTheDatabaseAsAHashOnlyAndNeverInWhatIsLogged() {
        SignUp draft = new SignUp("secret@example.org", "tout à fait secret", "Bo", null, null, null);

        Member member = town.members.signUp(VISITOR, draft);

        String stored = town.jpa.txExpr(
                em -> (String) em.createNativeQuery("select password from core_member where id = " + member.id())
                        .getSingleResult());
        assertThat(stored).startsWith("$argon2id$v=19$").doesNotContain("secret");
        assertThat(draft.toString()).doesNotContain("tout à fait secret");
    }

    @Test
    void namesAreFoundForAsManyAsAPageListsAndUnknownOnesAreLeftOut() {
        Member member = town.somebody();

        assertThat(town.members.displayNames(List.of(member.id(), 1L, member.id())))
                .isEqualTo(Map.of(member.id(), "Ana Tremblay"));
        assertThat(town.members.displayNames(List.of())).isEmpty();
        assertThat(town.members.find(1)).isEmpty();
    }

    @Test
    void aClaimThatWasNeverMadeIsNotGood() {
        assertThat(town.members.administrationClaimable("never made")).isFalse();
        assertThatThrownBy(() ->
                        town.members.claimAdministration(VISITOR, "never made", Town.signUp("claimer@example.org")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("core.claim-not-good");
    }

    private List<FieldError> errors(SignUp draft) {
        return catchThrowableOfType(InvalidException.class, () -> town.members.signUp(VISITOR, draft))
                .errors();
    }
}
