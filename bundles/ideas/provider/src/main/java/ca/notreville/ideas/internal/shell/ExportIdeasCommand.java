// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.shell;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.ExportService;
import ca.notreville.ideas.api.ExportService.Format;
import ca.notreville.ideas.api.ExportService.Part;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.jspecify.annotations.NullUnmarked;

/** {@code notreville:export-ideas [--comments comments.csv] [--format csv] ideas.csv}: its last line begins with {@code done:}. */
@Service
@Command(
        scope = "notreville",
        name = "export-ideas",
        description = "Exports ideas, and the comments on them, as CSV or JSON that import-ideas reads")
@NullUnmarked // the shell sets the fields
public final class ExportIdeasCommand implements Action {

    @Argument(name = "file", description = "file to make, on this machine; it must not be there", required = true)
    String file;

    @Option(name = "--comments", description = "file to make of the comments, on this machine")
    String comments;

    @Option(name = "--format", description = "csv (the default), csv-comma or json")
    String format;

    @Reference
    ExportService exports;

    @Override
    public Object execute() throws Exception {
        if (format != null && !Format.words().contains(format)) {
            Out.line("refused: format is one of " + String.join(", ", Format.words()));
            return null;
        }
        Format as = format == null
                ? Format.CSV
                : Format.valueOf(format.toUpperCase(Locale.ROOT).replace('-', '_'));
        long ideas = write(Part.IDEAS, as, file);
        if (comments == null) {
            Out.line("done: " + ideas + " ideas");
        } else {
            Out.line("done: " + ideas + " ideas, " + write(Part.COMMENTS, as, comments) + " comments");
        }
        return null;
    }

    private long write(Part part, Format as, String to) throws Exception {
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(Path.of(to), StandardOpenOption.CREATE_NEW))) {
            return exports.write(Caller.operator(), part, as, out);
        }
    }
}
