// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.ImportService;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:import-ideas [--comments comments.csv] proposals.csv} */
@Service
@Command(
        scope = "notreville",
        name = "import-ideas",
        description = "Imports proposals, and comments on them, that Decidim exported as CSV")
@NullUnmarked // the shell sets the fields
public final class ImportIdeasCommand implements Action {

    private static final long POLL_MILLIS = 250;

    @Argument(name = "file", description = "CSV of the proposals, on this machine", required = true)
    String file;

    @Option(name = "--comments", description = "CSV of the comments, on this machine")
    String comments;

    @Reference
    ImportService imports;

    private final Caller operator = Caller.operator();

    @Override
    public Object execute() throws Exception {
        Import known;
        try {
            known = start();
        } catch (InvalidException e) {
            e.errors()
                    .forEach(
                            error -> print("refused: " + error.field() + " " + error.code() + " " + error.arguments()));
            return null;
        }
        while (known.finishedAt() == null) {
            Thread.sleep(POLL_MILLIS);
            known = imports.get(operator, known.id());
        }
        for (Refusal refusal : known.refused()) {
            print(refusal.file() + " line " + refusal.line() + " " + refusal.column() + ": " + refusal.reason() + " "
                    + refusal.detail());
        }
        print(known.state().word() + ": " + known.read() + " rows read, " + known.created() + " created, "
                + known.updated() + " updated, " + known.unchanged() + " unchanged, " + known.refusedCount()
                + " refused");
        return null;
    }

    private Import start() throws Exception {
        try (InputStream proposals = Files.newInputStream(Path.of(file))) {
            if (comments == null) {
                return imports.start(operator, proposals, null);
            }
            try (InputStream remarks = Files.newInputStream(Path.of(comments))) {
                return imports.start(operator, proposals, remarks);
            }
        }
    }

    @SuppressWarnings("SystemOut") // the shell gives a command its own standard output
    private static void print(String line) {
        System.out.println(line);
    }
}
