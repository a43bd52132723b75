// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.ApiTokenService;
import ca.notreville.core.api.member.ApiTokenService.Made;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.OpenSession;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions and tokens on several nodes, as their owner sees and closes them. */
@OnDatabase
class OpenSessionsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private Town town;
    private SessionServiceImpl other;
    private Member ana;
    private Caller caller;

    @BeforeEach
    void start() {
        town = new Town(database);
        other = town.node();
        ana = town.somebody();
        caller = Caller.member(ana.id(), ana.displayName(), Set.of(), Locale.FRENCH);
    }

    @Test
    void everyNodeIsToldOfASessionThatIsClosed() {
        Session session = town.sessions.openFor(ana);
        assertThat(other.resolve(session.token())).isPresent();

        town.sessions.close(session.token());
        assertThat(other.resolve(session.token())).as("remembered").isPresent();
        town.tell(other);

        assertThat(other.resolve(session.token())).isEmpty();
    }

    @Test
    void everyNodeIsToldOfRolesThatChange() {
        Session session = town.sessions.openFor(ana);
        assertThat(other.resolve(session.token()).orElseThrow().has(Role.STAFF)).isFalse();
        town.jpa.tx(
                em -> em.find(MemberEntity.class, ana.id()).grant(Grant.everywhere(Role.STAFF), town.clock.instant()));

        other.deliver(List.of(new OutboxRow(1, SessionService.CHANGED, "member:" + ana.id())));

        assertThat(other.resolve(session.token()).orElseThrow().has(Role.STAFF)).isTrue();
    }

    @Test
    void aRoleThatIsLimitedToAPlaceComesWithTheSession() {
        Grant leader = new Grant(Role.LEADER, Grant.Limit.NEIGHBOURHOOD, "les-rapides");
        town.jpa.tx(em -> em.find(MemberEntity.class, ana.id()).grant(leader, town.clock.instant()));

        assertThat(town.sessions
                        .resolve(town.sessions.openFor(ana).token())
                        .orElseThrow()
                        .limited())
                .containsExactly(leader);
    }

    @Test
    void aSessionIsFollowedByTheNewsOnlyFromWhereItsNodeBegan() {
        assertThat(town.sessions.topic()).isEqualTo("core.sessions");
        assertThat(town.sessions.position()).isPositive();
        other.deliver(List.of(new OutboxRow(1, SessionService.CHANGED, "something later versions write")));
    }

    @Test
    void theOwnerSeesFromWhereTheirSessionsWereOpenedAndClosesOneOrAllOthers() {
        Session phone = town.sessions.openFor(ana, new Device("Firefox on a phone", "192.0.2.1"));
        town.clock.advance(Duration.ofMinutes(5));
        Session computer = town.sessions.openFor(ana, new Device("x".repeat(500), "192.0.2.2"));
        Session library = town.sessions.openFor(ana, new Device("Chrome\r\nSet-Cookie: a", "192.0.2.3"));

        assertThat(town.sessions.list(caller))
                .extracting(OpenSession::id, s -> s.device().address())
                .containsExactlyInAnyOrder(
                        tuple(phone.id(), "192.0.2.1"),
                        tuple(computer.id(), "192.0.2.2"),
                        tuple(library.id(), "192.0.2.3"));
        assertThat(town.sessions.list(caller))
                .extracting(s -> s.device().agent())
                .contains("x".repeat(200), "Chrome??Set-Cookie: a");
        town.sessions.closeOne(caller, library.id());
        assertThat(town.sessions.resolve(library.token())).isEmpty();
        assertThat(town.sessions.closeOthers(caller, phone.id())).isEqualTo(1);
        assertThat(town.sessions.list(caller)).extracting(OpenSession::id).containsExactly(phone.id());
    }

    @Test
    void nobodyClosesSomebodyElsesSession() {
        Session bos = town.sessions.openFor(town.somebody());

        assertThatThrownBy(() -> town.sessions.closeOne(caller, bos.id())).isInstanceOf(NotFoundException.class);
        assertThat(town.sessions.resolve(bos.token())).isPresent();
    }

    @Test
    void whenASessionWasLastUsedIsKeptToTheHour() {
        Session session = town.sessions.openFor(ana);
        var opened = town.clock.instant();
        town.clock.advance(Duration.ofMinutes(59));
        town.node().resolve(session.token());
        assertThat(town.sessions.list(caller)).extracting(OpenSession::usedAt).containsExactly(opened);

        town.clock.advance(Duration.ofMinutes(2));
        town.node().resolve(session.token());

        assertThat(town.sessions.list(caller)).extracting(OpenSession::usedAt).containsExactly(town.clock.instant());
    }

    @Test
    void aTokenActsForItsMakerWithinItsScopesUntilItExpires() {
        Made made = town.tokens.make(caller, "Site de l’école", List.of("core.comment"), 30);

        Caller program = town.sessions.resolve(made.token()).orElseThrow();
        assertThat(program.memberId()).isEqualTo(ana.id());
        assertThat(program.actions()).containsExactly("core.comment");
        assertThat(program.throughToken()).isTrue();
        assertThat(made.token()).startsWith("nvt_");
        assertThat(database.number("select count(*) from core_api_token where token_hash = '" + made.token() + "'"))
                .isZero();
        town.clock.advance(Duration.ofDays(30));
        assertThat(town.sessions.resolve(made.token())).isEmpty();
        assertThat(town.node().resolve(made.token())).isEmpty();
    }

    @Test
    void aTokenHasNoScopeThatItsMakerHasNot() {
        assertThat(town.tokens.grantable(caller)).containsExactly("core.comment");
        assertThat(catchThrowableOfType(
                                InvalidException.class, () -> town.tokens.make(caller, " ", List.of("core.roles"), 400))
                        .errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactlyInAnyOrder(
                        tuple("label", "required"),
                        tuple("actions", "not-one-of"),
                        tuple("days", "core.days-out-of-range"));
    }

    @Test
    void aTokenThatIsRevokedIsRefusedOnEveryNode() {
        Made made = town.tokens.make(caller, "Essai", List.of("core.comment"), 1);
        assertThat(other.resolve(made.token())).isPresent();
        Caller bo = Caller.member(town.somebody().id(), "Bo", Set.of(), Locale.FRENCH);
        assertThatThrownBy(() -> town.tokens.revoke(bo, made.about().id())).isInstanceOf(NotFoundException.class);

        town.tokens.revoke(caller, made.about().id());
        town.tell(other);

        assertThat(town.sessions.resolve(made.token())).isEmpty();
        assertThat(other.resolve(made.token())).isEmpty();
        assertThat(town.tokens.list(caller)).isEmpty();
    }

    @Test
    void ofManyTokensMadeAtOnceThereAreNoMoreThanTwenty() {
        for (int i = 0; i < ApiTokenService.MAX_TOKENS - 2; i++) {
            town.tokens.make(caller, "Jeton " + i, List.of("core.comment"), 1);
        }

        List<Boolean> made = AtOnce.run(6, i -> {
            try {
                town.tokens.make(caller, "Jeton", List.of("core.comment"), 1);
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(made).filteredOn(ok -> ok).hasSize(2);
        assertThat(town.tokens.list(caller)).hasSize(ApiTokenService.MAX_TOKENS);
    }
}
