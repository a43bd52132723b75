// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.internal.notify.Digests;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:digest-now} */
@Service
@Command(
        scope = "notreville",
        name = "digest-now",
        description = "Sends what waits for the next daily and weekly digests at once")
@NullUnmarked // the shell sets the fields
public final class DigestNowCommand implements Action {

    @Reference
    Digests digests;

    @Override
    public Object execute() {
        Out.line(digests.postNow(Caller.operator()) + " digests posted");
        return null;
    }
}
