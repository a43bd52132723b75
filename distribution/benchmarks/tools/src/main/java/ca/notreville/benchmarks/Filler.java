// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes many rows into the database of a platform that does not run just now. */
final class Filler implements AutoCloseable {

    private static final int BATCH = 1_000;
    private static final int COMMIT = 50_000;

    private final String url;
    private final Connection connection;

    Filler(String url, String user) throws SQLException {
        this.url = url;
        connection = DriverManager.getConnection(url, user, "");
        connection.setAutoCommit(false);
    }

    @FunctionalInterface
    interface Row {
        void set(PreparedStatement insert, int number) throws SQLException;
    }

    /** As many rows as told, each one transaction with some thousands of others. */
    void insert(String sql, int count, Row row) throws SQLException {
        try (Rows rows = rows(sql)) {
            for (int i = 0; i < count; i++) {
                row.set(rows.statement, i);
                rows.add();
            }
        }
    }

    Rows rows(String sql) throws SQLException {
        return new Rows(connection.prepareStatement(sql));
    }

    /** Rows whose number is not known before. */
    final class Rows implements AutoCloseable {
        final PreparedStatement statement;
        private int done;

        private Rows(PreparedStatement statement) {
            this.statement = statement;
        }

        void add() throws SQLException {
            statement.addBatch();
            if (++done % BATCH == 0) {
                statement.executeBatch();
            }
            if (done % COMMIT == 0) {
                connection.commit();
            }
        }

        @Override
        public void close() throws SQLException {
            statement.executeBatch();
            statement.close();
            connection.commit();
        }
    }

    List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /**
     * Ten indexes kept while a million rows come in cost many minutes.
     *
     * @return the statements that make them anew
     */
    List<String> dropIndexes(String table) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String name = meta.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        Map<String, List<String>> columns = new TreeMap<>();
        try (ResultSet rows = meta.getIndexInfo(null, null, name, false, false)) {
            while (rows.next()) {
                // those of constraints have names of the database's own
                if (rows.getBoolean("NON_UNIQUE")
                        && rows.getString("INDEX_NAME").startsWith(name + "_")) {
                    columns.computeIfAbsent(rows.getString("INDEX_NAME"), n -> new ArrayList<>())
                            .add(rows.getString("COLUMN_NAME")
                                    + ("D".equals(rows.getString("ASC_OR_DESC")) ? " desc" : ""));
                }
            }
        }
        List<String> create = new ArrayList<>();
        for (Map.Entry<String, List<String>> index : columns.entrySet()) {
            execute("drop index " + index.getKey());
            create.add("create index " + index.getKey() + " on " + table + " (" + String.join(", ", index.getValue())
                    + ")");
        }
        return create;
    }

    @Override
    public void close() throws SQLException {
        connection.commit();
        connection.close();
        if (!url.startsWith("jdbc:derby:")) {
            return;
        }
        try {
            DriverManager.getConnection("jdbc:derby:;shutdown=true").close();
        } catch (SQLException e) {
            // Derby reports an orderly shutdown this way
            if (!"XJ015".equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
