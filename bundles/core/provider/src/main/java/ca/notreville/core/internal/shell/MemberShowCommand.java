// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.member.MemberService;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:member-show EMAIL} */
@Service
@Command(scope = "notreville", name = "member-show", description = "An account and its roles")
@NullUnmarked // the shell sets the fields
public final class MemberShowCommand implements Action {

    @Argument(name = "email", description = "of the account", required = true)
    String email;

    @Reference
    MemberService members;

    @Override
    public Object execute() {
        members.findByEmail(email)
                .ifPresentOrElse(
                        member -> Out.line(member.id() + " " + member.displayName() + " "
                                + member.profile().word() + " " + member.neighbourhood() + " since "
                                + member.createdAt() + " " + member.grants()),
                        () -> Out.line("no such account"));
        return null;
    }
}
