// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.aries.jpa.template.JpaTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class RoleServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AccessControl ACCESS = (caller, action, where) -> caller.has(Role.ADMINISTRATOR);
    private static final Caller OPERATOR = Caller.operator();
    private static final AtomicLong IDS = new AtomicLong(100);

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final AuditLog audit = Mockito.mock(AuditLog.class);
    private final Outbox outbox = Mockito.mock(Outbox.class);
    private JpaTemplate jpa;
    private RoleServiceImpl roles;

    @BeforeEach
    void start() {
        jpa = database.jpa("core");
        database.execute("delete from core_member_role");
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.neighbourhood("les-rapides"))
                .thenReturn(Optional.of(
                        new Neighbourhood(1, "les-rapides", "rive-nord", "Les Rapides", Map.of(), List.of())));
        roles = new RoleServiceImpl(jpa, clock, ACCESS, territory, audit, outbox);
    }

    @Test
    void aRoleIsHeldOnceHoweverOftenItIsGrantedAndStandsInTheAuditLogOnce() throws Exception {
        long ana = member();
        Grant moderator = new Grant(Role.MODERATOR, Grant.Limit.NEIGHBOURHOOD, "les-rapides");

        roles.grant(OPERATOR, ana, moderator);
        roles.grant(OPERATOR, ana, moderator);

        assertThat(roles.of(ana)).containsExactly(moderator);
        assertThat(database.number("select count(*) from core_member_role")).isEqualTo(1);
        Mockito.verify(outbox).append(Mockito.any(), Mockito.eq("core.sessions"), Mockito.eq("member:" + ana));
        Mockito.verify(audit)
                .append(
                        Mockito.any(),
                        Mockito.eq(OPERATOR),
                        Mockito.eq(RoleServiceImpl.GRANT),
                        Mockito.eq("member:" + ana),
                        Mockito.any());
    }

    @Test
    void theSameRoleInTwoPlacesIsTwoGrantsAndOneCanBeRevoked() {
        long ana = member();
        Grant here = new Grant(Role.STAFF, Grant.Limit.NEIGHBOURHOOD, "les-rapides");
        roles.grant(OPERATOR, ana, here);
        roles.grant(OPERATOR, ana, Grant.everywhere(Role.STAFF));

        roles.revoke(OPERATOR, ana, here);
        roles.revoke(OPERATOR, ana, here);

        assertThat(roles.of(ana)).containsExactly(Grant.everywhere(Role.STAFF));
        assertThat(roles.holders(OPERATOR)).singleElement().satisfies(holder -> {
            assertThat(holder.member()).isEqualTo(ana);
            assertThat(holder.since()).isEqualTo(clock.instant());
        });
    }

    @Test
    void whatIsNotThereIsRefused() {
        long ana = member();

        assertThatThrownBy(() -> roles.grant(OPERATOR, 42, Grant.everywhere(Role.STAFF)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () -> roles.grant(OPERATOR, ana, new Grant(Role.STAFF, Grant.Limit.NEIGHBOURHOOD, "nowhere")))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> roles.grant(OPERATOR, ana, new Grant(Role.STAFF, Grant.Limit.ORGANISATION, "x")))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> roles.grant(OPERATOR, ana, Grant.everywhere(Role.MEMBER)))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> roles.holders(Caller.visitor(Locale.FRENCH)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void theLastAdministratorStaysEvenIfTwoLeaveAtOnce() {
        long ana = member();
        long bo = member();
        roles.grant(OPERATOR, ana, Grant.everywhere(Role.ADMINISTRATOR));
        roles.grant(OPERATOR, bo, Grant.everywhere(Role.ADMINISTRATOR));

        List<Boolean> left = AtOnce.run(2, i -> {
            try {
                roles.revoke(OPERATOR, i == 0 ? ana : bo, Grant.everywhere(Role.ADMINISTRATOR));
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(left).containsExactlyInAnyOrder(true, false);
        assertThat(database.number("select count(*) from core_member_role where role = 'administrator'"))
                .isEqualTo(1);
    }

    private long member() {
        long id = IDS.incrementAndGet();
        jpa.tx(em -> em.persist(new MemberEntity(
                id,
                "m" + id + "@example.org",
                null,
                "Membre " + id,
                Profile.CITIZEN,
                null,
                Locale.FRENCH,
                clock.instant())));
        return id;
    }
}
