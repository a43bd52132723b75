// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a module in which a member's id stands: each says what belongs to the member when they take their data with them,
 * and what becomes of it when their account ends. A list like this is complete or it is not, which a test of the module finds out
 * by walking the schema.
 */
public final class PersonalColumns {

    private final List<Column> columns;

    /**
     * One column.
     *
     * @param hidden columns that are not handed out: secrets
     * @param erase SQL with the id as its one parameter; {@code null} if the module does it otherwise, or if it stays
     * @param why it stays, or who erases it, "" if {@code erase} does
     */
    public record Column(
            String table,
            String column,
            Set<String> hidden,
            @Nullable String erase,
            String why) {

        public Column {
            hidden = Set.copyOf(hidden);
        }

        /** The rows go with the member. */
        public static Column deleted(String table, String column, String... hidden) {
            return new Column(table, column, Set.of(hidden), "delete from " + table + " where " + column + " = ?", "");
        }

        /**
         * The rows stay without the member.
         *
         * @param set what is set in them, e.g. {@code author_id = null, author_name = ''}
         */
        public static Column forgotten(String table, String column, String set) {
            return new Column(
                    table, column, Set.of(), "update " + table + " set " + set + " where " + column + " = ?", "");
        }

        /** The rows stay as they are, or something else than one statement ends them. */
        public static Column kept(String table, String column, String why) {
            return new Column(table, column, Set.of(), null, why);
        }
    }

    private PersonalColumns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** @param columns in the order in which they are erased */
    public static PersonalColumns of(Column... columns) {
        return new PersonalColumns(List.of(columns));
    }

    /** {@code table.column} of each. */
    public Set<String> names() {
        return columns.stream().map(c -> c.table + "." + c.column).collect(Collectors.toUnmodifiableSet());
    }

    /** The rows of the member by {@code table.column}, those without any left out; moments as texts in UTC. */
    public Map<String, List<Map<String, Object>>> export(Connection connection, long member) throws SQLException {
        Map<String, List<Map<String, Object>>> export = new LinkedHashMap<>();
        for (Column column : columns) {
            try (PreparedStatement select =
                    connection.prepareStatement("select * from " + column.table + " where " + column.column + " = ?")) {
                select.setLong(1, member);
                try (ResultSet row = select.executeQuery()) {
                    List<Map<String, Object>> rows = rows(row, column.hidden);
                    if (!rows.isEmpty()) {
                        export.put(column.table + "." + column.column, rows);
                    }
                }
            }
        }
        return export;
    }

    private static List<Map<String, Object>> rows(ResultSet row, Set<String> hidden) throws SQLException {
        ResultSetMetaData meta = row.getMetaData();
        List<Map<String, Object>> rows = new ArrayList<>();
        while (row.next()) {
            Map<String, Object> read = new LinkedHashMap<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                String name = meta.getColumnName(i).toLowerCase(Locale.ROOT);
                Object value = row.getObject(i);
                if (value != null && !hidden.contains(name)) {
                    read.put(name, plain(value));
                }
            }
            rows.add(read);
        }
        return rows;
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof Timestamp moment) {
            return moment.toInstant().toString();
        }
        if (value instanceof Date day) {
            return day.toString();
        }
        if (value instanceof Clob text) {
            try (BufferedReader reader = new BufferedReader(text.getCharacterStream())) {
                return reader.lines().collect(Collectors.joining("\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** Carries out what each column says, in the caller's transaction; safe to repeat. */
    public void erase(Connection connection, long member) throws SQLException {
        for (Column column : columns) {
            if (column.erase != null) {
                try (PreparedStatement erase = connection.prepareStatement(column.erase)) {
                    erase.setLong(1, member);
                    erase.executeUpdate();
                }
            }
        }
    }

    /** How many rows still name the member, those left out that stay. */
    public long remaining(Connection connection, long member) throws SQLException {
        long rows = 0;
        for (Column column : columns) {
            if (column.erase != null) {
                try (PreparedStatement select = connection.prepareStatement(
                        "select count(*) from " + column.table + " where " + column.column + " = ?")) {
                    select.setLong(1, member);
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        rows += row.getLong(1);
                    }
                }
            }
        }
        return rows;
    }
}
