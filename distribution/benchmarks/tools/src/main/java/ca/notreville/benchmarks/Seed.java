// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code Seed URL USER IDEAS MEMBERS VOTES-PER-IDEA FILE}: fills the tables of a platform that does not run just now, and
 * writes addresses of list pages, from the first to the last, to a file.
 */
public final class Seed {

    private static final int PAGES = 40;
    private static final Duration BETWEEN_IDEAS = Duration.ofSeconds(20);
    /** New accounts have narrower limits and are looked at more closely. */
    private static final Duration MEMBERS_SINCE = Duration.ofDays(60);

    private static final String[] CATEGORIES = {
        "mobility", "environment", "public-space", "culture", "sport", "community", "housing", "economy"
    };

    private final Filler filler;
    private final Vocabulary vocabulary;
    private final Instant now = Instant.now();
    private List<String> neighbourhoods = List.of();

    Seed(Filler filler) {
        this.filler = filler;
        vocabulary = new Vocabulary(new SplittableRandom(20_261_122));
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Filler filler = new Filler(arguments[0], arguments[1])) {
            Seed seed = new Seed(filler);
            int ideas = Integer.parseInt(arguments[2]);
            int members = Integer.parseInt(arguments[3]);
            seed.fill(ideas, members, Integer.parseInt(arguments[4]));
            seed.writePages(ideas, Path.of(arguments[5]));
        }
    }

    void fill(int ideas, int members, int votesPerIdea) throws SQLException {
        neighbourhoods = filler.texts("select id from core_neighbourhood order by id");
        List<String> indexes = filler.dropIndexes("ideas_listing");
        members(members);
        ideas(ideas);
        listing(ideas, members, votesPerIdea);
        votes(ideas, members, votesPerIdea);
        for (String index : indexes) {
            filler.execute(index);
        }
        // what is listed is counted already: the node need not count anew
        filler.execute("delete from ideas_fold");
        filler.execute("insert into ideas_fold (node) values (0)");
        filler.commit();
    }

    private void members(int count) throws SQLException {
        Timestamp time = Timestamp.from(now);
        Timestamp since = Timestamp.from(now.minus(MEMBERS_SINCE));
        Timestamp expires = Timestamp.from(now.plus(Duration.ofDays(30)));
        String password = Argon.phc(Town.PASSWORD);
        filler.insert(
                "insert into core_member (id, version, email, display_name, profile, language, created_at,"
                        + " confirmed_at, password, bio, neighbourhood_id) values (?, 1, ?, ?, 'citizen', 'fr', ?, ?, ?, ?,"
                        + " ?)",
                count,
                (insert, i) -> {
                    insert.setLong(1, Town.member(i));
                    insert.setString(2, "benchmark-" + i + "@example.org");
                    insert.setString(3, vocabulary.name());
                    insert.setTimestamp(4, since);
                    insert.setTimestamp(5, since);
                    insert.setString(6, password);
                    insert.setString(7, vocabulary.text(12));
                    insert.setString(8, neighbourhood(i));
                });
        filler.insert(
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
        filler.insert(
                "insert into ideas_idea (id, version, title, need, proposal, category_id, neighbourhood_id, state, author_name,"
                        + " created_at) values (?, 1, ?, ?, ?, ?, ?, 'published', ?, ?)",
                count,
                (insert, i) -> {
                    insert.setLong(1, Town.idea(i));
                    insert.setString(2, vocabulary.text(6));
                    insert.setString(3, vocabulary.text(30));
                    insert.setString(4, vocabulary.text(60));
                    insert.setString(5, category(i));
                    insert.setString(6, neighbourhood(i));
                    insert.setString(7, "Personne " + i % 1_000);
                    insert.setTimestamp(8, Timestamp.from(created(i, count)));
                });
    }

    private void listing(int count, int members, int votesPerIdea) throws SQLException {
        filler.insert(
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
        try (Filler.Rows rows = filler.rows(
                "insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at) values (?, ?, ?, ?, ?)")) {
            for (int idea = 0; idea < ideas; idea++) {
                int votes = votesOn(idea, members, votesPerIdea);
                for (int v = 0; v < votes; v++) {
                    rows.statement.setLong(1, Town.idea(idea));
                    rows.statement.setLong(2, Town.member(v));
                    rows.statement.setString(3, v < votes / 4 ? "against" : "for");
                    rows.statement.setString(4, "SEED-SEED-SEED-SEED");
                    rows.statement.setTimestamp(5, time);
                    rows.add();
                }
            }
        }
    }

    /** Most ideas have few votes and some have many, as it is in towns; the mean is about what was asked for. */
    private static int votesOn(int idea, int members, int mean) {
        int votes = idea % 100 == 0 ? mean * 50 : mean / 2;
        return Math.min(members, votes);
    }

    private static String category(int idea) {
        return CATEGORIES[idea % CATEGORIES.length];
    }

    String neighbourhood(int idea) {
        return neighbourhoods.isEmpty() ? null : neighbourhoods.get(idea % neighbourhoods.size());
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    private Instant created(int idea, int count) {
        return now.minus(BETWEEN_IDEAS.multipliedBy((long) count - idea)).truncatedTo(ChronoUnit.MILLIS);
    }

    /** As the ideas module defines it. */
    private static long trending(int support, long created) {
        double days = (created - Instant.parse("2000-01-01T00:00:00Z").toEpochMilli()) / 86_400_000.0;
        return Math.round(1e6 * (Math.log10(1 + Math.max(0, support)) + days / 14));
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
