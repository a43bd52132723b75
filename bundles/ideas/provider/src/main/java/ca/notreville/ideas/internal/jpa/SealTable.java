// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.VoteSeal;
import ca.notreville.ideas.internal.receipt.Chain;
import ca.notreville.ideas.internal.receipt.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The seals on the list, by plain SQL. */
public final class SealTable {

    private static final String COLUMNS = "number, first_entry, entries, low_id, high_id, mark_id, sealed_at, root";

    private SealTable() {}

    /**
     * One seal.
     *
     * @param first number of its first entry
     * @param mark greatest id under it or any seal before it
     */
    public record Row(long number, long first, int entries, long low, long high, long mark, Instant at, String root) {

        /** Number of its last entry. */
        public long last() {
            return first + entries - 1;
        }

        public VoteSeal seal() {
            return new VoteSeal(number, last(), at, root);
        }

        /** What the list goes on from. */
        public Chain chain() {
            return Chain.after(root, last());
        }
    }

    public static Optional<Row> latest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select max(number) from ideas_seal");
                ResultSet row = select.executeQuery()) {
            row.next();
            long number = row.getLong(1);
            return row.wasNull() ? Optional.empty() : find(connection, number);
        }
    }

    public static Optional<Row> find(Connection connection, long number) throws SQLException {
        return between(connection, number, number).stream().findFirst();
    }

    /** In the order of their numbers. */
    public static List<Row> between(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from ideas_seal"
                + " --DERBY-PROPERTIES constraint=IDEAS_SEAL_PK\nwhere number >= ? and number <= ? order by number")) {
            select.setLong(1, from);
            select.setLong(2, to);
            List<Row> seals = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    seals.add(new Row(
                            row.getLong(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getTimestamp(7).toInstant(),
                            row.getString(8)));
                }
            }
            return seals;
        }
    }

    /** In the order of the list. */
    public static List<Entry> entries(Connection connection, Row seal) throws SQLException {
        return Chain.ordered(ReceiptTable.sealed(connection, seal.low, seal.high, seal.number));
    }

    /**
     * Writes a seal and puts these entries under it; the number lets one of several do so.
     *
     * @return whether all of them were under none; if not, the transaction must be given up
     * @throws SQLException for a unique key if there is a seal of this number
     */
    public static boolean insert(Connection connection, Row seal, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_seal (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, seal.number);
            insert.setLong(2, seal.first);
            insert.setInt(3, seal.entries);
            insert.setLong(4, seal.low);
            insert.setLong(5, seal.high);
            insert.setLong(6, seal.mark);
            insert.setTimestamp(7, Timestamp.from(seal.at));
            insert.setString(8, seal.root);
            insert.executeUpdate();
        }
        return ReceiptTable.seal(connection, entries, seal.number);
    }
}
