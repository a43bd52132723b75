// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * {@code Seed URL USER IDEAS MEMBERS VOTES-PER-IDEA FILE}: fills the tables of a platform that does not run just now, and
 * writes addresses of list pages, from the first to the last, to a file.
 */
public final class Seed {

    private static final int BATCH = 1_000;
    private static final int COMMIT = 50_000;
    private static final int PAGES = 40;
    private static final Duration BETWEEN_IDEAS = Duration.ofSeconds(20);
    private static final String[] CATEGORIES = {
        "mobility", "environment", "public-space", "culture", "sport", "community", "housing", "economy"
    };
    private static final String[] WORDS = {
        "rue",
        "parc",
        "piste",
        "cyclable",
        "école",
        "bibliothèque",
        "arbre",
        "banc",
        "place",
        "marché",
        "hiver",
        "lumière",
        "jardin",
        "eau",
        "fontaine",
        "trottoir",
        "passage",
        "autobus",
        "atelier",
        "cuisine",
        "quartier",
        "fête",
        "musique",
        "patinoire",
        "ruelle",
        "verte",
        "compost",
        "aînés",
        "enfants",
        "sécurité",
        "calme",
        "vitesse",
        "ombre",
        "chaleur"
    };

    private final Connection connection;
    private final SplittableRandom random = new SplittableRandom(20_261_122);
    private final Instant now = Instant.now();
    private List<String> neighbourhoods = List.of();

    private Seed(Connection connection) {
        this.connection = connection;
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], "")) {
            connection.setAutoCommit(false);
            Seed seed = new Seed(connection);
            int ideas = Integer.parseInt(arguments[2]);
            int members = Integer.parseInt(arguments[3]);
            seed.fill(ideas, members, Integer.parseInt(arguments[4]));
            seed.writePages(ideas, Path.of(arguments[5]));
        }
        if (arguments[0].startsWith("jdbc:derby:")) {
            shutDown();
        }
    }

    private static void shutDown() throws SQLException {
        try {
            DriverManager.getConnection("jdbc:derby:;shutdown=true").close();
        } catch (SQLException e) {
            // Derby reports an orderly shutdown this way
            if (!"XJ015".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private void fill(int ideas, int members, int votesPerIdea) throws SQLException {
        neighbourhoods = texts("select id from core_neighbourhood order by id");
        List<String> indexes = dropIndexes("ideas_listing");
        members(members);
        ideas(ideas);
        listing(ideas, members, votesPerIdea);
        votes(ideas, members, votesPerIdea);
        for (String index : indexes) {
            execute(index);
        }
        // what is listed is counted already: the node need not count anew
        execute("delete from ideas_fold");
        execute("insert into ideas_fold (node) values (0)");
        connection.commit();
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ten indexes kept while a million rows come in cost many minutes. */
    private List<String> dropIndexes(String table) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        String name = meta.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        Map<String, List<String>> columns = new TreeMap<>();
        try (ResultSet rows = meta.getIndexInfo(null, null, name, false, false)) {
            while (rows.next()) {
                // those of constraints have names of the database's own
                if (rows.getBoolean("NON_UNIQUE")
                        && rows.getString("INDEX_NAME").startsWith(name + "_")) {
                    columns.computeIfAbsent(rows.getString("INDEX_NAME"), n -> new ArrayList<>())
                            .add(rows.getString("COLUMN_NAME")
                                    + ("D".equals(rows.getString("ASC_OR_DESC")) ? " desc" : ""));
                }
            }
        }
        List<String> create = new ArrayList<>();
        for (Map.Entry<String, List<String>> index : columns.entrySet()) {
            execute("drop index " + index.getKey());
            create.add("create index " + index.getKey() + " on " + table + " (" + String.join(", ", index.getValue())
                    + ")");
        }
        return create;
    }

    @FunctionalInterface
    private interface Row {
        void set(PreparedStatement insert, int number) throws SQLException;
    }

    private void insert(String sql, int count, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < count; i++) {
                row.set(insert, i);
                insert.addBatch();
                if ((i + 1) % BATCH == 0) {
                    insert.executeBatch();
                }
                if ((i + 1) % COMMIT == 0) {
                    connection.commit();
                }
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    private void members(int count) throws SQLException {
        Timestamp time = Timestamp.from(now);
        Timestamp expires = Timestamp.from(now.plus(Duration.ofDays(30)));
        insert(
                "insert into core_member (id, version, email, display_name, profile, language, created_at,"
                        + " confirmed_at) values (?, 1, ?, ?, 'citizen', 'fr', ?, ?)",
                count,
                (insert, i) -> {
                    insert.setLong(1, Town.member(i));
                    insert.setString(2, "benchmark-" + i + "@example.org");
                    insert.setString(3, "Membre " + i);
                    insert.setTimestamp(4, time);
                    insert.setTimestamp(5, time);
                });
        insert(
                "insert into core_session (token_hash, member_id, created_at, expires_at, used_at) values (?, ?, ?, ?, ?)",
                count,
                (insert, i) -> {
                    insert.setString(1, Town.hash(Town.token(i)));
                    insert.setLong(2, Town.member(i));
                    insert.setTimestamp(3, time);
                    insert.setTimestamp(4, expires);
                    insert.setTimestamp(5, time);
                });
    }

    private void ideas(int count) throws SQLException {
        insert(
                "insert into ideas_idea (id, version, title, need, proposal, category_id, neighbourhood_id, state, author_name,"
                        + " created_at) values (?, 1, ?, ?, ?, ?, ?, 'published', ?, ?)",
                count,
                (insert, i) -> {
                    insert.setLong(1, Town.idea(i));
                    insert.setString(2, text(6));
                    insert.setString(3, text(30));
                    insert.setString(4, text(60));
                    insert.setString(5, category(i));
                    insert.setString(6, neighbourhood(i));
                    insert.setString(7, "Personne " + i % 1_000);
                    insert.setTimestamp(8, Timestamp.from(created(i, count)));
                });
    }

    private void listing(int count, int members, int votesPerIdea) throws SQLException {
        insert(
                "insert into ideas_listing (idea_id, neighbourhood_id, category_id, state, recent_key, votes_for,"
                        + " votes_against, trending_key) values (?, ?, ?, 'published', ?, ?, ?, ?)",
                count,
                (insert, i) -> {
                    int votes = votesOn(i, members, votesPerIdea);
                    int against = votes / 4;
                    long created = created(i, count).toEpochMilli();
                    insert.setLong(1, Town.idea(i));
                    insert.setString(2, neighbourhood(i));
                    insert.setString(3, category(i));
                    insert.setLong(4, created);
                    insert.setLong(5, votes - against);
                    insert.setLong(6, against);
                    insert.setLong(7, trending(votes - 2 * against, created));
                });
    }

    private void votes(int ideas, int members, int votesPerIdea) throws SQLException {
        Timestamp time = Timestamp.from(now);
        int done = 0;
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at) values (?, ?, ?, ?, ?)")) {
            for (int idea = 0; idea < ideas; idea++) {
                int votes = votesOn(idea, members, votesPerIdea);
                for (int v = 0; v < votes; v++) {
                    insert.setLong(1, Town.idea(idea));
                    insert.setLong(2, Town.member(v));
                    insert.setString(3, v < votes / 4 ? "against" : "for");
                    insert.setString(4, "SEED-SEED-SEED-SEED");
                    insert.setTimestamp(5, time);
                    insert.addBatch();
                    if (++done % BATCH == 0) {
                        insert.executeBatch();
                    }
                    if (done % COMMIT == 0) {
                        connection.commit();
                    }
                }
            }
            insert.executeBatch();
        }
        connection.commit();
    }

    /** Most ideas have few votes and some have many, as it is in towns; the mean is about what was asked for. */
    private static int votesOn(int idea, int members, int mean) {
        int votes = idea % 100 == 0 ? mean * 50 : mean / 2;
        return Math.min(members, votes);
    }

    private static String category(int idea) {
        return CATEGORIES[idea % CATEGORIES.length];
    }

    private String neighbourhood(int idea) {
        return neighbourhoods.isEmpty() ? null : neighbourhoods.get(idea % neighbourhoods.size());
    }

    private Instant created(int idea, int count) {
        return now.minus(BETWEEN_IDEAS.multipliedBy((long) count - idea)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** As the ideas module defines it. */
    private static long trending(int support, long created) {
        double days = (created - Instant.parse("2000-01-01T00:00:00Z").toEpochMilli()) / 86_400_000.0;
        return Math.round(1e6 * (Math.log10(1 + Math.max(0, support)) + days / 14));
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private void writePages(int ideas, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= PAGES; i++) {
            int idea = (int) ((long) ideas * i / (PAGES + 1)) + 20;
            lines.add("after=" + Long.toString(created(idea, ideas).toEpochMilli(), 36) + "_"
                    + Long.toString(Town.idea(idea), 36));
        }
        Files.write(file, lines);
    }
}
