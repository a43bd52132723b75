// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.jpa;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.Ballot.Mark;
import ca.notreville.budgets.api.Reason;
import ca.notreville.budgets.api.Result.Verdict;
import ca.notreville.budgets.api.Rule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Ballots, what is on them, and results. */
public final class BallotTable {

    private static final int POINT = 1_000;
    private static final int BATCH = 1_000;

    private BallotTable() {}

    /**
     * A ballot to write.
     *
     * @param points in thousandths
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    public record Row(
            long id, long member, int strength, Instant castAt, boolean atCounter, long[] projects, long[] points) {}

    /** What counting reads of a ballot. */
    @FunctionalInterface
    public interface Reader {
        void ballot(long[] projects, long[] points, int strength);
    }

    /**
     * Passes the gate, in the row of this member, which is then held until the transaction ends.
     *
     * @return whether ballots are taken now
     */
    public static boolean enter(Connection connection, long budget, long member, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update budgets_gate set ballots = ballots"
                + " where budget_id = ? and stripe = ? and counting = 0 and opens_at <= ? and closes_at > ?")) {
            update.setLong(1, budget);
            update.setInt(2, stripe(member));
            update.setTimestamp(3, Timestamp.from(now));
            update.setTimestamp(4, Timestamp.from(now));
            return update.executeUpdate() == 1;
        }
    }

    private static int stripe(long member) {
        return (int) Math.floorMod(member, (long) BudgetTable.STRIPES);
    }

    /** For every number of ballots more or less, in the row of this member. */
    public static void count(Connection connection, long budget, long member, long more) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update budgets_gate set ballots = ballots + ? where budget_id = ? and stripe = ?")) {
            update.setLong(1, more);
            update.setLong(2, budget);
            update.setInt(3, stripe(member));
            update.executeUpdate();
        }
    }

    /** Shuts the gate for good: waits for every ballot that has passed it, and lets none through any more. */
    public static void shut(Connection connection, long budget) throws SQLException {
        for (int stripe = 0; stripe < BudgetTable.STRIPES; stripe++) {
            try (PreparedStatement update = connection.prepareStatement(
                    "update budgets_gate set counting = 1 where budget_id = ? and stripe = ?")) {
                update.setLong(1, budget);
                update.setInt(2, stripe);
                update.executeUpdate();
            }
        }
    }

    public static OptionalLong id(Connection connection, long budget, long member) throws SQLException {
        // by the key whatever the size of the table: a scan would wait for the ballots that others are writing
        try (PreparedStatement select = connection.prepareStatement("select id from budgets_ballot"
                + " --DERBY-PROPERTIES constraint=BUDGETS_BALLOT_ONE\nwhere budget_id = ? and member_id = ?")) {
            select.setLong(1, budget);
            select.setLong(2, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    public static Optional<Ballot> find(Connection connection, long budget, long member) throws SQLException {
        OptionalLong id = id(connection, budget, member);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        List<Mark> marks = new ArrayList<>();
        for (long[] mark : marksOf(connection, id.getAsLong())) {
            marks.add(new Mark(mark[0], (int) (mark[1] / POINT)));
        }
        try (PreparedStatement select =
                connection.prepareStatement("select cast_at, at_counter from budgets_ballot where id = ?")) {
            select.setLong(1, id.getAsLong());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Ballot(budget, marks, row.getTimestamp(1).toInstant(), row.getInt(2) == 1))
                        : Optional.empty();
            }
        }
    }

    /** Projects and thousandths of points, in the order they were given. */
    private static List<long[]> marksOf(Connection connection, long ballot) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select project_id, points from budgets_mark"
                + " --DERBY-PROPERTIES constraint=BUDGETS_MARK_PK\nwhere ballot_id = ? order by seq")) {
            select.setLong(1, ballot);
            List<long[]> marks = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    marks.add(new long[] {row.getLong(1), row.getLong(2)});
                }
            }
            return marks;
        }
    }

    private static void clear(Connection connection, long ballot) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from budgets_mark where ballot_id = ? and project_id = ?")) {
            for (long[] mark : marksOf(connection, ballot)) {
                delete.setLong(1, ballot);
                delete.setLong(2, mark[0]);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** New ballots, many at once. */
    public static void insert(Connection connection, long budget, List<Row> rows) throws SQLException {
        for (int from = 0; from < rows.size(); from += BATCH) {
            List<Row> some = rows.subList(from, Math.min(from + BATCH, rows.size()));
            try (PreparedStatement insert = connection.prepareStatement("insert into budgets_ballot (id, budget_id,"
                    + " member_id, strength, cast_at, at_counter) values (?, ?, ?, ?, ?, ?)")) {
                for (Row row : some) {
                    insert.setLong(1, row.id);
                    insert.setLong(2, budget);
                    insert.setLong(3, row.member);
                    insert.setInt(4, row.strength);
                    insert.setTimestamp(5, Timestamp.from(row.castAt));
                    insert.setInt(6, row.atCounter ? 1 : 0);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            marks(connection, budget, some);
        }
    }

    private static void marks(Connection connection, long budget, List<Row> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into budgets_mark (ballot_id, project_id,"
                + " budget_id, seq, points) values (?, ?, ?, ?, ?)")) {
            for (Row row : rows) {
                for (int i = 0; i < row.projects.length; i++) {
                    insert.setLong(1, row.id);
                    insert.setLong(2, row.projects[i]);
                    insert.setLong(3, budget);
                    insert.setInt(4, i);
                    insert.setLong(5, row.points[i]);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** What is on a ballot that is there already. */
    public static void rewrite(Connection connection, long budget, Row row) throws SQLException {
        clear(connection, row.id);
        try (PreparedStatement update =
                connection.prepareStatement("update budgets_ballot set cast_at = ?, at_counter = ? where id = ?")) {
            update.setTimestamp(1, Timestamp.from(row.castAt));
            update.setInt(2, row.atCounter ? 1 : 0);
            update.setLong(3, row.id);
            update.executeUpdate();
        }
        marks(connection, budget, List.of(row));
    }

    public static void delete(Connection connection, long ballot) throws SQLException {
        clear(connection, ballot);
        BudgetTable.run(connection, "delete from budgets_ballot where id = ?", ballot);
    }

    /** Each ballot of a budget once, one at a time. */
    public static void each(Connection connection, long budget, Reader reader) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select b.id, b.strength, m.project_id, m.points"
                + " from budgets_ballot b left join budgets_mark m on m.ballot_id = b.id"
                + " where b.budget_id = ? order by b.id, m.seq")) {
            select.setLong(1, budget);
            select.setFetchSize(BATCH);
            long current = 0;
            int strength = 1;
            List<long[]> marks = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(1) != current) {
                        hand(reader, current, marks, strength);
                        marks.clear();
                        current = row.getLong(1);
                        strength = row.getInt(2);
                    }
                    long project = row.getLong(3);
                    if (!row.wasNull()) {
                        marks.add(new long[] {project, row.getLong(4)});
                    }
                }
            }
            hand(reader, current, marks, strength);
        }
    }

    private static void hand(Reader reader, long ballot, List<long[]> marks, int strength) {
        if (ballot != 0) {
            reader.ballot(
                    marks.stream().mapToLong(m -> m[0]).toArray(),
                    marks.stream().mapToLong(m -> m[1]).toArray(),
                    strength);
        }
    }

    public static void insertResult(Connection connection, long budget, Rule rule, List<Verdict> verdicts)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into budgets_result (budget_id, rule_word,"
                + " project_id, step, reason, votes, points, money_left, backing, price)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Verdict verdict : verdicts) {
                insert.setLong(1, budget);
                insert.setString(2, rule.word());
                insert.setLong(3, verdict.project());
                insert.setInt(4, verdict.step());
                insert.setString(5, verdict.reason().word());
                insert.setLong(6, verdict.votes());
                insert.setLong(7, verdict.points());
                insert.setLong(8, verdict.left());
                insert.setLong(9, verdict.backing());
                insert.setLong(10, verdict.price());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    public static void decided(Connection connection, long budget, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update budgets_budget set decided_at = ? where id = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, budget);
            update.executeUpdate();
        }
    }

    public static void compared(Connection connection, long budget) throws SQLException {
        BudgetTable.run(connection, "update budgets_budget set compared = 1 where id = ?", budget);
    }

    /** In the order in which they were decided. */
    public static List<Verdict> result(Connection connection, long budget, Rule rule) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select project_id, reason, step, votes, points,"
                        + " money_left, backing, price from budgets_result where budget_id = ? and rule_word = ? order by step")) {
            select.setLong(1, budget);
            select.setString(2, rule.word());
            List<Verdict> verdicts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    verdicts.add(new Verdict(
                            row.getLong(1),
                            Reason.of(row.getString(2)),
                            row.getInt(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getLong(8)));
                }
            }
            return verdicts;
        }
    }
}
