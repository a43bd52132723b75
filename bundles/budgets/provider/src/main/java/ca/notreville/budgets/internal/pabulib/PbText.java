// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@code .pb} file as three tables, and the tables as text: every key and column is kept, in order, also those that
 * nobody here knows.
 *
 * @param meta by key
 */
record PbText(Map<String, Line> meta, Table projects, Table votes) {

    private static final int MAX_CELL = 1 << 18;
    private static final int MAX_COLUMNS = 200;

    /** A row and where it begins. */
    record Line(long number, List<String> cells) {
        String cell(int column) {
            return column < 0 || column >= cells.size() ? "" : cells.get(column);
        }
    }

    /**
     * A section.
     *
     * @param columns names as written
     * @param places of the columns by their name in lower case
     */
    record Table(List<String> columns, Map<String, Integer> places, List<Line> lines) {

        static Table of(List<String> columns, List<Line> lines) {
            Map<String, Integer> places = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                places.putIfAbsent(columns.get(i).toLowerCase(Locale.ROOT), i);
            }
            return new Table(columns, places, lines);
        }

        boolean has(String column) {
            return places.containsKey(column);
        }

        String cell(Line line, String column) {
            return line.cell(places.getOrDefault(column, -1));
        }

        /** Whether there is more in the row than columns: mostly a semicolon that should have been between quotation marks. */
        boolean tooWide(Line line) {
            return line.cells.stream().skip(columns.size()).anyMatch(cell -> !cell.isEmpty());
        }
    }

    String meta(String key) {
        Line line = meta.get(key);
        return line == null ? "" : line.cell(1);
    }

    /** @throws InvalidException on {@code file} if it is no such text as a whole */
    static PbText read(InputStream in) {
        Map<String, Line> meta = new LinkedHashMap<>();
        Map<String, Table> tables = new HashMap<>();
        String section = null;
        Table table = null;
        long at = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(';')
                .allowExtraFields(true)
                .allowMissingFields(true)
                .trimWhitespacesAroundQuotes(true)
                .skipEmptyLines(true)
                .maxBufferSize(MAX_CELL)
                .ofCsvRecord(decode(in))) {
            for (CsvRecord row : reader) {
                at = row.getStartingLineNumber();
                List<String> cells = row.getFields().stream().map(String::strip).toList();
                if (cells.stream().allMatch(String::isEmpty)) {
                    continue;
                }
                String title = title(cells);
                if (title != null) {
                    if (title.equals("meta") ? !meta.isEmpty() : tables.containsKey(title)) {
                        throw refused("budgets.pb-section-twice", title.toUpperCase(Locale.ROOT), at);
                    }
                    section = title;
                    table = null;
                } else if (section == null) {
                    throw refused("budgets.pb-no-section", "META", at);
                } else if (section.equals("meta")) {
                    meta(meta, new Line(at, cells));
                } else if (table == null) {
                    table = header(cells, at);
                    tables.put(section, table);
                } else {
                    table.lines.add(new Line(at, cells));
                }
            }
        } catch (CsvParseException e) {
            throw refused("budgets.pb-cell", "", at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new PbText(
                meta, section(tables, "projects", "project_id", "cost"), section(tables, "votes", "voter_id", "vote"));
    }

    private static Table section(Map<String, Table> tables, String name, String... required) {
        Table table = tables.get(name);
        if (table == null) {
            throw refused("budgets.pb-no-section", name.toUpperCase(Locale.ROOT), 0);
        }
        for (String column : required) {
            if (!table.has(column)) {
                throw refused("budgets.pb-no-column", column, 0);
            }
        }
        return table;
    }

    private static @Nullable String title(List<String> cells) {
        String first = cells.get(0).toLowerCase(Locale.ROOT);
        boolean alone = cells.stream().skip(1).allMatch(String::isEmpty);
        return alone && (first.equals("meta") || first.equals("projects") || first.equals("votes")) ? first : null;
    }

    private static void meta(Map<String, Line> meta, Line line) {
        String key = line.cell(0).toLowerCase(Locale.ROOT);
        if (key.equals("key") && line.cell(1).equalsIgnoreCase("value")) {
            return;
        }
        if (line.cells.size() == 1 && key.contains(":")) {
            // as in the example of the definition itself
            int colon = line.cell(0).indexOf(':');
            key = key.substring(0, colon).strip();
            line = new Line(
                    line.number, List.of(key, line.cell(0).substring(colon + 1).strip()));
        } else if (line.cells.size() > 2) {
            // a comment with semicolons that nobody put between quotation marks
            line = new Line(
                    line.number,
                    List.of(
                            line.cell(0),
                            String.join("; ", line.cells.subList(1, line.cells.size()))
                                    .replaceAll("[; ]+$", "")));
        }
        if (!key.isEmpty()) {
            meta.putIfAbsent(key, line);
        }
    }

    private static Table header(List<String> cells, long at) {
        List<String> columns = new ArrayList<>(cells);
        while (!columns.isEmpty() && columns.get(columns.size() - 1).isEmpty()) {
            columns.remove(columns.size() - 1);
        }
        long different =
                columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).distinct().count();
        if (different != columns.size() || columns.size() > MAX_COLUMNS) {
            throw refused("budgets.pb-columns-twice", String.join(", ", columns), at);
        }
        return Table.of(columns, new ArrayList<>());
    }

    private static String decode(InputStream in) {
        try {
            byte[] bytes = in.readNBytes(Math.toIntExact(ExchangeService.MAX_BYTES + 1));
            if (bytes.length > ExchangeService.MAX_BYTES) {
                throw refused("budgets.pb-too-large", "", 0);
            }
            if (bytes.length == 0) {
                throw refused("budgets.pb-empty", "", 0);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused("budgets.pb-encoding", "", 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InvalidException refused(String code, String detail, long line) {
        return new InvalidException(List.of(new FieldError(
                "file",
                code,
                Map.of("detail", detail, "line", line, "max", ExchangeService.MAX_BYTES / (1024 * 1024)))));
    }

    /** As a file: lines end with a line feed, cells are quoted only where they must be. */
    String write() {
        StringBuilder text = new StringBuilder("META\nkey;value\n");
        meta.forEach((key, line) -> row(text, List.of(key, line.cell(1))));
        text.append("PROJECTS\n");
        table(text, projects);
        text.append("VOTES\n");
        table(text, votes);
        return text.toString();
    }

    private static void table(StringBuilder text, Table table) {
        row(text, table.columns);
        table.lines.forEach(line -> row(text, line.cells));
    }

    private static void row(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quoted = cell.chars().anyMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r')
                    // alone on its line it would begin a section
                    || cells.size() == 1 && title(cells) != null
                    || cells.size() == 1 && cell.isEmpty();
            text.append(i == 0 ? "" : ";").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        text.append('\n');
    }
}
