// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.call;

import ca.notreville.core.api.call.CallAnswer;
import ca.notreville.core.api.follow.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Calls and answers as rows. */
final class CallTable {

    private static final String COLUMNS =
            "id, sender_id, target, neighbourhood_id, title, text, place, starts_at, wanted,"
                    + " yes_count, maybe_count, no_count, closes_at, closed_at, result, created_at";

    /** A call as it stands in its row. */
    record Row(
            long id,
            long sender,
            Target target,
            @Nullable String neighbourhood,
            String title,
            String text,
            @Nullable String place,
            @Nullable Instant startsAt,
            int wanted,
            int yes,
            int maybe,
            int no,
            Instant closesAt,
            @Nullable Instant closedAt,
            @Nullable String result,
            Instant createdAt) {

        boolean open(Instant now) {
            return closedAt == null && closesAt.isAfter(now);
        }
    }

    private CallTable() {}

    static void insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into core_call (" + COLUMNS
                + ", version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, null, null, ?, 1)")) {
            insert.setLong(1, row.id);
            insert.setLong(2, row.sender);
            insert.setString(3, row.target.toString());
            insert.setString(4, row.neighbourhood);
            insert.setString(5, row.title);
            insert.setString(6, row.text);
            insert.setString(7, row.place);
            insert.setTimestamp(8, timestamp(row.startsAt));
            insert.setInt(9, row.wanted);
            insert.setTimestamp(10, timestamp(row.closesAt));
            insert.setTimestamp(11, timestamp(row.createdAt));
            insert.executeUpdate();
        }
    }

    static Optional<Row> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from core_call where id = ?")) {
            select.setLong(1, id);
            return rows(select).stream().findFirst();
        }
    }

    /** @param neighbourhood id, {@code null} for the whole town */
    static List<Row> open(Connection connection, @Nullable String neighbourhood, Instant now, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from core_call where closed_at is null and closes_at > ?"
                + (neighbourhood == null ? "" : " and neighbourhood_id = ?") + " order by closes_at fetch first "
                + limit
                + " rows only")) {
            select.setTimestamp(1, timestamp(now));
            if (neighbourhood != null) {
                select.setString(2, neighbourhood);
            }
            return rows(select);
        }
    }

    /** Those whose time is over and that nobody closed. */
    static List<Row> overdue(Connection connection, Instant now, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from core_call where closed_at is null and closes_at <= ? order by closes_at fetch first " + limit
                + " rows only")) {
            select.setTimestamp(1, timestamp(now));
            return rows(select);
        }
    }

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(
                        row.getLong(1),
                        row.getLong(2),
                        Target.parse(row.getString(3)).orElseThrow(),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        instant(row.getTimestamp(8)),
                        row.getInt(9),
                        row.getInt(10),
                        row.getInt(11),
                        row.getInt(12),
                        row.getTimestamp(13).toInstant(),
                        instant(row.getTimestamp(14)),
                        row.getString(15),
                        row.getTimestamp(16).toInstant()));
            }
        }
        return rows;
    }

    static boolean any(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select id from core_call fetch first 1 rows only");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    static int sentSince(Connection connection, long sender, Instant since) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from core_call where sender_id = ? and created_at > ?")) {
            select.setLong(1, sender);
            select.setTimestamp(2, timestamp(since));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * Keeps others from changing the call, or anybody's answer to it, until the end of the transaction.
     *
     * @return whether there is such a call
     */
    static boolean lock(Connection connection, long id) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_call set version = version + 1 where id = ?")) {
            update.setLong(1, id);
            return update.executeUpdate() == 1;
        }
    }

    /** Of a locked call. */
    static void close(Connection connection, long id, Instant at) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_call set closed_at = ? where id = ?")) {
            update.setTimestamp(1, timestamp(at));
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    /** Of a locked call. */
    static void tell(Connection connection, long id, String result) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update core_call set result = ? where id = ?")) {
            update.setString(1, result);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    static Optional<CallAnswer> answer(Connection connection, long id, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select answer from core_call_answer where call_id = ? and member_id = ?")) {
            select.setLong(1, id);
            select.setLong(2, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(CallAnswer.of(row.getString(1))) : Optional.empty();
            }
        }
    }

    /** Of a locked call: the answer, and the counts with it. */
    static void setAnswer(
            Connection connection, long id, long member, @Nullable CallAnswer before, CallAnswer answer, Instant at)
            throws SQLException {
        String sql = before == null
                ? "insert into core_call_answer (answer, answered_at, call_id, member_id) values (?, ?, ?, ?)"
                : "update core_call_answer set answer = ?, answered_at = ? where call_id = ? and member_id = ?";
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setString(1, answer.word());
            write.setTimestamp(2, timestamp(at));
            write.setLong(3, id);
            write.setLong(4, member);
            write.executeUpdate();
        }
        String less = before == null ? "" : column(before) + " = " + column(before) + " - 1, ";
        try (PreparedStatement update = connection.prepareStatement(
                "update core_call set " + less + column(answer) + " = " + column(answer) + " + 1 where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    private static String column(CallAnswer answer) {
        return answer.word() + "_count";
    }

    /** Everybody who answered, whatever. */
    static Set<Long> answerers(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select member_id from core_call_answer where call_id = ?")) {
            select.setLong(1, id);
            Set<Long> members = new TreeSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    members.add(row.getLong(1));
                }
            }
            return members;
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
