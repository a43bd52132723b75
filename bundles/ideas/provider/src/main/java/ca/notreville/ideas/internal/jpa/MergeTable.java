// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.Register;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was united with what, by plain SQL. A vote that moves stays the same row, so that whoever cast it keeps the receipt; what
 * is needed to undo it is written down beside it first.
 */
public final class MergeTable {

    private static final String COLUMNS = "m.id, m.source_id, m.target_id, m.merged_by, m.merged_at, m.note,"
            + " m.moved_votes, m.double_votes, m.undone_by, m.undone_at, m.undone_note from ideas_merge m";

    private static final String MOVE = "update ideas_vote set idea_id = ? where idea_id = ? and member_id = ?";

    /** Statements by key for so many votes at a time: one for all of them may be planned so that it reads both ideas crosswise. */
    private static final int AT_ONCE = 1_000;

    private MergeTable() {}

    /** One idea united with another; {@code undoneAt} is {@code null} while it stands, and titles are "" until {@link #titled}. */
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
            Connection connection,
            long merge,
            long source,
            long target,
            long by,
            Instant at,
            String note,
            LongSupplier ids)
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
        int moved = 0;
        int both = 0;
        try (PreparedStatement keep = connection.prepareStatement(
                        "insert into ideas_merge_vote"
                                + " (merge_id, member_id, choice, receipt, cast_at, at_counter, moved) values (?, ?, ?, ?, ?, ?, ?)");
                PreparedStatement move = connection.prepareStatement(MOVE);
                PreparedStatement drop =
                        connection.prepareStatement("delete from ideas_vote where idea_id = ? and member_id = ?")) {
            List<Kept> some;
            long last = Long.MIN_VALUE;
            do {
                some = votes(connection, source, last, Long.MAX_VALUE);
                if (!some.isEmpty()) {
                    Map<Long, Kept> there = range(connection, target, some);
                    last = some.get(some.size() - 1).member;
                    for (Kept vote : some) {
                        boolean isDouble = there.containsKey(vote.member);
                        keep(keep, merge, vote, !isDouble);
                        if (isDouble) {
                            drop.setLong(1, source);
                            drop.setLong(2, vote.member);
                            drop.addBatch();
                            Register.drop(connection, ids, vote.receipt);
                            both++;
                        } else {
                            move(move, source, target, vote.member);
                            Register.move(connection, ids, vote.receipt, subject(target), vote.choice);
                            moved++;
                        }
                    }
                    keep.executeBatch();
                    move.executeBatch();
                    drop.executeBatch();
                }
            } while (some.size() == AT_ONCE);
        }
        update(connection, "update ideas_merge set moved_votes = ?, double_votes = ? where id = ?", moved, both, merge);
        return new Count(moved, both);
    }

    private static void keep(PreparedStatement keep, long merge, Kept vote, boolean moved) throws SQLException {
        keep.setLong(1, merge);
        keep.setLong(2, vote.member);
        keep.setString(3, vote.choice);
        keep.setString(4, vote.receipt);
        keep.setTimestamp(5, vote.castAt);
        keep.setInt(6, vote.atCounter);
        keep.setInt(7, moved ? 1 : 0);
        keep.addBatch();
    }

    private static void move(PreparedStatement move, long from, long to, long member) throws SQLException {
        move.setLong(1, to);
        move.setLong(2, from);
        move.setLong(3, member);
        move.addBatch();
    }

    /**
     * Parts the votes of two ideas that are held: those that are as they came go back; of those that were cast otherwise on the
     * target meanwhile, or before, the source gets its own again.
     *
     * @param ids also gives a number, below zero then, for a vote whose owner left, of which the other vote keeps the one that both had
     */
    public static void part(Connection connection, Row merge, long by, Instant at, String note, LongSupplier ids)
            throws SQLException {
        try (PreparedStatement back = connection.prepareStatement(MOVE);
                PreparedStatement insert =
                        connection.prepareStatement("insert into ideas_vote (idea_id, member_id, choice, receipt,"
                                + " cast_at, at_counter) values (?, ?, ?, ?, ?, ?)")) {
            List<Kept> some;
            long last = Long.MIN_VALUE;
            do {
                some = kept(connection, merge.id, last);
                if (!some.isEmpty()) {
                    Map<Long, Kept> there = range(connection, merge.target, some);
                    last = some.get(some.size() - 1).member;
                    for (Kept vote : some) {
                        Kept now = there.get(vote.member);
                        if (now != null
                                && vote.moved
                                && now.choice.equals(vote.choice)
                                && now.receipt.equals(vote.receipt)) {
                            move(back, merge.target, merge.source, vote.member);
                            Register.move(connection, ids, vote.receipt, subject(merge.source), vote.choice);
                        } else if (now != null) {
                            insert.setLong(1, merge.source);
                            insert.setLong(2, vote.member < 0 ? -ids.getAsLong() : vote.member);
                            insert.setString(3, vote.choice);
                            insert.setString(
                                    4,
                                    Register.again(
                                            connection,
                                            ids,
                                            vote.receipt,
                                            subject(merge.source),
                                            vote.choice));
                            insert.setTimestamp(5, vote.castAt);
                            insert.setInt(6, vote.atCounter);
                            insert.addBatch();
                        }
                    }
                    back.executeBatch();
                    insert.executeBatch();
                }
            } while (some.size() == AT_ONCE);
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

    /** What the public list calls an idea. */
    private static String subject(long idea) {
        return IdeaService.KIND + ':' + idea;
    }

    /** A vote, or what was written down of one. */
    private record Kept(long member, String choice, String receipt, Timestamp castAt, int atCounter, boolean moved) {}

    /** The votes on an idea of the same people and of those between them. */
    private static Map<Long, Kept> range(Connection connection, long idea, List<Kept> people) throws SQLException {
        Map<Long, Kept> votes = new HashMap<>();
        long last = people.get(0).member - 1;
        long end = people.get(people.size() - 1).member;
        List<Kept> some;
        do {
            some = votes(connection, idea, last, end);
            for (Kept vote : some) {
                votes.put(vote.member, vote);
                last = vote.member;
            }
        } while (some.size() == AT_ONCE);
        return votes;
    }

    private static List<Kept> votes(Connection connection, long idea, long after, long end) throws SQLException {
        return kept(
                connection,
                "select member_id, choice, receipt, cast_at, at_counter, 0 from ideas_vote"
                        + " --DERBY-PROPERTIES constraint=IDEAS_VOTE_PK\nwhere idea_id = ? and member_id > ?"
                        + " and member_id <= ? order by member_id fetch first " + AT_ONCE + " rows only",
                idea,
                after,
                end);
    }

    private static List<Kept> kept(Connection connection, long merge, long after) throws SQLException {
        return kept(
                connection,
                "select member_id, choice, receipt, cast_at, at_counter, moved from ideas_merge_vote"
                        + " --DERBY-PROPERTIES constraint=IDEAS_MERGE_VOTE_PK\nwhere merge_id = ? and member_id > ?"
                        + " order by member_id fetch first " + AT_ONCE + " rows only",
                merge,
                after);
    }

    private static List<Kept> kept(Connection connection, String sql, long... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setLong(i + 1, parameters[i]);
            }
            List<Kept> kept = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    kept.add(new Kept(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getTimestamp(4),
                            row.getInt(5),
                            row.getInt(6) == 1));
                }
            }
            return kept;
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
                        "update ideas_merge_vote set member_id = ?, receipt = substr(receipt, 1, "
                                + Receipt.WITHOUT_SECRET + "), at_counter = 0, cast_at = ?"
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
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, parameter);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Timestamp undone = row.getTimestamp(10);
                    rows.add(new Row(
                            row.getLong(1),
                            row.getLong(2),
                            "",
                            row.getLong(3),
                            "",
                            row.getLong(4),
                            row.getTimestamp(5).toInstant(),
                            row.getString(6),
                            row.getInt(7),
                            row.getInt(8),
                            row.getLong(9),
                            undone == null ? null : undone.toInstant(),
                            row.getString(11)));
                }
            }
        }
        return rows;
    }

    /**
     * With the titles of both ideas, each looked up by itself: a reader who holds one idea and waits for the other would stand in
     * the way of somebody who unites them.
     */
    public static List<Row> titled(Connection connection, List<Row> rows) throws SQLException {
        List<Row> titled = new ArrayList<>();
        for (Row row : rows) {
            titled.add(new Row(
                    row.id,
                    row.source,
                    title(connection, row.source),
                    row.target,
                    title(connection, row.target),
                    row.by,
                    row.at,
                    row.note,
                    row.moved,
                    row.both,
                    row.undoneBy,
                    row.undoneAt,
                    row.undoneNote));
        }
        return titled;
    }

    private static String title(Connection connection, long idea) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select title from ideas_idea where id = ?")) {
            select.setLong(1, idea);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "";
            }
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
