// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.module.CommunityModule;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The permission table as the installed modules declare it.
 *
 * <p>Immediate: a hub must be up before what it collects, since some of that needs the hub itself.
 */
@Component(immediate = true)
public final class AccessControlImpl implements AccessControl {

    /** In the order in which they came. A module that is replaced is here twice for a moment. */
    private final Map<CommunityModule, Set<Action>> modules = new LinkedHashMap<>();

    private volatile Map<String, Set<Role>> rolesByAction = Map.of();

    @Activate
    public AccessControlImpl() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void addModule(CommunityModule module) {
        modules.put(module, module.actions());
        gather();
    }

    synchronized void removeModule(CommunityModule module) {
        modules.remove(module);
        gather();
    }

    /** Of two that have the same word, the one that came last is asked. */
    private void gather() {
        Map<String, Set<Action>> latest = new HashMap<>();
        modules.forEach((module, actions) -> latest.put(module.id(), actions));
        rolesByAction = latest.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toUnmodifiableMap(Action::id, Action::defaultRoles, (first, second) -> first));
    }

    @Override
    public boolean allows(Caller caller, String action) {
        Set<Role> roles = rolesByAction.get(action);
        return roles != null && !Collections.disjoint(roles, caller.roles());
    }
}
