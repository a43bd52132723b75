// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.module.CommunityModule;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Map<String, Set<Role>> rolesByAction = new ConcurrentHashMap<>();

    @Activate
    public AccessControlImpl() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addModule(CommunityModule module) {
        for (Action action : module.actions()) {
            rolesByAction.put(action.id(), action.defaultRoles());
        }
    }

    void removeModule(CommunityModule module) {
        module.actions().forEach(action -> rolesByAction.remove(action.id()));
    }

    @Override
    public boolean allows(Caller caller, String action) {
        Set<Role> roles = rolesByAction.get(action);
        return roles != null && !Collections.disjoint(roles, caller.roles());
    }
}
