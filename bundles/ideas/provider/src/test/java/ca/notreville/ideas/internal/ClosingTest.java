// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.jpa.VoteTable;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Votes and the closing of an idea: which came first, the database says. */
@OnDatabase
class ClosingTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private LifeFixture town;

    @BeforeEach
    void start() throws Exception {
        town = new LifeFixture(database);
    }

    @AfterEach
    void stop() throws Exception {
        town.close();
    }

    @Test
    void whoClosesAnIdeaWaitsForAVoteThatIsBeingTaken() throws Exception {
        long idea = town.ideas.published("Une fontaine");
        CompletableFuture<Long> counted = new CompletableFuture<>();
        try (Connection voter = database.dataSource().getConnection()) {
            voter.setAutoCommit(false);
            assertThat(VoteTable.insertIfOpen(voter, idea, 1, new VoteTable.Row(Choice.FOR, "R", Instant.now(), false)))
                    .isTrue();
            counted.completeAsync(() -> {
                town.review(idea);
                return votes(idea);
            });
            // not over as long as the vote is not
            assertThatThrownBy(() -> counted.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            voter.commit();
        }
        assertThat(counted.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void noVoteIsTakenOnceTheIdeaIsClosedHoweverManyVote() {
        for (int round = 0; round < 8; round++) {
            long idea = town.ideas.published("Une idée " + round);
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            List<Long> counts = AtOnce.run(12, i -> {
                if (i == 0) {
                    town.review(idea);
                    return votes(idea);
                }
                for (int member = 0; member < 20; member++) {
                    try {
                        town.ideas.votes.cast(LifeFixture.member(i * 100L + member), idea, Choice.FOR);
                        taken.incrementAndGet();
                    } catch (ConflictException e) {
                        refused.incrementAndGet();
                    }
                }
                return 0L;
            });

            assertThat(votes(idea))
                    .as("votes that were there when it was closed")
                    .isEqualTo(counts.get(0));
            assertThat(taken.get()).isEqualTo(counts.get(0).intValue());
            assertThat(taken.get() + refused.get()).isEqualTo(11 * 20);
            assertThat(town.ideas.tally(idea)).isEqualTo(new Tally(taken.get(), 0, 0));
        }
    }

    @Test
    void aVoteIsNotChangedOrTakenBackOnceTheIdeaIsClosed() {
        for (int round = 0; round < 8; round++) {
            long idea = town.ideas.published("Une idée " + round);
            for (int member = 1; member < 12; member++) {
                town.vote(idea, Choice.FOR, member);
            }
            List<Tally> tallies = AtOnce.run(12, i -> {
                if (i == 0) {
                    town.life.withdraw(LifeFixture.AUTHOR, idea, new MoveDraft(null, null, null));
                    return new Tally((int) votes(idea, "for"), 0, (int) votes(idea, "against"));
                }
                try {
                    if (i % 2 == 0) {
                        town.vote(idea, Choice.AGAINST, i);
                    } else {
                        town.ideas.votes.withdraw(LifeFixture.member(i), idea);
                    }
                } catch (ConflictException e) {
                    assertThat(e.code()).isEqualTo("ideas.withdrawn");
                }
                return Tally.NONE;
            });

            assertThat(town.ideas.tally(idea)).isEqualTo(tallies.get(0));
        }
    }

    private static long votes(long idea) {
        return database.number("select count(*) from ideas_vote where idea_id = " + idea);
    }

    private static long votes(long idea, String choice) {
        return database.number("select count(*) from ideas_vote where choice = '" + choice + "' and idea_id = " + idea);
    }
}
