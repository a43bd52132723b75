// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.RoleService;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:role-list} */
@Service
@Command(scope = "notreville", name = "role-list", description = "Everybody who holds a role")
@NullUnmarked // the shell sets the fields
public final class RoleListCommand implements Action {

    @Reference
    RoleService roles;

    @Override
    public Object execute() {
        roles.holders(Caller.operator())
                .forEach(holder -> Out.line(holder.member() + " "
                        + holder.grant().role().word() + " "
                        + holder.grant().limit().word() + " " + holder.grant().where() + " " + holder.displayName()));
        return null;
    }
}
