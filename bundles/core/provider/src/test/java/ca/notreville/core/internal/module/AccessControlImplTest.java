// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.module.CommunityModule;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessControlImplTest {

    private final AccessControlImpl access = new AccessControlImpl();

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
}
