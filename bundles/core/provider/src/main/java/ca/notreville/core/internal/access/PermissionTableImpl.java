// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.internal.access.AccessControlImpl.Declared;
import ca.notreville.core.internal.jpa.PermissionEntity;
import ca.notreville.persistence.api.Sql;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class PermissionTableImpl implements PermissionTable {

    private final JpaTemplate jpa;
    private final Clock clock;
    private final AccessControlImpl access;
    private final PermissionStore store;
    private final AuditLog audit;

    @Activate
    public PermissionTableImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference Clock clock,
            @Reference AccessControlImpl access,
            @Reference PermissionStore store,
            @Reference AuditLog audit) {
        this.jpa = jpa;
        this.clock = clock;
        this.access = access;
        this.store = store;
        this.audit = audit;
    }

    @Override
    public List<Permission> permissions(Caller caller) {
        access.require(caller, PERMISSIONS);
        return access.declared().stream().map(this::permission).toList();
    }

    private Permission permission(Declared declared) {
        String action = declared.action().id();
        return new Permission(action, declared.module(), declared.action().defaultRoles(), access.roles(action));
    }

    @Override
    public Permission decide(Caller caller, String action, Set<Role> roles) {
        access.require(caller, PERMISSIONS);
        Declared declared = access.declared(action).orElseThrow(NotFoundException::new);
        if (action.equals(PERMISSIONS) && !roles.contains(Role.ADMINISTRATOR)) {
            throw new ConflictException("core.permission-locks-out");
        }
        Set<Role> before = access.roles(action);
        if (!before.equals(roles)) {
            jpa.tx(em -> {
                PermissionEntity decided = em.find(PermissionEntity.class, action);
                if (roles.equals(declared.action().defaultRoles())) {
                    if (decided != null) {
                        em.remove(decided);
                    }
                } else if (decided == null) {
                    em.persist(new PermissionEntity(action, roles, caller.memberId(), clock.instant()));
                } else {
                    decided.decide(roles, caller.memberId(), clock.instant());
                }
                Sql.on(
                        em,
                        connection -> audit.append(
                                connection,
                                caller,
                                PERMISSIONS,
                                "action:" + action,
                                Map.of("before", words(before), "after", words(roles))));
            });
            store.changed();
        }
        return permission(declared);
    }

    private static String words(Set<Role> roles) {
        return roles.stream().sorted().map(Role::word).collect(Collectors.joining(" "));
    }
}
