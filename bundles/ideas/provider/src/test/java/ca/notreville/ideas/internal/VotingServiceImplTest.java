// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.api.Vote;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class VotingServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private IdeasFixture ideas;

    @BeforeEach
    void start() throws Exception {
        ideas = new IdeasFixture(database);
    }

    @AfterEach
    void stop() throws Exception {
        ideas.close();
    }

    @Test
    void aVoteIsOneRowAndCounts() {
        long idea = ideas.published("Des bancs à l’ombre");

        Vote vote = ideas.votes.cast(member(1), idea, Choice.FOR);

        assertThat(vote.choice()).isEqualTo(Choice.FOR);
        assertThat(vote.receipt()).matches("[0-9A-Z]{4}(-[0-9A-Z]{4}){5}");
        assertThat(ideas.tally(idea)).isEqualTo(new Tally(1, 0, 0));
        assertThat(ideas.votes.find(member(1), idea)).contains(vote);
    }

    @Test
    void theSameVoteAgainChangesNothingAndGivesTheSameReceipt() {
        long idea = ideas.published("Une fontaine");
        Vote first = ideas.votes.cast(member(1), idea, Choice.NEUTRAL);
        ideas.clock.advance(Duration.ofMinutes(1));

        Vote again = ideas.votes.cast(member(1), idea, Choice.NEUTRAL);

        assertThat(again).isEqualTo(first);
        assertThat(ideas.tally(idea)).isEqualTo(new Tally(0, 1, 0));
    }

    @Test
    void aChangedVoteReplacesTheFormerOneAndItsReceipt() {
        long idea = ideas.published("Un débarcadère");
        Vote first = ideas.votes.cast(member(1), idea, Choice.FOR);

        Vote changed = ideas.votes.cast(member(1), idea, Choice.AGAINST);

        assertThat(changed.receipt()).isNotEqualTo(first.receipt());
        assertThat(ideas.tally(idea)).isEqualTo(new Tally(0, 0, 1));
    }

    @Test
    void aVoteEnteredAtTheCounterIsMarkedSoUntilItsOwnerVotesOtherwise() {
        long idea = ideas.published("Une rampe");
        Caller atCounter = member(1).owing(Set.of(Caller.Due.OWNER));

        Vote entered = ideas.votes.cast(atCounter, idea, Choice.FOR);
        assertThat(entered.atCounter()).isTrue();
        assertThat(ideas.votes.find(member(1), idea)).contains(entered);
        assertThat(ideas.votes.cast(member(1), idea, Choice.FOR))
                .as("the same again changes nothing")
                .isEqualTo(entered);

        Vote own = ideas.votes.cast(member(1), idea, Choice.NEUTRAL);
        assertThat(own.atCounter()).isFalse();
        assertThat(ideas.votes.find(member(1), idea)).contains(own);
        assertThat(ideas.votes.cast(atCounter, idea, Choice.AGAINST).atCounter())
                .isTrue();
        assertThat(ideas.votes.find(member(1), idea)).map(Vote::atCounter).contains(true);
    }

    @Test
    void aWithdrawnVoteIsGoneAndWithdrawingTwiceIsNoError() {
        long idea = ideas.published("Un abribus");
        ideas.votes.cast(member(1), idea, Choice.FOR);

        ideas.votes.withdraw(member(1), idea);
        ideas.votes.withdraw(member(1), idea);

        assertThat(ideas.votes.find(member(1), idea)).isEmpty();
        assertThat(ideas.tally(idea)).isEqualTo(Tally.NONE);
    }

    @Test
    void fiftyEqualVotesAtOnceAreOneRowWithOneReceipt() {
        long idea = ideas.published("Des arbres");

        List<String> receipts = AtOnce.run(
                50, i -> ideas.votes.cast(member(1), idea, Choice.FOR).receipt());

        assertThat(new HashSet<>(receipts)).hasSize(1);
        assertThat(database.number("select count(*) from ideas_vote where idea_id = " + idea))
                .isEqualTo(1);
    }

    @Test
    void manyMembersAtOnceAreAllCounted() {
        long idea = ideas.published("Une patinoire");

        AtOnce.run(40, i -> ideas.votes.cast(member(i + 1), idea, i % 4 == 0 ? Choice.AGAINST : Choice.FOR));

        assertThat(ideas.tally(idea)).isEqualTo(new Tally(30, 0, 10));
    }

    @Test
    void aVoteOnAnIdeaThatIsDecidedIsRefusedWithAReason() {
        long idea = ideas.published("Un feu piéton");
        database.execute("update ideas_idea set state = 'accepted' where id = " + idea);

        assertThatThrownBy(() -> ideas.votes.cast(member(1), idea, Choice.FOR))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ideas.voting-closed");
        assertThatThrownBy(() -> ideas.votes.withdraw(member(1), idea)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aVoteOnWhatIsNotThereIsRefused() {
        assertThatThrownBy(() -> ideas.votes.cast(member(1), 42, Choice.FOR)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aVisitorMustSignInFirst() {
        long idea = ideas.published("Un marché d’hiver");

        assertThatThrownBy(() -> ideas.votes.cast(Caller.visitor(Locale.FRENCH), idea, Choice.FOR))
                .isInstanceOf(UnauthenticatedException.class);
        assertThat(ideas.votes.find(Caller.visitor(Locale.FRENCH), idea)).isEmpty();
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
