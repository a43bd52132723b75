// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

import ca.notreville.ideas.api.ReceiptService;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:receipts-export FILE}. */
@Service
@Command(
        scope = "notreville",
        name = "receipts-export",
        description = "Writes the public list of votes into a file, for bin/VerifyVotes.java")
@NullUnmarked // the shell sets the fields
public final class ExportReceiptsCommand implements Action {

    @Argument(name = "file", description = "File on this machine; written over", required = true)
    String file;

    @Reference
    ReceiptService receipts;

    @Override
    public Object execute() throws Exception {
        Path path = Path.of(file);
        try (OutputStream out = Files.newOutputStream(path)) {
            receipts.export(out);
        }
        print("written: " + path.toAbsolutePath() + ", "
                + receipts.latest().map(seal -> "root " + seal.root()).orElse("nothing is sealed yet"));
        return null;
    }

    @SuppressWarnings("SystemOut") // the shell gives a command its own standard output
    private static void print(String line) {
        System.out.println(line);
    }
}
