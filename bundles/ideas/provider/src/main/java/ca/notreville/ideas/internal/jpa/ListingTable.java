// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.IdeaQuery.Sort;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The narrow table that lists are read from.
 *
 * <p>A page is one or two ranges of one descending index: what has the same key as the last item and a lower id, then what has a
 * lower key. The index is named to Derby, which may otherwise go on with a plan that it made when the table was small and
 * which reads all of it; other databases read the hint as a comment and choose the same index themselves.
 */
public final class ListingTable {

    /** Support that is two weeks older must be ten times as much. */
    private static final double TENFOLD_DAYS = 14;

    private static final double TRENDING_SCALE = 1e6;
    private static final Instant TRENDING_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private ListingTable() {}

    /** One entry of a list: the id of an idea and the key it is sorted by. */
    public record Entry(long idea, long key) {}

    /** What entries must match; {@code null} matches all. */
    public record Filter(String neighbourhood, String category, String state) {}

    public static void insert(Connection connection, Collection<IdeaEntity> ideas) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_listing (idea_id, neighbourhood_id, category_id, state, recent_key, trending_key)"
                        + " values (?, ?, ?, ?, ?, ?)")) {
            for (IdeaEntity idea : ideas) {
                insert.setLong(1, idea.id());
                setString(insert, 2, idea.neighbourhood());
                setString(insert, 3, idea.category());
                insert.setString(4, idea.state().word());
                insert.setLong(5, idea.createdAt().toEpochMilli());
                insert.setLong(6, trending(Tally.NONE, idea.createdAt()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    public static void delete(Connection connection, long idea) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from ideas_listing where idea_id = ?")) {
            delete.setLong(1, idea);
            delete.executeUpdate();
        }
    }

    /** Lists an idea again, if its state is one that lists show; its votes are folded in later. */
    public static void relist(Connection connection, long idea) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select neighbourhood_id, category_id, state, created_at from ideas_idea where id = ?")) {
            select.setLong(1, idea);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && IdeaState.of(row.getString(3)).orElseThrow().listed()) {
                    IdeaEntity listed = new IdeaEntity(
                            idea,
                            IdeaState.of(row.getString(3)).orElseThrow(),
                            0,
                            "",
                            row.getTimestamp(4).toInstant());
                    listed.place(row.getString(2), row.getString(1));
                    insert(connection, List.of(listed));
                }
            }
        }
    }

    /** Brings lists in line with an idea that went from one state to another. */
    public static void move(Connection connection, long idea, IdeaState from, IdeaState to) throws SQLException {
        if (!to.listed()) {
            delete(connection, idea);
        } else if (!from.listed()) {
            relist(connection, idea);
        } else {
            try (PreparedStatement update =
                    connection.prepareStatement("update ideas_listing set state = ? where idea_id = ?")) {
                update.setString(1, to.word());
                update.setLong(2, idea);
                update.executeUpdate();
            }
        }
    }

    /**
     * Ideas in one state, those first that were published first; sorted when they are read, so for a state in which few are.
     *
     * @param neighbourhood {@code null} for all
     * @param after key and id of the last entry that the reader has, or empty
     */
    public static List<Entry> waiting(
            Connection connection, IdeaState state, String neighbourhood, List<Long> after, int limit)
            throws SQLException {
        String sql =
                "select idea_id, recent_key from ideas_listing --DERBY-PROPERTIES index=IDEAS_LISTING_RECENT_STATE\n"
                        + " where state = ?" + (neighbourhood == null ? "" : " and neighbourhood_id = ?")
                        + (after.isEmpty() ? "" : " and (recent_key > ? or (recent_key = ? and idea_id > ?))")
                        + " order by recent_key, idea_id fetch first " + limit + " rows only";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            select.setString(index++, state.word());
            if (neighbourhood != null) {
                select.setString(index++, neighbourhood);
            }
            if (!after.isEmpty()) {
                select.setLong(index++, after.get(0));
                select.setLong(index++, after.get(0));
                select.setLong(index, after.get(1));
            }
            List<Entry> entries = new ArrayList<>(limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(rows.getLong(1), rows.getLong(2)));
                }
            }
            return entries;
        }
    }

    /** Brings what lists filter by in line with the idea. */
    public static void update(Connection connection, Collection<IdeaEntity> ideas) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update ideas_listing set neighbourhood_id = ?, category_id = ?, state = ? where idea_id = ?")) {
            for (IdeaEntity idea : ideas) {
                setString(update, 1, idea.neighbourhood());
                setString(update, 2, idea.category());
                update.setString(3, idea.state().word());
                update.setLong(4, idea.id());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private static void setString(PreparedStatement statement, int index, String value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.VARCHAR);
        } else {
            statement.setString(index, value);
        }
    }

    /** Folds counted votes into the keys that lists are sorted by. */
    public static void fold(Connection connection, Map<Long, Tally> tallies) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select recent_key from ideas_listing where idea_id = ?");
                PreparedStatement update = connection.prepareStatement(
                        "update ideas_listing set votes_for = ?, votes_against = ?, trending_key = ? where idea_id = ?")) {
            for (Map.Entry<Long, Tally> counted : tallies.entrySet()) {
                select.setLong(1, counted.getKey());
                try (ResultSet row = select.executeQuery()) {
                    if (row.next()) {
                        Tally tally = counted.getValue();
                        update.setLong(1, tally.inFavour());
                        update.setLong(2, tally.against());
                        update.setLong(3, trending(tally, Instant.ofEpochMilli(row.getLong(1))));
                        update.setLong(4, counted.getKey());
                        update.addBatch();
                    }
                }
            }
            update.executeBatch();
        }
    }

    /** See {@link Sort#TRENDING}. */
    static long trending(Tally tally, Instant publishedAt) {
        double support = Math.log10(1 + Math.max(0, tally.inFavour() - tally.against()));
        double days = Duration.between(TRENDING_EPOCH, publishedAt).toMillis() / 86_400_000.0;
        return Math.round(TRENDING_SCALE * (support + days / TENFOLD_DAYS));
    }

    /**
     * A piece of a list.
     *
     * @param after key and id of the last entry that the reader has, or empty
     */
    public static List<Entry> page(Connection connection, Sort sort, Filter filter, List<Long> after, int limit)
            throws SQLException {
        if (after.isEmpty()) {
            return range(connection, sort, filter, "", List.of(), limit);
        }
        String key = column(sort);
        List<Entry> entries =
                new ArrayList<>(range(connection, sort, filter, " and " + key + " = ? and idea_id < ?", after, limit));
        if (entries.size() < limit) {
            entries.addAll(range(
                    connection, sort, filter, " and " + key + " < ?", after.subList(0, 1), limit - entries.size()));
        }
        return entries;
    }

    private static List<Entry> range(
            Connection connection, Sort sort, Filter filter, String condition, List<Long> parameters, int limit)
            throws SQLException {
        String key = column(sort);
        StringBuilder sql = new StringBuilder(300)
                .append("select idea_id, ")
                .append(key)
                .append(" from ideas_listing --DERBY-PROPERTIES index=")
                .append(index(sort, filter))
                .append("\n where 1 = 1");
        List<String> texts = new ArrayList<>();
        for (var part : new String[][] {
            {"neighbourhood_id", filter.neighbourhood}, {"category_id", filter.category}, {"state", filter.state}
        }) {
            if (part[1] != null) {
                sql.append(" and ").append(part[0]).append(" = ?");
                texts.add(part[1]);
            }
        }
        sql.append(condition)
                .append(" order by ")
                .append(key)
                .append(" desc, idea_id desc fetch first ")
                .append(limit)
                .append(" rows only");
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            int index = 1;
            for (String text : texts) {
                select.setString(index++, text);
            }
            for (long parameter : parameters) {
                select.setLong(index++, parameter);
            }
            List<Entry> entries = new ArrayList<>(limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(rows.getLong(1), rows.getLong(2)));
                }
            }
            return entries;
        }
    }

    /** The keys of some ideas, in no order. */
    public static List<Entry> keys(Connection connection, Sort sort, Collection<Long> ideas) throws SQLException {
        String sql = "select idea_id, " + column(sort) + " from ideas_listing where idea_id in ("
                + "?, ".repeat(ideas.size() - 1) + "?)";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            int index = 1;
            for (Long idea : ideas) {
                select.setLong(index++, idea);
            }
            List<Entry> entries = new ArrayList<>(ideas.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(new Entry(rows.getLong(1), rows.getLong(2)));
                }
            }
            return entries;
        }
    }

    /** Votes for and against as they were folded in last; neutral ones are not kept here. */
    public static Map<Long, Tally> folded(Connection connection, Collection<Long> ideas) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select idea_id, votes_for, votes_against from ideas_listing where idea_id in ("
                        + "?, ".repeat(ideas.size() - 1) + "?)")) {
            int index = 1;
            for (Long idea : ideas) {
                select.setLong(index++, idea);
            }
            Map<Long, Tally> folded = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    folded.put(rows.getLong(1), new Tally(rows.getInt(2), 0, rows.getInt(3)));
                }
            }
            return folded;
        }
    }

    private static String column(Sort sort) {
        return switch (sort) {
            case RECENT -> "recent_key";
            case POPULAR -> "votes_for";
            case TRENDING -> "trending_key";
        };
    }

    private static String index(Sort sort, Filter filter) {
        String suffix = filter.neighbourhood != null
                ? "PLACE"
                : filter.category != null ? "CATEGORY" : filter.state != null && sort == Sort.RECENT ? "STATE" : "ALL";
        return "IDEAS_LISTING_" + sort + "_" + suffix;
    }
}
