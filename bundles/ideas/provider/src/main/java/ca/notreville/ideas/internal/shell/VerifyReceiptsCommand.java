// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

import ca.notreville.ideas.internal.receipt.ReceiptAudit;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:receipts-verify}: its last line begins with {@code agree:} or {@code disagree:}. */
@Service
@Command(
        scope = "notreville",
        name = "receipts-verify",
        description = "Compares the public list of votes with its seals, and with the votes")
@NullUnmarked // the shell sets the fields
public final class VerifyReceiptsCommand implements Action {

    private static final int MOST_SHOWN = 100;

    @Reference
    ReceiptAudit receipts;

    @Override
    public Object execute() {
        ReceiptAudit.Finding found = receipts.audit();
        found.wrong().stream().limit(MOST_SHOWN).forEach(VerifyReceiptsCommand::print);
        print((found.wrong().isEmpty()
                        ? "agree: "
                        : "disagree: " + found.wrong().size() + " findings; ") + found.sealed()
                + " entries under seals, " + found.waiting() + " waiting for one");
        return null;
    }

    @SuppressWarnings("SystemOut") // the shell gives a command its own standard output
    private static void print(String line) {
        System.out.println(line);
    }
}
