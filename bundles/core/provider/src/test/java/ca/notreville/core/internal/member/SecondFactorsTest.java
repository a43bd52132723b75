// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Caller.Due;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.SecondFactorService.Enrolment;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService.Begun;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class SecondFactorsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final String PASSWORD = "une phrase à moi";
    private static final Device PHONE = new Device("Firefox", "192.0.2.1");

    /** Secret of RFC 6238, appendix B: the text 12345678901234567890. */
    private static final String RFC = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private Town town;
    private Member ana;
    private Caller caller;
    private Session session;
    private String secret = "";

    @BeforeEach
    void start() {
        town = new Town(database, true);
        ana = town.somebody();
        caller = Caller.member(ana.id(), ana.displayName(), Set.of(), Locale.FRENCH);
        session = town.sessions.openFor(ana);
    }

    private String now() {
        return Totp.code(secret, Totp.step(town.clock.instant()));
    }

    private List<String> setUp() {
        Enrolment enrolment = town.factors.enrol(caller);
        secret = enrolment.secret();
        List<String> recovery = town.factors.confirm(caller, enrolment.ticket(), now(), session.id());
        town.sessions.deliver(List.copyOf(town.untold));
        return recovery;
    }

    @Test
    void codesAreThoseOfTheStandard() {
        assertThat(Totp.code(RFC, Totp.step(Instant.ofEpochSecond(59)))).isEqualTo("287082");
        assertThat(Totp.code(RFC, Totp.step(Instant.ofEpochSecond(1_111_111_109))))
                .isEqualTo("081804");
        assertThat(Totp.code(RFC, Totp.step(Instant.ofEpochSecond(2_000_000_000))))
                .isEqualTo("279037");
        assertThat(Totp.code(RFC, Totp.step(Instant.ofEpochSecond(20_000_000_000L))))
                .isEqualTo("353130");
    }

    @Test
    void aSecretIsOf160BitsInBase32() {
        assertThat(Totp.makeSecret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.makeSecret());
    }

    @Test
    void withASecondFactorThePasswordAloneDoesNotSignIn() {
        setUp();
        Credentials alone = new Credentials(ana.email(), PASSWORD, "192.0.2.1");
        assertThat(catchThrowableOfType(UnauthenticatedException.class, () -> town.sessions.open(alone))
                        .code())
                .isEqualTo("core.second-factor-needed");
        assertThat(catchThrowableOfType(
                                UnauthenticatedException.class,
                                () -> town.sessions.open(new Credentials(ana.email(), "wrong", "192.0.2.1")))
                        .code())
                .isEqualTo("core.bad-credentials");
        town.clock.advance(Duration.ofSeconds(30));

        Session open = town.sessions.open(new Credentials(ana.email(), PASSWORD, PHONE, now()));

        assertThat(town.sessions.resolve(open.token())).isPresent();
    }

    @Test
    void onPagesTheCodeComesAfterThePasswordWithATicketThatIsGoodOnce() {
        setUp();
        town.clock.advance(Duration.ofSeconds(30));
        Begun begun = town.sessions.begin(new Credentials(ana.email(), PASSWORD, "192.0.2.1"));
        assertThat(begun.session()).isNull();
        assertThatThrownBy(() -> town.sessions.finish(begun.ticket(), "000000", PHONE))
                .isInstanceOf(InvalidException.class);

        Session open = town.sessions.finish(begun.ticket(), now(), PHONE);

        assertThat(town.sessions.resolve(open.token())).isPresent();
        town.clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> town.sessions.finish(begun.ticket(), now(), PHONE))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void aCodeIsTakenOnceHoweverManySendItAtOnce() {
        setUp();
        town.clock.advance(Duration.ofSeconds(30));
        String code = now();

        List<Boolean> taken = AtOnce.run(6, i -> town.factors.matches(ana.id(), code));

        assertThat(taken).filteredOn(ok -> ok).hasSize(1);
    }

    @Test
    void theCodeThatSetItUpDoesNotSignIn() {
        setUp();

        assertThat(town.factors.matches(ana.id(), now())).isFalse();
    }

    @Test
    void aClockThatIsHalfAMinuteOffIsForgivenAndNoMore() {
        setUp();
        town.clock.advance(Duration.ofMinutes(5));
        long step = Totp.step(town.clock.instant());

        assertThat(town.factors.matches(ana.id(), Totp.code(secret, step - 2))).isFalse();
        assertThat(town.factors.matches(ana.id(), Totp.code(secret, step + 2))).isFalse();
        assertThat(town.factors.matches(ana.id(), Totp.code(secret, step - 1))).isTrue();
        assertThat(town.factors.matches(ana.id(), Totp.code(secret, step + 1))).isTrue();
    }

    @Test
    void aRecoveryCodeIsGoodOnceHoweverItIsTyped() {
        List<String> recovery = setUp();
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        String typed = recovery.get(3).toLowerCase(Locale.ROOT).replace("-", " ");

        assertThat(town.factors.matches(ana.id(), typed)).isTrue();
        assertThat(town.factors.matches(ana.id(), typed)).isFalse();
        assertThat(database.number("select count(*) from core_recovery_code where member_id = " + ana.id()))
                .isEqualTo(9);
    }

    @Test
    void guessingIsLimited() {
        setUp();
        for (int i = 0; i < 9; i++) {
            assertThat(town.factors.matches(ana.id(), "00000" + i)).isFalse();
        }

        assertThatThrownBy(() -> town.factors.matches(ana.id(), "000000")).isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void nothingIsSetUpByAWrongCodeOrSomebodyElsesTicket() {
        Enrolment enrolment = town.factors.enrol(caller);
        Caller bo = Caller.member(town.somebody().id(), "Bo", Set.of(), Locale.FRENCH);

        assertThatThrownBy(() -> town.factors.confirm(caller, enrolment.ticket(), "000000", session.id()))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> town.factors.confirm(bo, enrolment.ticket(), "000000", session.id()))
                .isInstanceOf(NotFoundException.class);
        assertThat(town.factors.has(ana.id())).isFalse();
        assertThat(enrolment.address()).startsWith("otpauth://totp/").contains("secret=" + enrolment.secret());
    }

    @Test
    void rolesOfStaffDoNotCountBeforeTheSecondFactorIsGivenAndThoseOfOthersDo() {
        town.jpa.tx(em -> {
            MemberEntity entity = em.find(MemberEntity.class, ana.id());
            entity.grant(Grant.everywhere(Role.ADMINISTRATOR), town.clock.instant());
            entity.grant(Grant.everywhere(Role.MODERATOR), town.clock.instant());
        });
        Caller before = town.sessions.resolve(session.token()).orElseThrow();
        assertThat(before.roles()).containsExactlyInAnyOrder(Role.VISITOR, Role.MEMBER, Role.MODERATOR);
        assertThat(before.due()).containsExactly(Due.SECOND_FACTOR);

        setUp();

        Caller after = town.sessions.resolve(session.token()).orElseThrow();
        assertThat(after.has(Role.ADMINISTRATOR)).isTrue();
        assertThat(after.due()).isEmpty();
        Caller lenient = new Town(database)
                .sessions
                .resolve(town.sessions.openFor(ana).token())
                .orElseThrow();
        assertThat(lenient.has(Role.ADMINISTRATOR)).isTrue();
    }

    @Test
    void aTokenOfStaffLosesItsRolesWithTheSecondFactorOfItsMaker() {
        town.jpa.tx(
                em -> em.find(MemberEntity.class, ana.id()).grant(Grant.everywhere(Role.STAFF), town.clock.instant()));
        List<String> recovery = setUp();
        Caller withFactor = town.sessions.resolve(session.token()).orElseThrow();
        String token = town.tokens
                .make(withFactor, "Guichet", List.of("core.counter"), 30)
                .token();
        assertThat(town.sessions.resolve(token).orElseThrow().has(Role.STAFF)).isTrue();

        town.factors.remove(caller, recovery.get(0));
        town.sessions.deliver(List.copyOf(town.untold));

        assertThat(town.sessions.resolve(token).orElseThrow().has(Role.STAFF)).isFalse();
    }

    @Test
    void takingItAwayWantsACode() {
        List<String> recovery = setUp();
        assertThatThrownBy(() -> town.factors.remove(caller, "000000")).isInstanceOf(InvalidException.class);

        town.factors.remove(caller, recovery.get(0));

        assertThat(town.factors.has(ana.id())).isFalse();
        assertThat(town.sessions.open(new Credentials(ana.email(), PASSWORD, "192.0.2.1")))
                .isNotNull();
    }
}
