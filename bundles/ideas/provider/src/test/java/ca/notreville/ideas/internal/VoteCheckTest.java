// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.VoteCheck.Disagreement;
import ca.notreville.ideas.internal.VoteCheck.Finding;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class VoteCheckTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private IdeasFixture ideas;
    private VoteCheck check;

    @BeforeEach
    void start() throws Exception {
        database.execute("delete from ideas_vote");
        database.execute("delete from ideas_listing");
        ideas = new IdeasFixture(database);
        check = new VoteCheck(database.dataSource(), ideas.tallies, Duration.ZERO);
    }

    @AfterEach
    void stop() throws Exception {
        ideas.close();
    }

    @Test
    void votesThatWereCastAgreeWithWhatIsShownAndSortedBy() throws Exception {
        long one = ideas.published("Un kiosque");
        ideas.published("Une rampe");
        ideas.votes.cast(member(1), one, Choice.FOR);
        ideas.votes.cast(member(2), one, Choice.NEUTRAL);

        assertThat(check.check()).isEqualTo(new Finding(2, 2, 0, List.of()));
    }

    @Test
    void aSortKeyThatIsWrongIsReported() throws Exception {
        long idea = ideas.published("Un belvédère");
        ideas.votes.cast(member(1), idea, Choice.AGAINST);
        check.check();
        database.execute("update ideas_listing set votes_for = 9 where idea_id = " + idea);

        assertThat(check.check().disagreements())
                .containsExactly(new Disagreement(idea, new Tally(0, 0, 1), new Tally(0, 0, 1), new Tally(9, 0, 1)));
    }

    @Test
    void everyIdeaIsLookedAtHoweverManyThereAre() throws Exception {
        for (int i = 0; i < 401; i++) {
            ideas.published("Idée " + i);
        }

        assertThat(check.check().ideas()).isEqualTo(401);
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
