// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the original of an imported idea said when it was imported last: a row that still says that changes nothing, whatever became of the
 * idea here.
 */
public final class OriginTable {

    private OriginTable() {}

    /**
     * @param digest of everything but the state
     * @param state word of the original's state
     */
    public record Origin(String digest, String state) {}

    public static Map<Long, Origin> of(Connection connection, List<Long> ideas) throws SQLException {
        if (ideas.isEmpty()) {
            return Map.of();
        }
        String marks = String.join(", ", Collections.nCopies(ideas.size(), "?"));
        try (PreparedStatement select = connection.prepareStatement(
                "select idea_id, digest, state from ideas_origin where idea_id in (" + marks + ")")) {
            for (int i = 0; i < ideas.size(); i++) {
                select.setLong(i + 1, ideas.get(i));
            }
            Map<Long, Origin> origins = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    origins.put(rows.getLong(1), new Origin(rows.getString(2), rows.getString(3)));
                }
            }
            return origins;
        }
    }

    /** Notes them for ideas of which nothing was noted. */
    public static void insert(Connection connection, Map<Long, Origin> origins) throws SQLException {
        write(connection, "insert into ideas_origin (digest, state, idea_id) values (?, ?, ?)", origins);
    }

    public static void update(Connection connection, Map<Long, Origin> origins) throws SQLException {
        write(connection, "update ideas_origin set digest = ?, state = ? where idea_id = ?", origins);
    }

    private static void write(Connection connection, String sql, Map<Long, Origin> origins) throws SQLException {
        if (origins.isEmpty()) {
            return;
        }
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            for (Map.Entry<Long, Origin> origin : origins.entrySet()) {
                write.setString(1, origin.getValue().digest());
                write.setString(2, origin.getValue().state());
                write.setLong(3, origin.getKey());
                write.addBatch();
            }
            write.executeBatch();
        }
    }
}
