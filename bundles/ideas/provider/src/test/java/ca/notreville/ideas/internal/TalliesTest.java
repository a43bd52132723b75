// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Tally;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class TalliesTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private IdeasFixture ideas;

    @BeforeEach
    void start() throws Exception {
        for (String table : List.of("ideas_fold", "ideas_vote", "ideas_listing", "ideas_idea")) {
            database.execute("delete from " + table);
        }
        ideas = new IdeasFixture(database);
        ideas.tallies.settle();
    }

    @AfterEach
    void stop() throws Exception {
        ideas.close();
    }

    @Test
    void aVoteIsFoldedIntoWhatListsAreSortedBy() {
        long idea = ideas.published("Un banc");
        long before = listing("trending_key", idea);
        vote(1, idea, Choice.FOR);
        vote(2, idea, Choice.FOR);
        vote(3, idea, Choice.AGAINST);
        vote(4, idea, Choice.NEUTRAL);

        ideas.tallies.fold();

        assertThat(listing("votes_for", idea)).isEqualTo(2);
        assertThat(listing("votes_against", idea)).isEqualTo(1);
        assertThat(listing("trending_key", idea)).isEqualTo(before + Math.round(1e6 * Math.log10(2)));
    }

    @Test
    void theLastVoteThatIsWithdrawnIsFoldedTo() {
        long idea = ideas.published("Un banc");
        vote(1, idea, Choice.FOR);
        ideas.tallies.fold();

        ideas.votes.withdraw(member(1), idea);
        ideas.tallies.fold();

        assertThat(listing("votes_for", idea)).isZero();
    }

    @Test
    void aNodeThatStopsInOrderGivesItsWordOnceAndItIsTakenOnce() throws Exception {
        long idea = ideas.published("Un banc");
        vote(1, idea, Choice.FOR);
        ideas.close();
        assertThat(listing("votes_for", idea)).isEqualTo(1);
        assertThat(database.number("select count(*) from ideas_fold")).isEqualTo(1);

        database.execute("update ideas_listing set votes_for = 77");
        ideas = new IdeasFixture(database);
        ideas.tallies.settle();

        // the word was good: nothing was counted anew
        assertThat(listing("votes_for", idea)).isEqualTo(77);
        assertThat(database.number("select count(*) from ideas_fold")).isZero();
    }

    @Test
    void aNodeThatDiedCountsEverythingAnewWhenItStarts() throws Exception {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            all.add(ideas.published("Idée " + i));
        }
        for (int i = 0; i < 450; i += 10) {
            database.execute("insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at) values ("
                    + all.get(i) + ", 1, 'for', 'R', '2026-05-01 12:00:00')");
        }

        IdeasFixture next = new IdeasFixture(database);
        next.tallies.settle();

        assertThat(database.number("select sum(votes_for) from ideas_listing")).isEqualTo(45);
        assertThat(listing("votes_for", all.get(440))).isEqualTo(1);
        next.close();
        database.execute("delete from ideas_fold");
    }

    @Test
    void aNodeWhoseCountingFailedDoesNotGiveItsWord() throws Exception {
        database.execute("alter table ideas_listing add constraint ideas_listing_broken check (votes_for < 1)");
        long idea = ideas.published("Un banc");
        database.execute("insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at) values (" + idea
                + ", 1, 'for', 'R', '2026-05-01 12:00:00')");
        IdeasFixture next = new IdeasFixture(database);
        next.tallies.settle();
        database.execute("alter table ideas_listing drop constraint ideas_listing_broken");

        next.close();

        assertThat(database.number("select count(*) from ideas_fold")).isZero();
        IdeasFixture third = new IdeasFixture(database);
        third.tallies.settle();
        assertThat(listing("votes_for", idea)).isEqualTo(1);
        third.close();
        database.execute("delete from ideas_fold");
    }

    @Test
    void aCountIsNotWrittenOverAYoungerOneOfAnotherNode() throws Exception {
        long idea = ideas.published("Un banc");
        Runnable[] beforeWriting = {() -> {}};
        Tallies slow = new Tallies(pausing(() -> beforeWriting[0].run()), ideas.ids);
        slow.settle();
        vote(1, idea, Choice.FOR);
        slow.changed(idea);
        beforeWriting[0] = () -> {
            beforeWriting[0] = () -> {};
            vote(2, idea, Choice.FOR);
            ideas.tallies.fold();
        };

        slow.fold();
        slow.fold();

        assertFolded(idea);
        slow.stop();
        database.execute("delete from ideas_fold");
    }

    /** The database of a node that does something else between counting votes and writing down the count. */
    private static DataSource pausing(Runnable beforeWriting) {
        return proxy(DataSource.class, database.dataSource(), (method, arguments, result) -> {
            if (!method.equals("getConnection")) {
                return result;
            }
            return proxy(Connection.class, (Connection) result, (call, sql, statement) -> {
                if (call.equals("prepareStatement") && sql[0].toString().startsWith("update ideas_listing")) {
                    beforeWriting.run();
                }
                return statement;
            });
        });
    }

    private interface After {
        Object result(String method, Object[] arguments, Object result);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        after.result(method.getName(), arguments, method.invoke(target, arguments))));
    }

    @Test
    void totalsAndOrderEqualTheRowsAfterFortyThreadsVotedChangedAndWithdrew() {
        List<Long> some = List.of(ideas.published("Un"), ideas.published("Deux"), ideas.published("Trois"));

        AtOnce.run(40, thread -> vote(new Random(thread), ideas, some));
        ideas.tallies.fold();

        for (long idea : some) {
            assertThat(ideas.tally(idea))
                    .isEqualTo(new Tally(rows(idea, "for"), rows(idea, "neutral"), rows(idea, "against")));
            assertFolded(idea);
        }
    }

    /** Each node folds what it took itself, and must not write a count over one that is younger. */
    @Test
    void theOrderEqualsTheRowsAfterTwoNodesVotedAndFoldedAtTheSameTime() throws Exception {
        List<Long> some = List.of(ideas.published("Un"), ideas.published("Deux"));
        IdeasFixture other = new IdeasFixture(database);
        other.tallies.settle();

        for (int round = 0; round < 10; round++) {
            AtOnce.run(6, thread -> vote(new Random(thread), thread % 2 == 0 ? ideas : other, some));
            ideas.tallies.fold();
            other.tallies.fold();

            some.forEach(TalliesTest::assertFolded);
        }
        other.close();
        database.execute("delete from ideas_fold");
    }

    private static int vote(Random random, IdeasFixture node, List<Long> some) {
        int votes = 25;
        for (int i = 0; i < votes; i++) {
            long idea = some.get(random.nextInt(some.size()));
            Caller caller = member(1 + random.nextInt(12));
            if (random.nextInt(4) == 0) {
                node.votes.withdraw(caller, idea);
            } else {
                node.votes.cast(caller, idea, Choice.values()[random.nextInt(3)]);
            }
            if (i % 3 == 0) {
                node.tallies.fold();
            }
            node.tally(idea);
        }
        return votes;
    }

    private static void assertFolded(long idea) {
        assertThat(listing("votes_for", idea)).isEqualTo(rows(idea, "for"));
        assertThat(listing("votes_against", idea)).isEqualTo(rows(idea, "against"));
    }

    private static int rows(long idea, String choice) {
        return (int) database.number(
                "select count(*) from ideas_vote where idea_id = " + idea + " and choice = '" + choice + "'");
    }

    private void vote(long member, long idea, Choice choice) {
        ideas.votes.cast(member(member), idea, choice);
    }

    private static long listing(String column, long idea) {
        return database.number("select " + column + " from ideas_listing where idea_id = " + idea);
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
