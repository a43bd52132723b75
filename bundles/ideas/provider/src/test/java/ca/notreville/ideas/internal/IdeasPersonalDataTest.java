// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Tally;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.MemberColumns;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class IdeasPersonalDataTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private static final AtomicLong NUMBERS = new AtomicLong(1_000_000);

    private IdeasFixture ideas;
    private IdeasPersonalData data;

    @BeforeEach
    void start() throws Exception {
        ideas = new IdeasFixture(database);
        Ids ids = NUMBERS::incrementAndGet;
        data = new IdeasPersonalData(database.dataSource(), ids, Mockito.mock(Cards.class), Mockito.mock(Outbox.class));
    }

    @AfterEach
    void stop() throws Exception {
        ideas.close();
    }

    @Test
    void everyColumnThatNamesAMemberSaysWhatBecomesOfIt() {
        assertThat(IdeasPersonalData.COLUMNS.names())
                .containsExactlyInAnyOrderElementsOf(MemberColumns.of(database, "ideas"));
    }

    @Test
    void votesStayWithoutTheMemberAndCannotBePutTogetherAgain() {
        long one = ideas.published("Un banc");
        long two = ideas.published("Un arbre");
        ideas.votes.cast(member(41), one, Choice.FOR);
        ideas.votes.cast(member(41), two, Choice.AGAINST);
        ideas.votes.cast(member(42), one, Choice.FOR);
        assertThat(data.export(41).get("ideas_vote.member_id")).hasSize(2);

        assertThat(data.erase(41)).isZero();
        assertThat(data.erase(41)).isZero();

        assertThat(ideas.tally(one)).isEqualTo(new Tally(2, 0, 0));
        assertThat(ideas.tally(two)).isEqualTo(new Tally(0, 0, 1));
        assertThat(database.number("select count(*) from ideas_vote where member_id = 41"))
                .isZero();
        assertThat(database.number("select count(distinct member_id) from ideas_vote where member_id < 0"))
                .isEqualTo(2);
        assertThat(data.export(41)).isEmpty();
        assertThat(data.export(42).get("ideas_vote.member_id")).hasSize(1);
    }

    @Test
    void thatAVoteWasEnteredAtTheCounterIsHandedOutAndForgotten() {
        long idea = ideas.published("Une rampe");
        ideas.votes.cast(member(51).owing(Set.of(Caller.Due.OWNER)), idea, Choice.FOR);

        assertThat(data.export(51).getOrDefault("ideas_vote.member_id", List.of()))
                .extracting(vote -> vote.get("at_counter"))
                .containsExactly(1);
        assertThat(data.erase(51)).isZero();
        assertThat(ideas.tally(idea)).isEqualTo(new Tally(1, 0, 0));
        assertThat(database.number("select count(*) from ideas_vote where at_counter = 1 and idea_id = " + idea))
                .isZero();
    }

    @Test
    void aVoteThatComesWhileTheMemberIsErasedIsFoundByTheNextRound() {
        for (long round = 100; round < 115; round++) {
            long voter = round;
            long idea = ideas.published("Une idée " + round);
            AtOnce.run(2, i -> {
                if (i == 0) {
                    return data.erase(voter);
                }
                return ideas.votes.cast(member(voter), idea, Choice.FOR).idea();
            });
            assertThat(data.erase(voter)).isZero();
            assertThat(ideas.tally(idea)).isEqualTo(new Tally(1, 0, 0));
            assertThat(data.export(voter)).isEmpty();
        }
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
