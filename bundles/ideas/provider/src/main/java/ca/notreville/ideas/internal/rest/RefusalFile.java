// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.internal.imports.Formulas;
import ca.notreville.web.api.Visit;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** All that an import refused, as a file to mend the original by. */
final class RefusalFile {

    private RefusalFile() {}

    static void write(ImportService imports, Visit visit, long id, OutputStream stream) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        out.write('\uFEFF');
        CsvWriter csv = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(out);
        try {
            csv.writeRecord("file", "line", "column", "code", "reason", "value");
            List<Refusal> some = imports.refusals(visit.caller(), id, null, Import.MAX_REFUSED);
            while (!some.isEmpty()) {
                some.forEach(one -> write(csv, visit, one));
                some = imports.refusals(visit.caller(), id, some.get(some.size() - 1), Import.MAX_REFUSED);
            }
            csv.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private static void write(CsvWriter csv, Visit visit, Refusal refusal) {
        csv.writeRecord(Stream.of(
                        refusal.file(),
                        String.valueOf(refusal.line()),
                        refusal.column(),
                        refusal.reason(),
                        visit.text("error." + refusal.reason(), "detail", refusal.detail(), "max", refusal.detail()),
                        refusal.detail())
                .map(Formulas::guard)
                .toList());
    }
}
