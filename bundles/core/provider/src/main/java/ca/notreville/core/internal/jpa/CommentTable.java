// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentVersion;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.initiative.Initiative;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Comments, each with what its thread is sorted by, so that a page is a range of one index. The index is named to Derby, as in
 * the lists of ideas: it may otherwise keep a plan from when the table was small.
 */
public final class CommentTable {

    private static final String COLUMNS = "id, kind, initiative_id, thread_id, parent_id, author_id, author_name, body,"
            + " reference, created_at, version, state, voice, thread_stance, edited_at, answered, depth, path,"
            + " thread_at, thread_score, at_counter";
    private static final int SEGMENT = 20;
    private static final int TIME_DIGITS = 9;
    private static final int ID_DIGITS = 11;

    /** The path of what begins a thread; sorts before every other, in any collation. */
    private static final String ROOT = "-";

    private CommentTable() {}

    /**
     * One comment. {@code parent}, {@code reference}, {@code stance} and {@code editedAt} may be {@code null}.
     *
     * @param author 0 if the author has no account here
     * @param path place in the tree of the thread: for each level the time and the id, in base 36
     */
    public record Row(
            long id,
            Initiative initiative,
            long thread,
            Long parent,
            long author,
            String authorName,
            String body,
            String reference,
            Instant createdAt,
            int version,
            Comment.State state,
            Comment.Voice voice,
            Stance stance,
            Instant editedAt,
            boolean answered,
            int depth,
            String path,
            long threadAt,
            long threadScore,
            boolean atCounter) {

        /** One that begins a thread, or answers another one; what is deeper than the deepest level stands beside it. */
        public static Row of(
                long id,
                Initiative initiative,
                Row parent,
                long author,
                String authorName,
                String body,
                String reference,
                Instant createdAt,
                Comment.State state,
                Comment.Voice voice,
                Stance stance,
                boolean atCounter) {
            if (parent == null) {
                return new Row(
                        id,
                        initiative,
                        id,
                        null,
                        author,
                        authorName,
                        body,
                        reference,
                        createdAt,
                        1,
                        state,
                        voice,
                        stance,
                        null,
                        false,
                        0,
                        ROOT,
                        createdAt.toEpochMilli(),
                        0,
                        atCounter);
            }
            String above = parent.depth == 0
                    ? ""
                    : parent.depth < Comment.MAX_DEPTH
                            ? parent.path
                            : parent.path.substring(0, parent.path.length() - SEGMENT);
            return new Row(
                    id,
                    initiative,
                    parent.thread,
                    parent.id,
                    author,
                    authorName,
                    body,
                    reference,
                    createdAt,
                    1,
                    state,
                    voice,
                    parent.stance,
                    null,
                    false,
                    Math.min(parent.depth + 1, Comment.MAX_DEPTH),
                    above + segment(createdAt, id),
                    parent.threadAt,
                    parent.threadScore,
                    atCounter);
        }

        public boolean on(Initiative other) {
            return initiative.equals(other);
        }

        /** Whether the member sees no more than its place. */
        public boolean goneFor(long member) {
            return state.gone() || state == Comment.State.HELD && (author == 0 || author != member);
        }

        /** As the caller sees it. */
        public Comment seenBy(long member) {
            boolean gone = goneFor(member);
            return new Comment(
                    id,
                    initiative,
                    thread,
                    parent,
                    depth,
                    gone ? 0 : author,
                    gone ? "" : authorName,
                    gone ? "" : body,
                    parent == null ? stance : null,
                    voice,
                    state,
                    createdAt,
                    gone ? null : editedAt,
                    0,
                    author != 0 && author == member,
                    false,
                    !gone && atCounter);
        }
    }

    /** Threads in which order, and which of them; {@code stance} may be {@code null}. */
    public record Order(boolean best, Stance stance) {
        private String key() {
            return best ? "thread_score" : "thread_at";
        }

        private String index() {
            return "CORE_COMMENT_" + (best ? "BEST" : "NEW") + (stance == null ? "" : "_STANCE");
        }

        public long key(Row row) {
            return best ? row.threadScore : row.threadAt;
        }
    }

    private static String segment(Instant at, long id) {
        return digits(Math.max(0, at.toEpochMilli()), TIME_DIGITS) + digits(id, ID_DIGITS);
    }

    private static String digits(long number, int width) {
        String digits = Long.toString(number, Character.MAX_RADIX);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    public static void insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_comment (" + COLUMNS + ") values (" + "?, ".repeat(20) + "?)")) {
            insert.setLong(1, row.id);
            insert.setString(2, row.initiative.kind());
            insert.setLong(3, row.initiative.id());
            insert.setLong(4, row.thread);
            setLong(insert, 5, row.parent);
            setLong(insert, 6, row.author == 0 ? null : row.author);
            insert.setString(7, row.authorName);
            insert.setString(8, row.body);
            insert.setString(9, row.reference);
            insert.setTimestamp(10, Timestamp.from(row.createdAt));
            insert.setInt(11, row.version);
            insert.setString(12, row.state.word());
            insert.setString(13, row.voice.word());
            insert.setString(14, row.stance == null ? null : row.stance.word());
            insert.setTimestamp(15, row.editedAt == null ? null : Timestamp.from(row.editedAt));
            insert.setInt(16, row.answered ? 1 : 0);
            insert.setInt(17, row.depth);
            insert.setString(18, row.path);
            insert.setLong(19, row.threadAt);
            insert.setLong(20, row.threadScore);
            insert.setInt(21, row.atCounter ? 1 : 0);
            insert.executeUpdate();
        }
        if (row.parent != null) {
            // only the first answer writes here, so that those who answer do not wait for each other
            update(connection, "update core_comment set answered = 1 where id = ? and answered = 0", row.parent);
        }
    }

    private static void setLong(PreparedStatement statement, int index, Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    public static Optional<Row> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from core_comment where id = ?")) {
            select.setLong(1, id);
            return rows(select).stream().findFirst();
        }
    }

    /** By where they came from. */
    public static List<Row> byReference(Connection connection, List<String> references) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from core_comment where reference in (" + "?, ".repeat(references.size() - 1) + "?)")) {
            for (int i = 0; i < references.size(); i++) {
                select.setString(i + 1, references.get(i));
            }
            return rows(select);
        }
    }

    public static List<Row> byId(Connection connection, List<Long> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from core_comment where id in (" + "?, ".repeat(ids.size() - 1) + "?)")) {
            for (int i = 0; i < ids.size(); i++) {
                select.setLong(i + 1, ids.get(i));
            }
            return rows(select);
        }
    }

    /** From the start. */
    public static List<Row> page(Connection connection, Initiative initiative, Order order, long member, int wanted)
            throws SQLException {
        return range(connection, initiative, order, "", List.of(), member, wanted);
    }

    /**
     * What comes after a comment: the rest of its thread, then threads with the same key, then those with a lower one.
     *
     * @param key that its thread was sorted by when it was listed
     */
    public static List<Row> pageAfter(
            Connection connection, Initiative initiative, Order order, long key, Row last, long member, int wanted)
            throws SQLException {
        List<Row> read = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from core_comment --DERBY-PROPERTIES index=CORE_COMMENT_TREE\nwhere thread_id = ? and path > ? and "
                + visible() + " order by path fetch first " + wanted + " rows only")) {
            select.setLong(1, last.thread);
            select.setString(2, last.path);
            select.setLong(3, member);
            read.addAll(rows(select));
        }
        if (read.size() < wanted) {
            String same = " and " + order.key() + " = ? and thread_id < ?";
            read.addAll(range(
                    connection, initiative, order, same, List.of(key, last.thread), member, wanted - read.size()));
        }
        if (read.size() < wanted) {
            // a thread that sank since it was listed is not listed again
            String lower = " and " + order.key() + " < ? and thread_id <> ?";
            read.addAll(range(
                    connection, initiative, order, lower, List.of(key, last.thread), member, wanted - read.size()));
        }
        return read;
    }

    private static List<Row> range(
            Connection connection,
            Initiative initiative,
            Order order,
            String condition,
            List<Long> parameters,
            long member,
            int wanted)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS
                + " from core_comment --DERBY-PROPERTIES index=" + order.index()
                + "\nwhere kind = ? and initiative_id = ?" + (order.stance == null ? "" : " and thread_stance = ?")
                + condition + " and " + visible() + " order by " + order.key()
                + " desc, thread_id desc, path fetch first " + wanted + " rows only")) {
            int index = 1;
            select.setString(index++, initiative.kind());
            select.setLong(index++, initiative.id());
            if (order.stance != null) {
                select.setString(index++, order.stance.word());
            }
            for (Long parameter : parameters) {
                select.setLong(index++, parameter);
            }
            select.setLong(index, member);
            return rows(select);
        }
    }

    /** What is gone keeps its place where others answered it; what is held is seen by its author. */
    private static String visible() {
        return "(state = 'shown' or answered = 1 or (state = 'held' and author_id = ?))";
    }

    /** Comments that are shown, by initiative: all, and threads by stance. */
    public static Map<Long, int[]> counts(Connection connection, String kind, Collection<Long> ids)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select initiative_id, count(*), sum(" + threads(Stance.FOR) + "), sum("
                        + threads(Stance.NEUTRAL) + "), sum(" + threads(Stance.AGAINST)
                        + ") from core_comment --DERBY-PROPERTIES index=CORE_COMMENT_COUNT\n"
                        + "where kind = ? and state = 'shown' and initiative_id in ("
                        + "?, ".repeat(ids.size() - 1) + "?) group by initiative_id")) {
            int index = 1;
            select.setString(index++, kind);
            for (Long id : ids) {
                select.setLong(index++, id);
            }
            Map<Long, int[]> counts = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getLong(1), new int[] {row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5)});
                }
            }
            return counts;
        }
    }

    private static String threads(Stance stance) {
        return "case when depth = 0 and thread_stance = '" + stance.word() + "' then 1 else 0 end";
    }

    /**
     * Changes text and state, and keeps what it said before.
     *
     * @return whether the row was still of that version
     */
    public static boolean change(Connection connection, Row row, String body, Comment.State state, Instant at)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update core_comment set body = ?, state = ?,"
                + " edited_at = ?, version = version + 1 where id = ? and version = ?")) {
            update.setString(1, body);
            update.setString(2, state.word());
            update.setTimestamp(3, Timestamp.from(at));
            update.setLong(4, row.id);
            update.setInt(5, row.version);
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_comment_version (comment_id, version, body, until_at) values (?, ?, ?, ?)")) {
            insert.setLong(1, row.id);
            insert.setInt(2, row.version);
            insert.setString(3, row.body);
            insert.setTimestamp(4, Timestamp.from(at));
            insert.executeUpdate();
        }
        return true;
    }

    /** Shows or hides without touching the text. What was taken back by its author stays so. */
    public static void setState(Connection connection, long id, Comment.State state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_comment set state = ?, version = version + 1 where id = ? and state not in ('deleted', ?)")) {
            update.setString(1, state.word());
            update.setLong(2, id);
            update.setString(3, state.word());
            update.executeUpdate();
        }
    }

    public static List<CommentVersion> versions(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select body, until_at from core_comment_version where comment_id = ? order by version desc")) {
            select.setLong(1, id);
            List<CommentVersion> versions = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions.add(new CommentVersion(
                            row.getString(1), row.getTimestamp(2).toInstant()));
                }
            }
            return versions;
        }
    }

    public static void mark(Connection connection, Row row, long member, Instant at) throws SQLException {
        try (PreparedStatement known =
                connection.prepareStatement("select 1 from core_comment_mark where comment_id = ? and member_id = ?")) {
            known.setLong(1, row.id);
            known.setLong(2, member);
            try (ResultSet found = known.executeQuery()) {
                if (found.next()) {
                    return;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into core_comment_mark"
                + " (comment_id, member_id, kind, initiative_id, marked_at) values (?, ?, ?, ?, ?)")) {
            insert.setLong(1, row.id);
            insert.setLong(2, member);
            insert.setString(3, row.initiative.kind());
            insert.setLong(4, row.initiative.id());
            insert.setTimestamp(5, Timestamp.from(at));
            insert.executeUpdate();
        }
    }

    public static void unmark(Connection connection, long id, long member) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_comment_mark where comment_id = ? and member_id = ?")) {
            delete.setLong(1, id);
            delete.setLong(2, member);
            delete.executeUpdate();
        }
    }

    /** How many found each of these useful. */
    public static Map<Long, Integer> marks(Connection connection, Collection<Long> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select comment_id, count(*) from core_comment_mark"
                + " --DERBY-PROPERTIES constraint=CORE_COMMENT_MARK_PK\nwhere comment_id in ("
                + "?, ".repeat(ids.size() - 1) + "?) group by comment_id")) {
            int index = 1;
            for (Long id : ids) {
                select.setLong(index++, id);
            }
            Map<Long, Integer> marks = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    marks.put(row.getLong(1), row.getInt(2));
                }
            }
            return marks;
        }
    }

    /** Which of these the member found useful. */
    public static Set<Long> markedBy(Connection connection, long member, Collection<Long> ids) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select comment_id from core_comment_mark where member_id = ? and comment_id in ("
                        + "?, ".repeat(ids.size() - 1) + "?)")) {
            int index = 1;
            select.setLong(index++, member);
            for (Long id : ids) {
                select.setLong(index++, id);
            }
            Set<Long> marked = new HashSet<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    marked.add(row.getLong(1));
                }
            }
            return marked;
        }
    }

    /** A mark on what begins a thread. */
    public record Mark(long thread, long member, Instant at, Instant threadAt, long score) {}

    /** Every mark of a discussion on what begins a thread. */
    public static List<Mark> marksOf(Connection connection, Initiative initiative) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select m.comment_id, m.member_id, m.marked_at, c.thread_at, c.thread_score from core_comment_mark m"
                        + " join core_comment c on c.id = m.comment_id"
                        + " where m.kind = ? and m.initiative_id = ? and c.depth = 0")) {
            select.setString(1, initiative.kind());
            select.setLong(2, initiative.id());
            List<Mark> marks = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    marks.add(new Mark(
                            row.getLong(1),
                            row.getLong(2),
                            row.getTimestamp(3).toInstant(),
                            Instant.ofEpochMilli(row.getLong(4)),
                            row.getLong(5)));
                }
            }
            return marks;
        }
    }

    /** Threads of a discussion that have a score. */
    public static Map<Long, Long> scored(Connection connection, Initiative initiative) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select distinct thread_id, thread_score from core_comment"
                        + " where kind = ? and initiative_id = ? and thread_score > 0")) {
            select.setString(1, initiative.kind());
            select.setLong(2, initiative.id());
            Map<Long, Long> scored = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    scored.put(row.getLong(1), row.getLong(2));
                }
            }
            return scored;
        }
    }

    public static void setScore(Connection connection, long thread, long score) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_comment set thread_score = ? where thread_id = ? and thread_score <> ?")) {
            update.setLong(1, score);
            update.setLong(2, thread);
            update.setLong(3, score);
            update.executeUpdate();
        }
    }

    private static void update(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    private static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long parent = row.getLong(5);
                boolean begins = row.wasNull();
                Timestamp edited = row.getTimestamp(15);
                String stance = row.getString(14);
                rows.add(new Row(
                        row.getLong(1),
                        new Initiative(row.getString(2), row.getLong(3)),
                        row.getLong(4),
                        begins ? null : parent,
                        row.getLong(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9),
                        row.getTimestamp(10).toInstant(),
                        row.getInt(11),
                        Comment.State.valueOf(row.getString(12).toUpperCase(Locale.ROOT)),
                        Comment.Voice.valueOf(row.getString(13).toUpperCase(Locale.ROOT)),
                        stance == null ? null : Stance.valueOf(stance.toUpperCase(Locale.ROOT)),
                        edited == null ? null : edited.toInstant(),
                        row.getInt(16) == 1,
                        row.getInt(17),
                        row.getString(18),
                        row.getLong(19),
                        row.getLong(20),
                        row.getInt(21) == 1));
            }
        }
        return rows;
    }
}
