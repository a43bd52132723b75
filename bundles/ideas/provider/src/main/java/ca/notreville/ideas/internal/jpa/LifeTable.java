// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Step.Answer;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of ideas, by plain SQL. */
public final class LifeTable {

    /** Of an idea that has not moved yet. */
    private static final int NONE = -1;

    private LifeTable() {}

    /** An idea as it stands. */
    public record Standing(
            long idea,
            String title,
            IdeaState state,
            String neighbourhood,
            long author,
            String authorName,
            Instant createdAt,
            int seq) {

        /** Number of its last step, as people are told. */
        public int step() {
            return Math.max(0, seq);
        }
    }

    /** A step as it is kept; {@code by} is 0 for nobody. */
    public record Row(int seq, IdeaState from, IdeaState to, long by, Instant at, String note, Answer answer) {}

    /** Empty if there is no such idea. */
    public static Optional<Standing> find(Connection connection, long idea) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select title, state, neighbourhood_id, author_id,"
                + " author_name, created_at, life_seq from ideas_idea where id = ?")) {
            select.setLong(1, idea);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                int seq = row.getInt(7);
                boolean moved = !row.wasNull();
                return Optional.of(new Standing(
                        idea,
                        row.getString(1),
                        IdeaState.of(row.getString(2)).orElseThrow(),
                        row.getString(3),
                        row.getLong(4),
                        row.getString(5),
                        row.getTimestamp(6).toInstant(),
                        moved ? seq : NONE));
            }
        }
    }

    /**
     * As {@link #find}; and until the transaction ends nobody else changes the idea or votes on it. Whoever was about to vote is
     * waited for.
     */
    public static Optional<Standing> hold(Connection connection, long idea) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("update ideas_idea set version = version + 1 where id = ?")) {
            lock.setLong(1, idea);
            if (lock.executeUpdate() == 0) {
                return Optional.empty();
            }
        }
        return find(connection, idea);
    }

    /** Writes the next step of an idea that is held, and brings the idea there. */
    public static Row add(
            Connection connection, Standing now, IdeaState to, long by, Instant at, String note, Answer answer)
            throws SQLException {
        if (now.seq == NONE) {
            insert(connection, now.idea, new Row(0, null, now.state, now.author, now.createdAt, "", null));
            arrive(connection, now.idea, now.state, 0);
        }
        Row row = new Row(now.step() + 1, now.state, to, by, at, note, answer);
        insert(connection, now.idea, row);
        arrive(connection, now.idea, to, row.seq);
        return row;
    }

    private static void insert(Connection connection, long idea, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_step (idea_id, seq, prev_seq, from_state, to_state, moved_by, moved_at, note,"
                        + " cost_cents, planned_on) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, idea);
            insert.setInt(2, row.seq);
            insert.setObject(3, row.seq == 0 ? null : row.seq - 1, Types.INTEGER);
            insert.setString(4, row.from == null ? null : row.from.word());
            insert.setString(5, row.to.word());
            insert.setObject(6, row.by == 0 ? null : row.by, Types.BIGINT);
            insert.setTimestamp(7, Timestamp.from(row.at));
            insert.setString(8, row.note);
            insert.setObject(9, row.answer == null ? null : row.answer.cost(), Types.BIGINT);
            LocalDate day = row.answer == null ? null : row.answer.plannedOn();
            insert.setDate(10, day == null ? null : Date.valueOf(day));
            insert.executeUpdate();
        }
    }

    private static void arrive(Connection connection, long idea, IdeaState state, int seq) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update ideas_idea set state = ?, life_state = ?, life_seq = ? where id = ?")) {
            update.setString(1, state.word());
            update.setString(2, state.word());
            update.setInt(3, seq);
            update.setLong(4, idea);
            update.executeUpdate();
        }
    }

    /** All steps, the first first; of an idea that has not moved yet there is only how it began, which is not kept. */
    public static List<Row> steps(Connection connection, Standing now) throws SQLException {
        if (now.seq == NONE) {
            return List.of(new Row(0, null, now.state, now.author, now.createdAt, "", null));
        }
        try (PreparedStatement select =
                connection.prepareStatement("select seq, from_state, to_state, moved_by, moved_at, note, cost_cents,"
                        + " planned_on from ideas_step where idea_id = ? order by seq")) {
            select.setLong(1, now.idea);
            List<Row> steps = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(row(row));
                }
            }
            return steps;
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        int seq = row.getInt(1);
        String from = row.getString(2);
        IdeaState to = IdeaState.of(row.getString(3)).orElseThrow();
        long cost = row.getLong(7);
        Long told = row.wasNull() ? null : cost;
        Date day = row.getDate(8);
        return new Row(
                seq,
                from == null ? null : IdeaState.of(from).orElseThrow(),
                to,
                row.getLong(4),
                row.getTimestamp(5).toInstant(),
                row.getString(6),
                seq > 0 && to.answered() ? new Answer(told, day == null ? null : day.toLocalDate()) : null);
    }

    /** When each of these ideas took its last step; those that took none are left out. */
    public static Map<Long, Instant> lastMoves(Connection connection, Collection<Long> ideas) throws SQLException {
        if (ideas.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select i.id, s.moved_at from ideas_idea i join ideas_step s on s.idea_id = i.id and s.seq = i.life_seq"
                        + " where i.id in (" + "?, ".repeat(ideas.size() - 1) + "?)")) {
            int index = 1;
            for (Long idea : ideas) {
                select.setLong(index++, idea);
            }
            Map<Long, Instant> moves = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    moves.put(row.getLong(1), row.getTimestamp(2).toInstant());
                }
            }
            return moves;
        }
    }
}
