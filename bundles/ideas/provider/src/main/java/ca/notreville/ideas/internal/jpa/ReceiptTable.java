// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.internal.receipt.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of the public list, by plain SQL. */
public final class ReceiptTable {

    /** Instead of the number of a seal: must not be sealed yet. */
    private static final int HELD = 0;

    private ReceiptTable() {}

    /** What a later act did to an earlier one. */
    public record Change(VoteAct act, String replacedCode) {}

    /** One row. */
    public record Found(Entry entry, Optional<Long> seal) {}

    /** One statement, for the hottest path. */
    public static void insert(Connection connection, Entry entry, boolean held) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                held
                        ? "insert into ideas_receipt (id, subject, content, code, seal) values (?, ?, ?, ?, " + HELD
                                + ")"
                        : "insert into ideas_receipt (id, subject, content, code) values (?, ?, ?, ?)")) {
            insert.setLong(1, entry.id());
            insert.setString(2, entry.subject());
            insert.setString(3, entry.content());
            insert.setString(4, entry.code());
            insert.executeUpdate();
        }
    }

    /**
     * Writes that an entry takes the place of an earlier one.
     *
     * @throws SQLException for a unique key if something else has taken its place
     */
    public static void replace(Connection connection, Entry entry, VoteAct act, Entry earlier) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into ideas_receipt_change"
                + " (receipt_id, act, replaced_id, replaced_code) values (?, ?, ?, ?)")) {
            insert.setLong(1, entry.id());
            insert.setString(2, act.word());
            insert.setLong(3, earlier.id());
            insert.setString(4, earlier.code());
            insert.executeUpdate();
        }
    }

    /**
     * Lets some of the entries of a subject be sealed that were held until now.
     *
     * @param after they have greater ids than this
     * @return how many there were, {@code most} at most
     */
    public static int release(Connection connection, String subject, long after, int most) throws SQLException {
        List<Long> held = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select id from ideas_receipt --DERBY-PROPERTIES constraint=IDEAS_RECEIPT_PK\n"
                        + "where id > ? and seal = " + HELD + " and subject = ? order by id fetch first " + most
                        + " rows only")) {
            select.setLong(1, after);
            select.setString(2, subject);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    held.add(row.getLong(1));
                }
            }
        }
        try (PreparedStatement update =
                connection.prepareStatement("update ideas_receipt set seal = null where id = ?")) {
            for (long id : held) {
                update.setLong(1, id);
                update.addBatch();
            }
            update.executeBatch();
        }
        return held.size();
    }

    public static Optional<Found> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select subject, content, code, seal from ideas_receipt where id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Entry entry = new Entry(id, row.getString(1), row.getString(2), row.getString(3));
                long seal = row.getLong(4);
                return Optional.of(
                        new Found(entry, row.wasNull() || seal == HELD ? Optional.empty() : Optional.of(seal)));
            }
        }
    }

    /** What the act of this id did to an earlier one; empty for a first vote. */
    public static Optional<Change> change(Connection connection, long id) throws SQLException {
        return Optional.ofNullable(changes(connection, id, id).get(id));
    }

    /** What took the place of an entry, and the id of the entry that did. */
    public record Successor(long id, VoteAct act) {}

    /** What took this one's place. */
    public static Optional<Successor> successor(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select receipt_id, act from ideas_receipt_change where replaced_id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Successor(row.getLong(1), VoteAct.of(row.getString(2))))
                        : Optional.empty();
            }
        }
    }

    /** Entries that are under no seal, the earliest first. */
    public static List<Entry> unsealed(Connection connection, long after, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, subject, content, code from ideas_receipt --DERBY-PROPERTIES constraint=IDEAS_RECEIPT_PK\n"
                        + "where id > ? and seal is null order by id fetch first " + most + " rows only")) {
            select.setLong(1, after);
            return entries(select);
        }
    }

    /** The entries under a seal, in no order. */
    static List<Entry> sealed(Connection connection, long low, long high, long seal) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, subject, content, code from ideas_receipt --DERBY-PROPERTIES constraint=IDEAS_RECEIPT_PK\n"
                        + "where id >= ? and id <= ? and seal = ?")) {
            select.setLong(1, low);
            select.setLong(2, high);
            select.setLong(3, seal);
            return entries(select);
        }
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                entries.add(new Entry(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)));
            }
        }
        return entries;
    }

    /** By the ids of the later acts, which are between these two. */
    public static Map<Long, Change> changes(Connection connection, long low, long high) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select receipt_id, act, replaced_code"
                + " from ideas_receipt_change where receipt_id >= ? and receipt_id <= ?")) {
            select.setLong(1, low);
            select.setLong(2, high);
            Map<Long, Change> changes = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    changes.put(row.getLong(1), new Change(VoteAct.of(row.getString(2)), row.getString(3)));
                }
            }
            return changes;
        }
    }

    /** @return whether all of them were under no seal until now */
    static boolean seal(Connection connection, List<Entry> entries, long seal) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update ideas_receipt set seal = ? where id = ? and seal is null")) {
            for (Entry entry : entries) {
                update.setLong(1, seal);
                update.setLong(2, entry.id());
                update.addBatch();
            }
            for (int updated : update.executeBatch()) {
                if (updated != 1) {
                    return false;
                }
            }
            return true;
        }
    }

    /** All entries, sealed or not. */
    public static long count(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select count(*) from ideas_receipt");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Adds what stands in the list, and takes off the votes, by {@code subject content}: all of it comes to 0. */
    public static void tally(Connection connection, Map<String, Long> counts) throws SQLException {
        tally(
                connection,
                counts,
                1,
                "select subject, content, count(*) from ideas_receipt where content <> '" + Entry.NOTHING
                        + "' group by subject, content");
        tally(
                connection,
                counts,
                -1,
                "select r.subject, r.content, count(*) from ideas_receipt_change c"
                        + " join ideas_receipt r on r.id = c.replaced_id where r.content <> '" + Entry.NOTHING
                        + "' group by r.subject, r.content");
        try (PreparedStatement select = connection.prepareStatement(
                        "select idea_id, choice, count(*) from ideas_vote group by idea_id, choice");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counts.merge("idea:" + row.getLong(1) + ' ' + row.getString(2), -row.getLong(3), Long::sum);
            }
        }
        try (PreparedStatement select = connection.prepareStatement(
                        "select consultation_id, content, count(*) from ideas_ballot group by consultation_id, content");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counts.merge("consultation:" + row.getLong(1) + ' ' + row.getString(2), -row.getLong(3), Long::sum);
            }
        }
    }

    private static void tally(Connection connection, Map<String, Long> counts, int sign, String query)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                counts.merge(row.getString(1) + ' ' + row.getString(2), sign * row.getLong(3), Long::sum);
            }
        }
    }
}
