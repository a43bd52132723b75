// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.module.CoreModule;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The permission table as the installed modules declare it and the municipality decided.
 *
 * <p>Immediate: a hub must be up before what it collects, since some of that needs the hub itself.
 */
@Component(
        immediate = true,
        service = {AccessControl.class, AccessControlImpl.class})
public final class AccessControlImpl implements AccessControl {

    private final PermissionStore store;
    private final TerritoryService territory;
    private final ResidenceStore residences;

    private final Map<CommunityModule, Set<Action>> modules = new LinkedHashMap<>();

    private volatile Map<String, Declared> declared = Map.of();

    @Activate
    public AccessControlImpl(
            @Reference PermissionStore store,
            @Reference TerritoryService territory,
            @Reference ResidenceStore residences) {
        this.store = store;
        this.territory = territory;
        this.residences = residences;
        gather();
    }

    /** An action and the module that declares it. */
    record Declared(String module, Action action) {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void addModule(CommunityModule module) {
        modules.put(module, module.actions());
        gather();
    }

    synchronized void removeModule(CommunityModule module) {
        modules.remove(module);
        gather();
    }

    /**
     * Of two that have the same word, the one that came last is asked. What the core declares holds from the first: its services
     * are used, by the sample town for one, before its module is announced, which waits for all of them.
     */
    private synchronized void gather() {
        Map<String, Set<Action>> latest = new HashMap<>();
        latest.put(CoreModule.ID, CoreModule.ACTIONS);
        modules.forEach((module, actions) -> latest.put(module.id(), actions));
        Map<String, Declared> all = new HashMap<>();
        latest.forEach((module, actions) ->
                actions.forEach(action -> all.putIfAbsent(action.id(), new Declared(module, action))));
        declared = Map.copyOf(all);
    }

    /** By module and action. */
    List<Declared> declared() {
        return declared.values().stream()
                .sorted(Comparator.comparing(Declared::module)
                        .thenComparing(one -> one.action().id()))
                .toList();
    }

    /** Ids of all that the installed modules declare, by module. */
    public List<String> actionIds() {
        return declared().stream().map(one -> one.action().id()).toList();
    }

    Optional<Declared> declared(String action) {
        return Optional.ofNullable(declared.get(action));
    }

    /** Who may; nobody, if no installed module declares the action. */
    Set<Role> roles(String action) {
        Set<Role> defaults =
                declared(action).map(d -> d.action().defaultRoles()).orElse(null);
        if (defaults == null) {
            return Set.of();
        }
        Map<String, Set<Role>> decisions = store.decisions();
        return decisions.getOrDefault(action, defaults);
    }

    /** Whether the roles allow it there and the residence is known well enough: the one place that asks for both. */
    @Override
    public boolean allows(Caller caller, String action, Scope where) {
        return byRole(caller, action, where) && residences.lacking(caller, action) == null;
    }

    @Override
    public boolean lacksVerification(Caller caller, String action, Scope where) {
        return byRole(caller, action, where) && residences.lacking(caller, action) != null;
    }

    @Override
    public void require(Caller caller, String action, Scope where) {
        if (caller.signedIn() && lacksVerification(caller, action, where)) {
            throw new ForbiddenException(VERIFICATION_NEEDED);
        }
        AccessControl.super.require(caller, action, where);
    }

    private boolean byRole(Caller caller, String action, Scope where) {
        if (!madeFor(caller, action)) {
            return false;
        }
        Set<Role> roles = roles(action);
        return !Collections.disjoint(roles, caller.roles())
                || caller.limited().stream().anyMatch(grant -> roles.contains(grant.role()) && holds(grant, where));
    }

    @Override
    public boolean allowsSomewhere(Caller caller, String action) {
        if (!madeFor(caller, action)) {
            return false;
        }
        Set<Role> roles = roles(action);
        return !Collections.disjoint(roles, caller.roles())
                || caller.limited().stream().anyMatch(grant -> roles.contains(grant.role()));
    }

    private static boolean madeFor(Caller caller, String action) {
        Set<String> actions = caller.actions();
        return actions == null || actions.contains(action);
    }

    private boolean holds(Grant grant, Scope where) {
        return switch (grant.limit()) {
            case TOWN -> true;
            case ORGANISATION -> grant.where().equals(String.valueOf(where.organisation()));
            case NEIGHBOURHOOD -> grant.where().equals(where.neighbourhood());
            case BOROUGH ->
                where.neighbourhood() != null
                        && territory
                                .neighbourhood(where.neighbourhood())
                                .filter(place -> place.borough().equals(grant.where()))
                                .isPresent();
        };
    }
}
