// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code Community URL USER MEMBERS FOLDER}: fills a town with people in the directory, an organisation for twenty of them, an
 * idea and ten comments for each of them, and news; and writes addresses of lists and searches into the folder.
 *
 * <p>The first idea has a discussion of its own: fifty comments that begin a thread, of which every tenth is answered.
 */
public final class Community {

    private static final int COMMENTS = 10;
    /** Of ten comments on an idea, how many begin a thread. */
    private static final int THREADS = 7;

    private static final int BUSY = 50;
    private static final int PEOPLE_TO_AN_ORGANISATION = 20;
    /** Whose notifications are looked at; the others have as many as people usually have. */
    private static final int READERS = 20;

    private static final int NEWS_OF_READERS = 60;
    private static final int NEWS_OF_OTHERS = 5;
    private static final int ADDRESSES = 200;
    private static final int QUERIES = 500;
    private static final Duration BETWEEN_COMMENTS = Duration.ofMinutes(7);
    private static final String[] STANCES = {"for", "neutral", "against", null};
    private static final String[] KINDS = {"community", "round-table", "social-economy", "business", "institution"};
    private static final String[] EXPERTS = {"expert", "leader", "partner"};
    private static final int MEMBERS_TO_AN_EXPERT = 20;

    private final Filler filler;
    private final Seed seed;
    private final int members;
    private final Timestamp now = Timestamp.from(Instant.now());
    private final Vocabulary vocabulary;

    private Community(Filler filler, int members) {
        this.filler = filler;
        this.members = members;
        seed = new Seed(filler);
        vocabulary = seed.vocabulary();
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (Filler filler = new Filler(arguments[0], arguments[1])) {
            int members = Integer.parseInt(arguments[2]);
            Community community = new Community(filler, members);
            community.seed.fill(members, members, 4);
            community.profiles();
            community.organisations();
            community.comments();
            community.notifications();
            community.write(Path.of(arguments[3]));
        }
    }

    /** Fills a table, or some that belong together, while their indexes are away. */
    private void without(List<String> tables, Fill fill) throws SQLException {
        List<String> indexes = new ArrayList<>();
        for (String table : tables) {
            indexes.addAll(filler.dropIndexes(table));
        }
        fill.fill();
        for (String index : indexes) {
            filler.execute(index);
        }
        filler.commit();
    }

    @FunctionalInterface
    private interface Fill {
        void fill() throws SQLException;
    }

    private void profiles() throws SQLException {
        List<String> names = names("core_member", "display_name", Town.member(0), members);
        List<String> skills = filler.texts("select cast(id as char(20)) from core_skill order by id");
        List<String> words = filler.texts("select word_fr from core_skill order by id");
        without(List.of("core_profile", "core_member_skill"), () -> {
            filler.insert(
                    "insert into core_profile (member_id, version, listed, reachable, shown, place, alpha, languages,"
                            + " availability, interests) values (?, 1, 1, 1,"
                            + " 'neighbourhood bio languages skills availability interests', ?, ?, 'fr en', ?, ?)",
                    members,
                    (insert, i) -> {
                        insert.setLong(1, Town.member(i));
                        insert.setString(2, seed.neighbourhood(i));
                        insert.setLong(3, Town.alpha(names.get(i)));
                        insert.setString(4, vocabulary.text(6));
                        insert.setString(5, vocabulary.text(8));
                    });
            for (int each = 0; each < 2; each++) {
                int which = each;
                filler.insert(
                        "insert into core_member_skill (member_id, word, label, skill_id, listed, alpha, place)"
                                + " values (?, ?, ?, ?, 1, ?, ?)",
                        members,
                        (insert, i) -> {
                            // no two the same of one member
                            int skill = (i + which * (1 + i % 3)) % skills.size();
                            insert.setLong(1, Town.member(i));
                            insert.setString(2, words.get(skill));
                            insert.setString(3, words.get(skill));
                            insert.setLong(4, Long.parseLong(skills.get(skill).strip()));
                            insert.setLong(5, Town.alpha(names.get(i)));
                            insert.setString(6, seed.neighbourhood(i));
                        });
            }
        });
        filler.insert(
                "insert into core_member_role (member_id, role, limit_kind, limit_id) values (?, ?, 'town', '-')",
                members / MEMBERS_TO_AN_EXPERT,
                (insert, i) -> {
                    insert.setLong(1, Town.member((long) i * MEMBERS_TO_AN_EXPERT + i % MEMBERS_TO_AN_EXPERT));
                    insert.setString(2, EXPERTS[i % EXPERTS.length]);
                });
        filler.execute("insert into core_profile_kind (member_id, kind, alpha, place)"
                + " select r.member_id, r.role, p.alpha, p.place from core_member_role r"
                + " join core_profile p on p.member_id = r.member_id"
                + " where r.role in ('expert', 'leader', 'partner') and not exists"
                + " (select 1 from core_profile_kind k where k.member_id = r.member_id and k.kind = r.role)");
    }

    private List<String> names(String table, String column, long first, int count) throws SQLException {
        return filler.texts("select " + column + " from " + table + " where id >= " + first + " and id < "
                + (first + count) + " order by id");
    }

    private int organisationCount() {
        return members / PEOPLE_TO_AN_ORGANISATION;
    }

    private void organisations() throws SQLException {
        filler.insert(
                "insert into core_organisation (id, name, kind, neighbourhood_id, mission_fr, address, alpha, created_at)"
                        + " values (?, ?, ?, ?, ?, '', ?, ?)",
                organisationCount(),
                (insert, i) -> {
                    String name = vocabulary.name();
                    insert.setLong(1, Town.organisation(i));
                    insert.setString(2, name);
                    insert.setString(3, KINDS[i % KINDS.length]);
                    insert.setString(4, seed.neighbourhood(i));
                    insert.setString(5, vocabulary.text(20));
                    insert.setLong(6, Town.alpha(name));
                    insert.setTimestamp(7, now);
                });
        filler.insert(
                "insert into core_membership (organisation_id, member_id, role, shown) values (?, ?, ?, 1)",
                organisationCount() * PEOPLE_TO_AN_ORGANISATION,
                (insert, i) -> {
                    insert.setLong(1, Town.organisation(i / PEOPLE_TO_AN_ORGANISATION));
                    insert.setLong(2, Town.member(i));
                    insert.setString(3, i % PEOPLE_TO_AN_ORGANISATION == 0 ? "owner" : "member");
                });
    }

    private void comments() throws SQLException {
        without(List.of("core_comment", "core_comment_mark"), () -> {
            try (Filler.Rows rows = filler.rows(
                    "insert into core_comment (id, kind, initiative_id, thread_id, parent_id, author_id, author_name, body,"
                            + " created_at, thread_stance, answered, depth, path, thread_at, thread_score)"
                            + " values (?, 'idea', ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?)")) {
                long number = 0;
                for (int i = 0; i < BUSY; i++) {
                    long thread = number++;
                    boolean answered = i % 10 == 0;
                    comment(rows.statement, 0, thread, thread, answered, BUSY - i);
                    rows.add();
                    if (answered) {
                        comment(rows.statement, 0, number++, thread, false, BUSY - i);
                        rows.add();
                    }
                }
                for (int idea = 1; idea < members; idea++) {
                    for (int i = 0; i < THREADS; i++) {
                        long thread = number++;
                        boolean answered = i < COMMENTS - THREADS;
                        comment(rows.statement, idea, thread, thread, answered, THREADS - i);
                        rows.add();
                        if (answered) {
                            comment(rows.statement, idea, number++, thread, false, THREADS - i);
                            rows.add();
                        }
                    }
                }
            }
            filler.insert(
                    "insert into core_comment_mark (comment_id, member_id, kind, initiative_id, marked_at)"
                            + " select id, ?, kind, initiative_id, created_at from core_comment where id = ?",
                    members * 2,
                    (insert, i) -> {
                        // the first discussion is marked by more
                        long comment = i < BUSY * 4 ? i % BUSY : BUSY + 5 * (i - BUSY * 4L);
                        insert.setLong(1, Town.member((i + 1) % members));
                        insert.setLong(2, Town.comment(comment));
                    });
        });
    }

    private void comment(PreparedStatement insert, int idea, long number, long thread, boolean answered, int ago)
            throws SQLException {
        boolean begins = number == thread;
        long began = now.getTime() - BETWEEN_COMMENTS.multipliedBy(ago).toMillis();
        long at = began + (begins ? 0 : 60_000);
        insert.setLong(1, Town.comment(number));
        insert.setLong(2, Town.idea(idea));
        insert.setLong(3, Town.comment(thread));
        if (begins) {
            insert.setNull(4, Types.BIGINT);
        } else {
            insert.setLong(4, Town.comment(thread));
        }
        insert.setLong(5, Town.member(number % members));
        insert.setString(6, vocabulary.text(30));
        insert.setTimestamp(7, new Timestamp(at));
        insert.setString(8, STANCES[(int) (thread % STANCES.length)]);
        insert.setInt(9, answered ? 1 : 0);
        insert.setInt(10, begins ? 0 : 1);
        insert.setString(11, begins ? "-" : Town.segment(at, Town.comment(number)));
        insert.setLong(12, began);
        insert.setLong(13, thread * 7 % 400);
    }

    private void notifications() throws SQLException {
        int news = Math.max(NEWS_OF_READERS, members / 10);
        filler.insert(
                "insert into core_news (id, reference, kind, subject, actor_id, message, arguments, quote, path, reach,"
                        + " residents, signed_links, published_at, version, stage, stage_member, spread_at) values (?, ?,"
                        + " 'core.comment', ?, ?, 'core.news.comment', ?, ?, ?, 'subject', false, false, ?, 1, 9, 0, ?)",
                news,
                (insert, i) -> {
                    insert.setLong(1, Town.news(i));
                    insert.setString(2, "comment:" + Town.comment(i));
                    insert.setString(3, "idea:" + Town.idea(i));
                    insert.setLong(4, Town.member(i % members));
                    insert.setString(5, "{\"title\":\"" + vocabulary.text(6) + "\"}");
                    insert.setString(6, vocabulary.text(20));
                    insert.setString(7, "/ideas/" + Town.idea(i) + "#comment-" + Town.comment(i));
                    insert.setTimestamp(8, now);
                    insert.setTimestamp(9, now);
                });
        without(List.of("core_notification"), () -> {
            try (Filler.Rows rows = filler.rows(
                    "insert into core_notification (news_id, member_id, on_site, told_at) values (?, ?, true, ?)")) {
                for (int i = 0; i < members; i++) {
                    int told = i < READERS ? NEWS_OF_READERS : NEWS_OF_OTHERS;
                    for (int n = 0; n < told; n++) {
                        rows.statement.setLong(1, Town.news((i * 7L + n) % news));
                        rows.statement.setLong(2, Town.member(i));
                        rows.statement.setTimestamp(3, now);
                        rows.add();
                    }
                }
            }
        });
    }

    private void write(Path folder) throws IOException, SQLException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("members.txt"),
                pages(names("core_member", "display_name", Town.member(0), members), false));
        Files.write(
                folder.resolve("organisations.txt"),
                pages(names("core_organisation", "name", Town.organisation(0), organisationCount()), true));
        for (String sort : List.of("new", "best")) {
            Files.write(
                    folder.resolve("discussions-" + sort + ".txt"),
                    IntStream.range(0, ADDRESSES)
                            .mapToObj(i -> 1 + (int) ((members - 1L) * i / ADDRESSES))
                            .map(idea -> "initiative=idea:" + Town.idea(idea) + "&sort=" + sort)
                            .toList());
        }
        Files.write(
                folder.resolve("words.txt"),
                IntStream.range(0, QUERIES).mapToObj(i -> vocabulary.query()).toList());
        Files.write(
                folder.resolve("misspelt.txt"),
                IntStream.range(0, QUERIES).mapToObj(i -> vocabulary.misspelt()).toList());
    }

    /** Pieces of a list by name, from near its beginning to where a whole piece is left. */
    private static List<String> pages(List<String> names, boolean organisations) {
        long[][] keys = IntStream.range(0, names.size())
                .mapToObj(i ->
                        new long[] {Town.alpha(names.get(i)), organisations ? Town.organisation(i) : Town.member(i)})
                .sorted((a, b) -> Arrays.compare(a, b))
                .toArray(long[][]::new);
        int from = Math.max(0, keys.length - 25);
        return IntStream.rangeClosed(1, 40)
                .mapToObj(i -> keys[from * i / 40])
                .map(key -> "after=" + Town.cursor(key[0], key[1]))
                .toList();
    }
}
