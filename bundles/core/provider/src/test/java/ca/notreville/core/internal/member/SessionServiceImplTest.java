// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static ca.notreville.core.internal.member.Town.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.persistence.api.Job;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class SessionServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final String PASSWORD = "une phrase à moi";

    private Town town;
    private Member ana;

    @BeforeEach
    void start() {
        town = new Town(database);
        ana = town.somebody();
    }

    @Test
    void whoSignsInIsKnownByTheirToken() {
        Session session = town.sessions.open(new Credentials(ana.email().toUpperCase(), PASSWORD, "192.0.2.1"));

        Caller caller = town.sessions.resolve(session.token()).orElseThrow();

        assertThat(session.member()).isEqualTo(ana);
        assertThat(caller).isEqualTo(Caller.member(ana.id(), ana.displayName(), Set.of(), ana.language()));
        assertThat(session.expiresAt()).isEqualTo(town.clock.instant().plus(Duration.ofDays(30)));
    }

    @Test
    void rolesComeWithTheSession() {
        town.jpa.tx(
                em -> em.find(MemberEntity.class, ana.id()).grant(Grant.everywhere(Role.STAFF), town.clock.instant()));

        Session session = town.sessions.open(new Credentials(ana.email(), PASSWORD, "192.0.2.1"));

        assertThat(town.sessions.resolve(session.token()).orElseThrow().roles())
                .containsExactlyInAnyOrder(Role.VISITOR, Role.MEMBER, Role.STAFF);
    }

    @Test
    void theDatabaseKeepsTheHashOfATokenOnly() {
        String token = town.sessions.openFor(ana).token();

        assertThat(database.number("select count(*) from core_session where token_hash = '" + token + "'"))
                .isZero();
        assertThat(database.number("select count(*) from core_session where token_hash = '" + Tokens.hash(token) + "'"))
                .isEqualTo(1);
        assertThat(token).hasSize(43);
        assertThat(town.sessions.openFor(ana).toString()).doesNotContain(token);
    }

    @Test
    void aSessionEndsAtItsHourAlsoOnANodeThatRemembersIt() {
        String token = town.sessions.openFor(ana).token();
        town.clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(town.sessions.resolve(token)).isPresent();

        town.clock.advance(Duration.ofMillis(1));

        assertThat(town.sessions.resolve(token)).isEmpty();
        assertThat(town.node().resolve(token)).isEmpty();
    }

    @Test
    void whoSignsOutIsForgottenAtOnceAndSigningOutTwiceIsNoError() {
        String token = town.sessions.openFor(ana).token();
        assertThat(town.sessions.resolve(token)).isPresent();

        town.sessions.close(token);
        town.sessions.close(token);

        assertThat(town.sessions.resolve(token)).isEmpty();
        assertThat(town.node().resolve(token)).isEmpty();
    }

    @Test
    void signingOutEndsOneSessionOfSeveral() {
        String phone = town.sessions.openFor(ana).token();
        String computer = town.sessions.openFor(ana).token();

        town.sessions.close(phone);

        assertThat(town.sessions.resolve(computer)).isPresent();
    }

    @Test
    void whatIsNoTokenIsNobody() {
        assertThat(town.sessions.resolve("")).isEmpty();
        assertThat(town.sessions.resolve("x".repeat(100_000))).isEmpty();
        assertThat(town.sessions.resolve(Tokens.hash(town.sessions.openFor(ana).token())))
                .isEmpty();
    }

    @Test
    void anUnknownAddressAndAWrongPasswordAreToldInTheSameWords() {
        var unknown = catchThrowableOfType(
                UnauthenticatedException.class,
                () -> town.sessions.open(new Credentials("nobody@example.org", PASSWORD, "192.0.2.2")));
        var wrong = catchThrowableOfType(
                UnauthenticatedException.class,
                () -> town.sessions.open(new Credentials(ana.email(), "not the password", "192.0.2.2")));

        assertThat(unknown.code()).isEqualTo("core.bad-credentials").isEqualTo(wrong.code());
        assertThat(unknown.arguments()).isEqualTo(wrong.arguments());
        assertThat(unknown.getMessage()).isEqualTo(wrong.getMessage());
    }

    @Test
    void anAccountWithoutAPasswordCannotBeEntered() {
        database.execute("update core_member set password = null where id = " + ana.id());

        assertThatThrownBy(
                        () -> town.sessions.open(new Credentials(ana.email(), "nobody has this password", "192.0.2.3")))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void missingFieldsAreNamedBeforeAnythingIsCounted() {
        var refused = catchThrowableOfType(
                InvalidException.class, () -> town.sessions.open(new Credentials(null, "", "192.0.2.4")));

        assertThat(refused.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("email", "required"), tuple("password", "required"));
    }

    @Test
    void theLimitHoldsForTheRightPasswordTooAndForAccountsThatDoNotExist() {
        for (String email : new String[] {ana.email(), "ghost@example.org"}) {
            for (int i = 0; i < SignInLimit.PER_PAIR; i++) {
                assertThatThrownBy(
                                () -> town.sessions.open(new Credentials(email, "not the password", "198.51.100.99")))
                        .isInstanceOf(UnauthenticatedException.class);
            }
            assertThatThrownBy(() -> town.sessions.open(new Credentials(email, PASSWORD, "198.51.100.99")))
                    .isInstanceOf(TooManyRequestsException.class);
        }
    }

    @Test
    void expiredSessionsAndOldFailuresAreSweptAway() throws Exception {
        String old = town.sessions.openFor(ana).token();
        town.limit.attempt("sweep@example.org", "203.0.113.1");
        town.clock.advance(Duration.ofDays(31));
        String fresh = town.sessions.openFor(ana).token();
        town.limit.attempt("kept@example.org", "203.0.113.2");

        new Sweep(database.dataSource(), town.clock).run(Mockito.mock(Job.class));

        assertThat(database.number("select count(*) from core_session where token_hash = '" + Tokens.hash(old) + "'"))
                .isZero();
        assertThat(town.sessions.resolve(fresh)).isPresent();
        assertThat(database.number("select count(*) from core_sign_in_failure")).isEqualTo(3);
    }

    @Test
    void aVisitorIsNobodyInParticular() {
        assertThat(VISITOR.signedIn()).isFalse();
        assertThatThrownBy(VISITOR::requireMember).isInstanceOf(UnauthenticatedException.class);
    }
}
