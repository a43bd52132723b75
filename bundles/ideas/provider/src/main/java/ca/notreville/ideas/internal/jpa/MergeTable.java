// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was united with what, by plain SQL. A vote that moves stays the same row, so that whoever cast it keeps the receipt; what
 * is needed to undo it is written down beside it first.
 */
public final class MergeTable {

    private static final String COLUMNS =
            "m.id, m.source_id, s.title, m.target_id, t.title, m.merged_by, m.merged_at, m.note,"
                    + " m.moved_votes, m.double_votes, m.undone_by, m.undone_at, m.undone_note from ideas_merge m"
                    + " join ideas_idea s on s.id = m.source_id join ideas_idea t on t.id = m.target_id";

    private MergeTable() {}

    /** One idea united with another; {@code undoneAt} is {@code null} while it stands. */
    public record Row(
            long id,
            long source,
            String sourceTitle,
            long target,
            String targetTitle,
            long by,
            Instant at,
            String note,
            int moved,
            int both,
            long undoneBy,
            Instant undoneAt,
            String undoneNote) {}

    /** How many votes came to the target, and how many of the source's did not count beside one there. */
    public record Count(int moved, int both) {}

    /** Unites the votes of two ideas that are held. */
    public static Count unite(
            Connection connection, long merge, long source, long target, long by, Instant at, String note)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_merge (id, source_id, target_id, standing_source, merged_by, merged_at, note,"
                        + " moved_votes, double_votes) values (?, ?, ?, ?, ?, ?, ?, 0, 0)")) {
            insert.setLong(1, merge);
            insert.setLong(2, source);
            insert.setLong(3, target);
            insert.setLong(4, source);
            insert.setLong(5, by);
            insert.setTimestamp(6, Timestamp.from(at));
            insert.setString(7, note);
            insert.executeUpdate();
        }
        update(
                connection,
                "insert into ideas_merge_vote (merge_id, member_id, choice, receipt, cast_at, at_counter, moved)"
                        + " select cast(? as bigint), s.member_id, s.choice, s.receipt, s.cast_at, s.at_counter,"
                        + " case when t.member_id is null then 1 else 0 end from ideas_vote s left join ideas_vote t"
                        + " on t.idea_id = ? and t.member_id = s.member_id where s.idea_id = ?",
                merge,
                target,
                source);
        int moved = update(
                connection,
                "update ideas_vote set idea_id = ? where idea_id = ? and member_id in"
                        + " (select member_id from ideas_merge_vote where merge_id = ? and moved = 1)",
                target,
                source,
                merge);
        int both = update(connection, "delete from ideas_vote where idea_id = ?", source);
        update(connection, "update ideas_merge set moved_votes = ?, double_votes = ? where id = ?", moved, both, merge);
        return new Count(moved, both);
    }

    /**
     * Parts the votes of two ideas that are held: those that are as they came go back; of those that were cast otherwise on the
     * target meanwhile, or before, the source gets its own again.
     *
     * @param nobody gives a number for a vote whose owner left, of which the other vote keeps the one that both had
     */
    public static void part(Connection connection, Row merge, long by, Instant at, String note, LongSupplier nobody)
            throws SQLException {
        update(
                connection,
                "update ideas_vote set idea_id = ? where idea_id = ? and exists (select 1 from ideas_merge_vote m"
                        + " where m.merge_id = ? and m.moved = 1 and m.member_id = ideas_vote.member_id"
                        + " and m.choice = ideas_vote.choice and m.receipt = ideas_vote.receipt)",
                merge.source,
                merge.target,
                merge.id);
        String own = " from ideas_merge_vote m join ideas_vote t on t.idea_id = ? and t.member_id = m.member_id"
                + " where m.merge_id = ?";
        update(
                connection,
                "insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at, at_counter)"
                        + " select cast(? as bigint), m.member_id, m.choice, m.receipt, m.cast_at, m.at_counter"
                        + own + " and m.member_id > 0",
                merge.source,
                merge.target,
                merge.id);
        for (long left :
                longs(connection, "select m.member_id" + own + " and m.member_id < 0", merge.target, merge.id)) {
            update(
                    connection,
                    "insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at, at_counter)"
                            + " select cast(? as bigint), cast(? as bigint), choice, receipt, cast_at, at_counter"
                            + " from ideas_merge_vote where merge_id = ? and member_id = ?",
                    merge.source,
                    nobody.getAsLong(),
                    merge.id,
                    left);
        }
        update(connection, "delete from ideas_merge_vote where merge_id = ?", merge.id);
        try (PreparedStatement update = connection.prepareStatement("update ideas_merge set standing_source = null,"
                + " undone_by = ?, undone_at = ?, undone_note = ? where id = ?")) {
            update.setLong(1, by);
            update.setTimestamp(2, Timestamp.from(at));
            update.setString(3, note);
            update.setLong(4, merge.id);
            update.executeUpdate();
        }
    }

    /** What the idea is united with now. */
    public static Optional<Row> standing(Connection connection, long source) throws SQLException {
        return rows(connection, "select " + COLUMNS + " where m.standing_source = ?", source).stream()
                .findFirst();
    }

    /** All in which the idea took part, the first first. */
    public static List<Row> of(Connection connection, long idea) throws SQLException {
        List<Row> rows = new ArrayList<>(rows(connection, "select " + COLUMNS + " where m.source_id = ?", idea));
        rows.addAll(rows(connection, "select " + COLUMNS + " where m.target_id = ?", idea));
        rows.sort(java.util.Comparator.comparing(Row::at).thenComparing(Row::id));
        return rows;
    }

    /** Whatever stands that brought votes here, also by way of others. */
    public static List<Long> leadingTo(Connection connection, long idea) throws SQLException {
        List<Long> merges = new ArrayList<>();
        List<Long> next = List.of(idea);
        while (!next.isEmpty()) {
            List<Long> sources = new ArrayList<>();
            for (long target : next) {
                String from = " from ideas_merge where target_id = ? and standing_source is not null";
                merges.addAll(longs(connection, "select id" + from, target));
                sources.addAll(longs(connection, "select source_id" + from, target));
            }
            next = sources;
        }
        return merges;
    }

    /** A piece of those who voted on an idea, or whose votes on it went to another one. */
    public static List<Long> voters(Connection connection, long idea, long after, int most) throws SQLException {
        java.util.TreeSet<Long> voters = new java.util.TreeSet<>(longs(
                connection,
                "select member_id from ideas_vote --DERBY-PROPERTIES constraint=IDEAS_VOTE_PK\nwhere idea_id = ?"
                        + " and member_id > ? order by member_id fetch first " + most + " rows only",
                idea,
                after));
        for (long merge : longs(connection, "select id from ideas_merge where standing_source = ?", idea)) {
            voters.addAll(longs(
                    connection,
                    "select member_id from ideas_merge_vote where merge_id = ? and member_id > ? order by member_id"
                            + " fetch first " + most + " rows only",
                    merge,
                    after));
        }
        return voters.stream().limit(most).toList();
    }

    /** Has what was written down of a member's vote on an idea, and of those that led there, belong to nobody, as that vote does. */
    public static void forget(Connection connection, long member, long idea, long nobody) throws SQLException {
        for (long merge : leadingTo(connection, idea)) {
            for (Timestamp cast : casts(connection, merge, member)) {
                try (PreparedStatement update = connection.prepareStatement(
                        "update ideas_merge_vote set member_id = ?, receipt = '-', at_counter = 0, cast_at = ?"
                                + " where merge_id = ? and member_id = ?")) {
                    update.setLong(1, nobody);
                    update.setTimestamp(2, Timestamp.from(cast.toInstant().truncatedTo(ChronoUnit.DAYS)));
                    update.setLong(3, merge);
                    update.setLong(4, member);
                    update.executeUpdate();
                }
            }
        }
    }

    private static List<Timestamp> casts(Connection connection, long merge, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select cast_at from ideas_merge_vote where merge_id = ? and member_id = ?")) {
            select.setLong(1, merge);
            select.setLong(2, member);
            List<Timestamp> casts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    casts.add(row.getTimestamp(1));
                }
            }
            return casts;
        }
    }

    /** Forgets what was written down of votes that are no more. */
    public static void forget(Connection connection, long member) throws SQLException {
        update(connection, "delete from ideas_merge_vote where member_id = ?", member);
    }

    public static long remaining(Connection connection, long member) throws SQLException {
        return longs(connection, "select count(*) from ideas_merge_vote where member_id = ?", member)
                .get(0);
    }

    private static List<Row> rows(Connection connection, String sql, long parameter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, parameter);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Timestamp undone = row.getTimestamp(12);
                    rows.add(new Row(
                            row.getLong(1),
                            row.getLong(2),
                            row.getString(3),
                            row.getLong(4),
                            row.getString(5),
                            row.getLong(6),
                            row.getTimestamp(7).toInstant(),
                            row.getString(8),
                            row.getInt(9),
                            row.getInt(10),
                            row.getLong(11),
                            undone == null ? null : undone.toInstant(),
                            row.getString(13)));
                }
            }
            return rows;
        }
    }

    private static List<Long> longs(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setLong(i + 1, parameters[i]);
            }
            List<Long> longs = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    longs.add(row.getLong(1));
                }
            }
            return longs;
        }
    }

    private static int update(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setLong(i + 1, parameters[i]);
            }
            return update.executeUpdate();
        }
    }
}
