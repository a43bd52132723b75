// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.shell;

import ca.notreville.core.internal.document.Blobs;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:documents-verify [--deep]}: its last line begins with {@code whole:} or {@code faults:}. */
@Service
@Command(
        scope = "notreville",
        name = "documents-verify",
        description = "Compares the documents in the database with the bytes in the store")
@NullUnmarked // the shell sets the fields
public final class DocumentsVerifyCommand implements Action {

    @Option(name = "--deep", description = "Reads every content and compares its hash")
    boolean deep;

    @Reference
    Blobs blobs;

    @Override
    public Object execute() throws Exception {
        Blobs.Finding found = blobs.verify(deep);
        Out.line(blobs.describe());
        found.missing().forEach(sha256 -> Out.line("missing or damaged: " + sha256));
        found.stray().forEach(sha256 -> Out.line("stray, will be swept: " + sha256));
        int faults = found.missing().size() + found.stray().size();
        Out.line((faults == 0 ? "whole: " : "faults: " + faults + " of ") + found.contents() + " contents, "
                + found.waiting() + " wait to be swept");
        return null;
    }
}
