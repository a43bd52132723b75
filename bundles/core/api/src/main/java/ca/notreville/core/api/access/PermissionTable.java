// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Who may do what: what the installed modules declare, and what this municipality decided otherwise. */
@ProviderType
public interface PermissionTable {

    /** Show and change the table. */
    String PERMISSIONS = "core.permissions";

    /**
     * By module and action.
     *
     * @throws ForbiddenException without {@link #PERMISSIONS}
     */
    List<Permission> permissions(Caller caller);

    /**
     * Decides who may, on every node within seconds.
     *
     * @param roles allowed; the same as the action's default roles means that the municipality decides nothing
     * @throws NotFoundException if no installed module declares the action
     * @throws ConflictException {@code core.permission-locks-out} if no administrator could change the table any more
     * @throws ForbiddenException without {@link #PERMISSIONS}
     */
    Permission decide(Caller caller, String action, Set<Role> roles);

    /**
     * One row.
     *
     * @param module that declares the action
     * @param defaultRoles as declared
     * @param roles as it holds now
     */
    record Permission(String action, String module, Set<Role> defaultRoles, Set<Role> roles) {
        public Permission {
            defaultRoles = Set.copyOf(defaultRoles);
            roles = Set.copyOf(roles);
        }
    }
}
