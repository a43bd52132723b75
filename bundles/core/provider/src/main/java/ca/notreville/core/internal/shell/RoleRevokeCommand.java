// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.RoleService;
import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.internal.access.Grants;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:role-revoke EMAIL ROLE [LIMIT:WHERE]} */
@Service
@Command(
        scope = "notreville",
        name = "role-revoke",
        description = "Revokes a role in the whole town, a borough, a neighbourhood or an organisation")
@NullUnmarked // the shell sets the fields
public final class RoleRevokeCommand implements Action {

    @Argument(name = "email", description = "of the account", required = true)
    String email;

    @Argument(
            index = 1,
            name = "role",
            description = "expert, leader, partner, moderator, staff or administrator",
            required = true)
    String role;

    @Argument(
            index = 2,
            name = "where",
            description = "borough:ID, neighbourhood:ID or organisation:ID; the whole town unless told")
    String where = "town:";

    @Reference
    RoleService roles;

    @Reference
    MemberService members;

    @Override
    public Object execute() {
        try {
            Member member = members.findByEmail(email).orElseThrow(NotFoundException::new);
            roles.revoke(Caller.operator(), member.id(), Grants.parse(role, where));
            Out.line("done: " + member.displayName() + " " + roles.of(member.id()));
        } catch (DomainException e) {
            Out.line("refused: " + e.getMessage());
        }
        return null;
    }
}
