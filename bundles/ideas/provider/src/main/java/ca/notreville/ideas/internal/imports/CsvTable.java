// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.ideas.api.ExportService;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header (RFC 4180, {@code ;} or {@code ,}) in UTF-8.
 */
final class CsvTable implements Table {

    private static final int MAX_HEADER = 64 * 1024;

    private final String field;
    private final Source source;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> names;
    private final int format;
    private @Nullable CsvRecord following;
    private long line = 1;

    /**
     * Reads the header.
     *
     * @param field name of the upload, for what is said of a file that is refused
     */
    CsvTable(InputStream in, String field) {
        this.field = field;
        try {
            PushbackReader decoded = new PushbackReader(
                    new InputStreamReader(
                            in,
                            StandardCharsets.UTF_8
                                    .newDecoder()
                                    .onMalformedInput(CodingErrorAction.REPORT)
                                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
                    MAX_HEADER);
            char separator = separator(decoded);
            source = new Source(decoded, separator);
            reader = CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .skipEmptyLines(true)
                    .ofCsvRecord(source);
        } catch (CharacterCodingException e) {
            throw refused("ideas.import-encoding");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        records = reader.iterator();
        following = read();
        if (following == null) {
            throw refused("ideas.import-empty");
        }
        names = following.getFields().stream().map(Fields::clean).toList();
        for (int i = 0; i < names.size(); i++) {
            // spreadsheets leave columns behind that have neither a name nor a content
            if (!names.get(i).isEmpty() && columns.putIfAbsent(names.get(i), i) != null) {
                throw new InvalidException(
                        List.of(new FieldError(field, "ideas.import-columns-twice", Map.of("columns", names.get(i)))));
            }
        }
        format = names.indexOf("format");
        following = read();
    }

    @Override
    public List<String> columns() {
        return names;
    }

    /** Looks at the first line, and puts it back. */
    private static char separator(PushbackReader reader) throws IOException {
        char[] head = new char[MAX_HEADER];
        int length = 0;
        int read;
        while (length < head.length && (read = reader.read(head, length, head.length - length)) > 0) {
            length += read;
            if (new String(head, 0, length).indexOf('\n') > 0) {
                break;
            }
        }
        int from = length > 0 && head[0] == '\uFEFF' ? 1 : 0;
        reader.unread(head, from, length - from);
        String line = new String(head, from, length - from).lines().findFirst().orElse("");
        return line.chars().filter(c -> c == ';').count()
                        >= line.chars().filter(c -> c == ',').count()
                ? ';'
                : ',';
    }

    private @Nullable CsvRecord read() {
        try {
            if (records.hasNext()) {
                CsvRecord record = records.next();
                line = record.getStartingLineNumber();
                return record;
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw refused("ideas.import-encoding");
            }
            throw e;
        } catch (CsvParseException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw refused("ideas.import-encoding");
            }
            throw refused("ideas.import-malformed");
        }
        if (source.insideQuotes()) {
            throw refused("ideas.import-cut");
        }
        return null;
    }

    private InvalidException refused(String code) {
        return new InvalidException(List.of(new FieldError(field, code, Map.of("line", line))));
    }

    @Override
    public boolean hasNext() {
        return following != null;
    }

    @Override
    public Row next() {
        CsvRecord record = following;
        if (record == null) {
            throw new NoSuchElementException();
        }
        following = read();
        if (following == null && record.getFieldCount() < names.size() && !source.endedWithLine()) {
            line = record.getStartingLineNumber();
            throw refused("ideas.import-cut");
        }
        List<String> cells = record.getFields();
        boolean ours = format >= 0 && format < cells.size() && cells.get(format).equals(ExportService.FORMAT);
        return new Row(record.getStartingLineNumber(), cells, columns, names.size(), ours);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /**
     * Follows the quotes as the parser does, which itself takes a quoted cell that never ends for one that ends with the
     * file.
     */
    private static final class Source extends Reader {
        private final Reader in;
        private final char separator;
        private State state = State.CELL_START;
        private char last = '\n';

        private enum State {
            CELL_START,
            PLAIN,
            QUOTED,
            QUOTE_IN_QUOTED
        }

        Source(Reader in, char separator) {
            this.in = in;
            this.separator = separator;
        }

        boolean insideQuotes() {
            return state == State.QUOTED;
        }

        boolean endedWithLine() {
            return last == '\n' || last == '\r';
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            for (int i = offset; i < offset + read; i++) {
                follow(buffer[i]);
            }
            return read;
        }

        private void follow(char c) {
            last = c;
            if (state == State.QUOTED) {
                state = c == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
            } else if (c == '"' && state != State.PLAIN) {
                state = State.QUOTED;
            } else if (c == separator || c == '\n' || c == '\r') {
                state = State.CELL_START;
            } else {
                state = State.PLAIN;
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
