// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.audit.AuditLog.Verification;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:audit-verify} */
@Service
@Command(
        scope = "notreville",
        name = "audit-verify",
        description = "Walks the chain of the audit log and says what is wrong with it")
@NullUnmarked // the shell sets the fields
public final class AuditVerifyCommand implements Action {

    @Reference
    AuditLog audit;

    @Override
    public Object execute() {
        Verification chain = audit.verify(Caller.operator());
        chain.faults().forEach(fault -> Out.line("wrong: " + fault));
        Out.line((chain.faults().isEmpty() ? "whole: " : "broken: ") + chain.entries() + " entries, " + chain.waiting()
                + " not linked yet, head " + chain.head());
        return null;
    }
}
