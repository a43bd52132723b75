// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.exports;

import ca.notreville.ideas.api.ExportService.Format;
import ca.notreville.ideas.internal.imports.Formulas;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where rows are written to, one after the other. A cell is a text, a number, a boolean, or {@code null} for nothing. */
interface Sink {

    void row(@Nullable Object... cells) throws IOException;

    /** After the last row. */
    void end() throws IOException;

    static Sink of(Format format, List<String> columns, OutputStream out) throws IOException {
        return switch (format) {
            case CSV -> new Csv(';', columns, out);
            case CSV_COMMA -> new Csv(',', columns, out);
            case JSON -> new Json(columns, out);
        };
    }

    /** RFC 4180; with the mark without which Excel takes UTF-8 for something else. */
    final class Csv implements Sink {
        private final Writer out;
        private final CsvWriter csv;

        private Csv(char separator, List<String> columns, OutputStream stream) throws IOException {
            out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 15);
            out.write('\uFEFF');
            csv = CsvWriter.builder()
                    .fieldSeparator(separator)
                    .lineDelimiter(LineDelimiter.CRLF)
                    .build(out);
            write(columns.toArray());
        }

        @Override
        public void row(@Nullable Object... cells) throws IOException {
            write(cells);
        }

        private void write(@Nullable Object[] cells) throws IOException {
            String[] texts = new String[cells.length];
            for (int i = 0; i < cells.length; i++) {
                Object cell = cells[i];
                texts[i] = cell == null ? "" : cell instanceof String text ? Formulas.guard(text) : cell.toString();
            }
            try {
                csv.writeRecord(texts);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        @Override
        public void end() throws IOException {
            csv.flush();
            out.flush();
        }
    }

    /** An array of objects; columns that begin alike stand beside each other. */
    final class Json implements Sink {
        private static final JsonFactory JSON = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();

        private final JsonGenerator json;
        private final List<String[]> paths;

        private Json(List<String> columns, OutputStream out) throws IOException {
            paths = columns.stream().map(column -> column.split("/")).toList();
            json = JSON.createGenerator(out);
            json.writeStartArray();
        }

        @Override
        public void row(@Nullable Object... cells) throws IOException {
            json.writeRaw('\n');
            json.writeStartObject();
            String[] open = {};
            for (int i = 0; i < cells.length; i++) {
                String[] path = paths.get(i);
                int shared = shared(open, path);
                for (int depth = open.length; depth > shared; depth--) {
                    json.writeEndObject();
                }
                for (int depth = shared; depth < path.length - 1; depth++) {
                    json.writeObjectFieldStart(path[depth]);
                }
                open = Arrays.copyOf(path, path.length - 1);
                json.writeFieldName(path[path.length - 1]);
                json.writeObject(cells[i]);
            }
            for (int depth = open.length; depth > 0; depth--) {
                json.writeEndObject();
            }
            json.writeEndObject();
        }

        /** How many members are open that this one is in too. */
        private static int shared(String[] open, String[] path) {
            int shared = 0;
            while (shared < open.length && shared < path.length - 1 && open[shared].equals(path[shared])) {
                shared++;
            }
            return shared;
        }

        @Override
        public void end() throws IOException {
            json.writeRaw('\n');
            json.writeEndArray();
            json.flush();
        }
    }
}
