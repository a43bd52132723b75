// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.ImportDraft;
import ca.notreville.ideas.api.ImportService;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:import-ideas [--dry-run] [--comments comments.csv] [--mapping mapping.json] ideas.csv} */
@Service
@Command(
        scope = "notreville",
        name = "import-ideas",
        description =
                "Imports ideas, and comments on them, that Decidim, export-ideas or a spreadsheet exported as CSV or JSON")
@NullUnmarked // the shell sets the fields
public final class ImportIdeasCommand implements Action {

    private static final long POLL_MILLIS = 250;

    /** How many times between two lines that tell how far it is. */
    private static final int TELL_EVERY = 20;

    @Argument(name = "file", description = "CSV or JSON of the ideas, on this machine", required = true)
    String file;

    @Option(name = "--comments", description = "CSV or JSON of the comments, on this machine")
    String comments;

    @Option(name = "--mapping", description = "JSON that says which columns are what, on this machine")
    String mapping;

    @Option(name = "--dry-run", description = "tell what would come of it, and bring nothing in")
    boolean dryRun;

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
                    .forEach(error ->
                            Out.line("refused: " + error.field() + " " + error.code() + " " + error.arguments()));
            return null;
        }
        for (int polls = 1; known.finishedAt() == null; polls++) {
            Thread.sleep(POLL_MILLIS);
            known = imports.get(operator, known.id());
            if (polls % TELL_EVERY == 0) {
                Out.line(known.read() + " of " + known.total() + " rows");
            }
        }
        List<Refusal> some = known.refused();
        while (!some.isEmpty()) {
            some.forEach(ImportIdeasCommand::tell);
            some = imports.refusals(operator, known.id(), some.get(some.size() - 1), Import.MAX_REFUSED);
        }
        Out.line(known.state().word() + (known.dryRun() ? " (dry run)" : "") + ": " + known.read() + " rows read, "
                + known.created() + " created, " + known.updated() + " updated, " + known.unchanged() + " unchanged, "
                + known.refusedCount() + " refused");
        return null;
    }

    private static void tell(Refusal refusal) {
        Out.line(refusal.file() + " line " + refusal.line() + " " + refusal.column() + ": " + refusal.reason() + " "
                + refusal.detail());
    }

    private Import start() throws Exception {
        try (InputStream ideas = Files.newInputStream(Path.of(file));
                InputStream remarks = comments == null ? null : Files.newInputStream(Path.of(comments));
                InputStream columns = mapping == null ? null : Files.newInputStream(Path.of(mapping))) {
            return imports.start(operator, new ImportDraft(ideas, remarks, columns, null, dryRun, false));
        }
    }
}
