// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.ImportDraft;
import ca.notreville.ideas.api.ImportMapping;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mappings as JSON, and those that were saved. */
final class Mappings {

    static final String FILE = "mapping";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_JSON = 12_000;

    private Mappings() {}

    /** Reads a file of somebody's. */
    static ImportMapping read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(ImportDraft.MAX_MAPPING + 1);
        if (bytes.length > ImportDraft.MAX_MAPPING) {
            throw InvalidException.of(FILE, "ideas.import-mapping");
        }
        try {
            return checked(parse(JSON.readTree(bytes)), FILE);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw InvalidException.of(FILE, "ideas.import-mapping");
        }
    }

    /** Reads what was written here. */
    static ImportMapping read(String json) {
        try {
            return parse(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ImportMapping parse(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("no object");
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        json.path("columns").fields().forEachRemaining(entry -> {
            List<String> names = new ArrayList<>();
            if (entry.getValue().isArray()) {
                entry.getValue().forEach(name -> names.add(text(name)));
            } else {
                names.add(text(entry.getValue()));
            }
            columns.put(entry.getKey(), names);
        });
        Map<String, String> states = new LinkedHashMap<>();
        json.path("states").fields().forEachRemaining(entry -> states.put(entry.getKey(), text(entry.getValue())));
        return new ImportMapping(text(json.path("name")), columns, states);
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("no text");
        }
        return node.textValue();
    }

    static String write(ImportMapping mapping) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", mapping.name());
        ObjectNode columns = json.putObject("columns");
        mapping.columns().forEach((field, names) -> {
            ArrayNode list = columns.putArray(field);
            names.forEach(list::add);
        });
        ObjectNode states = json.putObject("states");
        mapping.states().forEach(states::put);
        return json.toString();
    }

    /**
     * The mapping, cleaned, with its fields in their order.
     *
     * @param file name of the upload that all errors are said of; "" to name the field of each
     */
    static ImportMapping checked(ImportMapping mapping, String file) {
        Fields fields = new Fields();
        String name = fields.line(named(file, "name"), mapping.name(), 1, ImportMapping.MAX_NAME);
        if (!name.isEmpty() && Decidim.slug(name).isEmpty()) {
            fields.add(named(file, "name"), "required", Map.of());
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (String field : ImportMapping.FIELDS) {
            List<String> names = mapping.columns().getOrDefault(field, List.of()).stream()
                    .map(Fields::clean)
                    .filter(column -> !column.isEmpty())
                    .distinct()
                    .toList();
            if (names.isEmpty()) {
                if (ImportMapping.REQUIRED.contains(field)) {
                    fields.add(named(file, field), "required", Map.of());
                }
                continue;
            }
            if (names.size() > ImportMapping.MAX_COLUMNS
                    || names.stream().anyMatch(column -> column.length() > ImportMapping.MAX_COLUMN)) {
                fields.add(named(file, field), "ideas.import-mapping", Map.of());
            }
            columns.put(field, names);
        }
        Map<String, String> states = new LinkedHashMap<>();
        mapping.states().forEach((word, state) -> states.put(Fields.clean(word), state));
        if (!ImportMapping.FIELDS.containsAll(mapping.columns().keySet())
                || states.size() > ImportMapping.MAX_COLUMNS
                || !states.values().stream().allMatch(word -> IdeaState.of(word).isPresent())) {
            fields.add(named(file, "state"), "ideas.import-mapping", Map.of());
        }
        ImportMapping checked = new ImportMapping(name, columns, states);
        if (write(checked).length() > MAX_JSON) {
            fields.add(named(file, "name"), "ideas.import-mapping", Map.of());
        }
        fields.verify();
        return checked;
    }

    private static String named(String file, String field) {
        return file.isEmpty() ? field : file;
    }

    static void save(Connection connection, ImportMapping mapping, Instant now) throws SQLException {
        if (write(connection, "update ideas_import_mapping set mapping = ?, saved_at = ? where name = ?", mapping, now)
                == 0) {
            write(
                    connection,
                    "insert into ideas_import_mapping (mapping, saved_at, name) values (?, ?, ?)",
                    mapping,
                    now);
        }
    }

    private static int write(Connection connection, String sql, ImportMapping mapping, Instant now)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setString(1, write(mapping));
            write.setTimestamp(2, Timestamp.from(now));
            write.setString(3, mapping.name());
            return write.executeUpdate();
        }
    }

    static Optional<ImportMapping> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select mapping from ideas_import_mapping where name = ?")) {
            select.setString(1, name);
            return all(select).stream().findFirst();
        }
    }

    static List<ImportMapping> all(Connection connection, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select mapping from ideas_import_mapping order by name fetch first " + most + " rows only")) {
            return all(select);
        }
    }

    private static List<ImportMapping> all(PreparedStatement select) throws SQLException {
        List<ImportMapping> all = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                all.add(read(rows.getString(1)));
            }
        }
        return all;
    }

    static void delete(Connection connection, String name) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from ideas_import_mapping where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }
}
