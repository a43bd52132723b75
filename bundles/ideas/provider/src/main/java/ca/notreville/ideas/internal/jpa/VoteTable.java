// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The votes, by plain SQL: the most written table of the platform. */
public final class VoteTable {

    private static final int IN_AT_ONCE = 200;
    private static final String COLUMNS = "idea_id, member_id, choice, receipt, cast_at, at_counter";

    private VoteTable() {}

    /** What is known before a vote: the idea's state, and the member's vote so far. */
    public record Standing(IdeaState state, Optional<Row> vote) {}

    /** One vote. */
    public record Row(Choice choice, String receipt, Instant castAt, boolean atCounter) {}

    /** Empty if there is no such idea. */
    public static Optional<Standing> find(Connection connection, long idea, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select i.state, v.choice, v.receipt, v.cast_at, v.at_counter"
                        + " from ideas_idea i"
                        + " left join ideas_vote v on v.idea_id = i.id and v.member_id = ? where i.id = ?")) {
            select.setLong(1, member);
            select.setLong(2, idea);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String choice = row.getString(2);
                return Optional.of(new Standing(
                        IdeaState.of(row.getString(1)).orElseThrow(),
                        choice == null
                                ? Optional.empty()
                                : Optional.of(new Row(
                                        choice(choice),
                                        row.getString(3),
                                        row.getTimestamp(4).toInstant(),
                                        row.getInt(5) == 1))));
            }
        }
    }

    /**
     * Shares the idea's row with other voters until the transaction ends: whoever closes the idea, and so changes that row, does it
     * before or after, and a vote is never taken on an idea that is closed by then. PostgreSQL would share it for the foreign key
     * anyway, a little less; Derby lets go of what it has read unless it is told.
     */
    public static void share(Connection connection, long idea) throws SQLException {
        shared(connection, idea);
    }

    private static String shared(Connection connection, long idea) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select state from ideas_idea where id = ?" + (isDerby(connection) ? " with rs" : " for share"))) {
            select.setLong(1, idea);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
        }
    }

    private static boolean isDerby(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().contains("Derby");
    }

    /**
     * Writes a first vote if the idea takes votes, in one round trip where there is one: what almost every vote is. The row of the
     * idea is shared as in {@link #share}.
     *
     * @return whether it was written; if not, the idea is not there or takes none
     * @throws SQLException for a unique key if there is a vote already
     */
    public static boolean insertIfOpen(Connection connection, long idea, long member, Row vote) throws SQLException {
        if (isDerby(connection)) {
            if (!shared(connection, idea).equals(IdeaState.PUBLISHED.word())) {
                return false;
            }
            insert(connection, idea, member, vote);
            return true;
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into ideas_vote (" + COLUMNS + ")"
                + " select id, cast(? as bigint), cast(? as varchar(8)), cast(? as varchar(32)),"
                + " cast(? as timestamp), cast(? as smallint) from ideas_idea"
                + " where id = ? and state = 'published' for share")) {
            insert.setLong(1, member);
            insert.setString(2, vote.choice.word());
            insert.setString(3, vote.receipt);
            insert.setTimestamp(4, Timestamp.from(vote.castAt));
            insert.setInt(5, counter(vote));
            insert.setLong(6, idea);
            return insert.executeUpdate() > 0;
        }
    }

    public static void insert(Connection connection, long idea, long member, Row vote) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into ideas_vote (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, idea);
            insert.setLong(2, member);
            insert.setString(3, vote.choice.word());
            insert.setString(4, vote.receipt);
            insert.setTimestamp(5, Timestamp.from(vote.castAt));
            insert.setInt(6, counter(vote));
            insert.executeUpdate();
        }
    }

    private static int counter(Row vote) {
        return vote.atCounter ? 1 : 0;
    }

    /** @return whether there was a vote to change that still has this receipt */
    public static boolean update(Connection connection, long idea, long member, String receipt, Row vote)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update ideas_vote set choice = ?, receipt = ?, cast_at = ?, at_counter = ?"
                        + " where idea_id = ? and member_id = ? and receipt = ?")) {
            update.setString(1, vote.choice.word());
            update.setString(2, vote.receipt);
            update.setTimestamp(3, Timestamp.from(vote.castAt));
            update.setInt(4, counter(vote));
            update.setLong(5, idea);
            update.setLong(6, member);
            update.setString(7, receipt);
            return update.executeUpdate() > 0;
        }
    }

    /** @return whether there was a vote to delete that still has this receipt */
    public static boolean delete(Connection connection, long idea, long member, String receipt) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from ideas_vote where idea_id = ? and member_id = ? and receipt = ?")) {
            delete.setLong(1, idea);
            delete.setLong(2, member);
            delete.setString(3, receipt);
            return delete.executeUpdate() > 0;
        }
    }

    /** Counts the votes of these ideas; those without any are left out. */
    public static Map<Long, Tally> count(Connection connection, List<Long> ideas) throws SQLException {
        Map<Long, Tally> tallies = new HashMap<>();
        for (int from = 0; from < ideas.size(); from += IN_AT_ONCE) {
            List<Long> some = ideas.subList(from, Math.min(from + IN_AT_ONCE, ideas.size()));
            try (PreparedStatement select =
                    connection.prepareStatement("select idea_id, choice, count(*) from ideas_vote"
                            + " --DERBY-PROPERTIES constraint=IDEAS_VOTE_PK\nwhere idea_id in ("
                            + "?, ".repeat(some.size() - 1) + "?) group by idea_id, choice")) {
                setAll(select, some);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        tallies.merge(rows.getLong(1), one(choice(rows.getString(2)), rows.getInt(3)), VoteTable::plus);
                    }
                }
            }
        }
        return tallies;
    }

    private static void setAll(PreparedStatement select, Collection<Long> ids) throws SQLException {
        int index = 1;
        for (Long id : ids) {
            select.setLong(index++, id);
        }
    }

    public static Choice choice(String word) {
        return Choice.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static Tally one(Choice choice, int count) {
        return switch (choice) {
            case FOR -> new Tally(count, 0, 0);
            case NEUTRAL -> new Tally(0, count, 0);
            case AGAINST -> new Tally(0, 0, count);
        };
    }

    static Tally plus(Tally a, Tally b) {
        return new Tally(a.inFavour() + b.inFavour(), a.neutral() + b.neutral(), a.against() + b.against());
    }
}
