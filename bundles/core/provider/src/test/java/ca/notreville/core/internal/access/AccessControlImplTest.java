// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Mockito;

@OnDatabase
class AccessControlImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private final AuditLog audit = Mockito.mock(AuditLog.class);
    private AccessControlImpl access;
    private ResidenceStore residences;
    private PermissionTable table;

    @BeforeEach
    void start() {
        database.execute("delete from core_permission");
        database.execute("delete from core_residence_rule");
        database.execute("delete from core_residence");
        database.execute("delete from core_member");
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.neighbourhood("les-rapides"))
                .thenReturn(Optional.of(
                        new Neighbourhood(1, "les-rapides", "rive-nord", "Les Rapides", Map.of(), List.of())));
        Mockito.when(territory.neighbourhood("dunmarrow"))
                .thenReturn(
                        Optional.of(new Neighbourhood(1, "dunmarrow", "rive-nord", "Dunmarrow", Map.of(), List.of())));
        PermissionStore store = new PermissionStore(database.jpa("core"));
        residences = new ResidenceStore(database.dataSource(), new TestClock("2026-05-01T12:00:00Z"));
        access = new AccessControlImpl(store, territory, residences);
        table = new PermissionTableImpl(
                database.jpa("core"), new TestClock("2026-05-01T12:00:00Z"), access, store, audit);
    }

    private record Module(String id, Set<Action> actions) implements CommunityModule {}

    private final Module gardens = new Module(
            "gardens",
            Set.of(
                    Action.of("gardens.look", Role.VISITOR),
                    Action.of("gardens.plant", Role.MEMBER),
                    Action.of("gardens.tidy", Role.MODERATOR),
                    Action.of("gardens.open", Role.STAFF, Role.ADMINISTRATOR),
                    Action.of("gardens.burn")));

    @ParameterizedTest
    @CsvSource({
        "visitor, true, false, false, false",
        "member, true, true, false, false",
        "moderator, true, true, true, false",
        "staff, true, true, false, true",
        "administrator, true, true, false, true",
    })
    void eachRoleMayDoWhatItIsDeclaredForAndNothingElse(
            String role, boolean look, boolean plant, boolean tidy, boolean open) {
        access.addModule(gardens);
        Caller caller = caller(role);

        assertThat(access.allows(caller, "gardens.look")).isEqualTo(look);
        assertThat(access.allows(caller, "gardens.plant")).isEqualTo(plant);
        assertThat(access.allows(caller, "gardens.tidy")).isEqualTo(tidy);
        assertThat(access.allows(caller, "gardens.open")).isEqualTo(open);
        assertThat(access.allows(caller, "gardens.burn")).isFalse();
    }

    @Test
    void anActionThatNoModuleDeclaresIsAllowedToNobody() {
        access.addModule(gardens);

        assertThat(access.allows(caller("administrator"), "gardens.fly")).isFalse();
        assertThat(access.allows(caller("administrator"), "")).isFalse();
    }

    @Test
    void whoIsRefusedIsToldWhetherSigningInMightHelp() {
        access.addModule(gardens);

        assertThatThrownBy(() -> access.require(caller("visitor"), "gardens.plant"))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> access.require(caller("member"), "gardens.tidy"))
                .isInstanceOf(ForbiddenException.class);
        assertThatCode(() -> access.require(caller("member"), "gardens.plant")).doesNotThrowAnyException();
    }

    @Test
    void whatTheCoreDeclaresHoldsBeforeItsModuleIsAnnounced() {
        assertThat(access.allows(caller("member"), DocumentService.ADD)).isTrue();
        assertThat(access.allows(caller("member"), DocumentService.MANAGE)).isFalse();
        assertThat(access.allows(caller("staff"), DocumentService.MANAGE)).isTrue();
    }

    @Test
    void theActionsOfAModuleComeAndGoWithIt() {
        access.addModule(gardens);
        access.removeModule(gardens);
        assertThat(access.allows(caller("member"), "gardens.plant")).isFalse();

        access.addModule(gardens);
        assertThat(access.allows(caller("member"), "gardens.plant")).isTrue();
    }

    @Test
    void aModuleThatIsReplacedKeepsItsActionsWhenTheOldOneGoesAfterTheNewOneCame() {
        access.addModule(gardens);
        Module next = new Module("gardens", Set.of(Action.of("gardens.plant", Role.STAFF)));

        access.addModule(next);
        access.removeModule(gardens);

        assertThat(access.allows(caller("staff"), "gardens.plant")).isTrue();
        assertThat(access.allows(caller("member"), "gardens.plant")).isFalse();
        assertThat(access.allows(caller("visitor"), "gardens.look")).isFalse();
    }

    private static Caller caller(String role) {
        return role.equals("visitor")
                ? Caller.visitor(Locale.FRENCH)
                : Caller.member(7, "Ana", Set.of(Role.of(role).orElseThrow()), Locale.FRENCH);
    }

    @Test
    void aRoleThatHoldsInOnePlaceAllowsThereAndNowhereElse() {
        access.addModule(gardens);
        Caller here = holding(new Grant(Role.MODERATOR, Grant.Limit.NEIGHBOURHOOD, "les-rapides"));
        Caller around = holding(new Grant(Role.MODERATOR, Grant.Limit.BOROUGH, "rive-nord"));
        Caller organiser = holding(new Grant(Role.MODERATOR, Grant.Limit.ORGANISATION, "12"));

        assertThat(access.allows(here, "gardens.tidy", Scope.in("les-rapides"))).isTrue();
        assertThat(access.allows(here, "gardens.tidy", Scope.in("dunmarrow"))).isFalse();
        assertThat(access.allows(here, "gardens.tidy")).isFalse();
        assertThat(access.allowsSomewhere(here, "gardens.tidy")).isTrue();
        assertThat(access.allowsSomewhere(here, "gardens.open")).isFalse();
        assertThat(access.allows(around, "gardens.tidy", Scope.in("dunmarrow"))).isTrue();
        assertThat(access.allows(around, "gardens.tidy", Scope.in("nowhere"))).isFalse();
        assertThat(access.allows(organiser, "gardens.tidy", Scope.of(12))).isTrue();
        assertThat(access.allows(organiser, "gardens.tidy", Scope.of(13))).isFalse();
        assertThat(access.allows(organiser, "gardens.tidy", Scope.TOWN)).isFalse();
    }

    @Test
    void anApiTokenMayDoWhatItWasMadeForAndNothingElseItsMemberMay() {
        access.addModule(gardens);
        Caller token = caller("staff").only(Set.of("gardens.plant"));

        assertThat(access.allows(token, "gardens.plant")).isTrue();
        assertThat(access.allows(token, "gardens.open")).isFalse();
        assertThat(access.allowsSomewhere(token, "gardens.open")).isFalse();
    }

    @Test
    void theMunicipalityDecidesOtherwiseAndBackAgain() throws Exception {
        access.addModule(gardens);
        access.addModule(new Module("core", Set.of(Action.of(PermissionTable.PERMISSIONS, Role.ADMINISTRATOR))));
        Caller operator = Caller.operator();

        table.decide(operator, "gardens.plant", Set.of(Role.LEADER));
        assertThat(access.allows(caller("member"), "gardens.plant")).isFalse();
        assertThat(access.allows(caller("leader"), "gardens.plant")).isTrue();

        table.decide(operator, "gardens.plant", Set.of(Role.MEMBER));
        table.decide(operator, "gardens.plant", Set.of(Role.MEMBER));
        assertThat(access.allows(caller("member"), "gardens.plant")).isTrue();
        assertThat(database.number("select count(*) from core_permission")).isZero();
        Mockito.verify(audit, Mockito.times(2))
                .append(
                        Mockito.any(),
                        Mockito.eq(operator),
                        Mockito.eq(PermissionTable.PERMISSIONS),
                        Mockito.eq("action:gardens.plant"),
                        Mockito.any());
    }

    @Test
    void nobodyLocksTheAdministratorsOutOfTheTable() {
        access.addModule(new Module("core", Set.of(Action.of(PermissionTable.PERMISSIONS, Role.ADMINISTRATOR))));

        assertThatThrownBy(() -> table.decide(Caller.operator(), PermissionTable.PERMISSIONS, Set.of(Role.STAFF)))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> table.decide(Caller.operator(), "gardens.fly", Set.of()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> table.permissions(caller("staff"))).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void anActThatNeedsAVerifiedResidenceIsRefusedWithThatReasonUntilThereIsOne() {
        access.addModule(gardens);
        database.execute("insert into core_residence_rule (action, level_word, decided_by, decided_at)"
                + " values ('gardens.plant', 'verified', 1, current_timestamp)");
        database.execute("insert into core_member (id, version, email, display_name, profile, language, created_at)"
                + " values (7, 1, 'ana@example.org', 'Ana', 'citizen', 'fr', current_timestamp)");

        assertThat(access.allows(caller("member"), "gardens.plant")).isFalse();
        assertThat(access.lacksVerification(caller("member"), "gardens.plant", Scope.TOWN))
                .isTrue();
        assertThat(access.lacksVerification(caller("member"), "gardens.open", Scope.TOWN))
                .isFalse();
        assertThat(access.allows(caller("member"), "gardens.look")).isTrue();
        assertThatThrownBy(() -> access.require(caller("member"), "gardens.plant"))
                .isInstanceOf(ForbiddenException.class)
                .hasMessage("core.verification-needed");
        assertThatThrownBy(() -> access.require(caller("visitor"), "gardens.plant"))
                .isInstanceOf(UnauthenticatedException.class);

        database.execute("insert into core_residence (member_id, level_word, way, since, verified_by)"
                + " values (7, 'verified', 'counter', current_timestamp, 1)");
        residences.changed(7);
        assertThat(access.allows(caller("member"), "gardens.plant")).isTrue();

        // what has expired counts no more
        database.execute("update core_residence set until_time = '2026-01-01 12:00:00'");
        residences.changed(7);
        assertThat(access.allows(caller("member"), "gardens.plant")).isFalse();
    }

    private static Caller holding(Grant grant) {
        return Caller.holding(7, "Ana", Set.of(grant), Locale.FRENCH);
    }
}
