// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.notify.News;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.Merge;
import ca.notreville.ideas.api.MergeDraft;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.api.Step;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.api.Vote;
import ca.notreville.ideas.internal.jpa.VoteTable;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class MergeTest {

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
    void everybodysVoteCountsOnceAndOfThoseWhoVotedOnBothTheOneOnTheTargetStays() {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        town.vote(source, Choice.FOR, 1, 2, 3);
        town.vote(source, Choice.AGAINST, 4);
        town.vote(target, Choice.AGAINST, 3);
        town.vote(target, Choice.FOR, 5);
        Vote before = town.ideas.votes.find(LifeFixture.member(1), source).orElseThrow();

        Life life = town.merge(source, target);

        assertThat(town.ideas.tally(source)).isEqualTo(Tally.NONE);
        assertThat(town.ideas.tally(target)).isEqualTo(new Tally(3, 0, 2));
        assertThat(town.ideas.votes.find(LifeFixture.member(1), target))
                .map(Vote::receipt)
                .contains(before.receipt());
        assertThat(town.ideas.votes.find(LifeFixture.member(3), target))
                .map(Vote::choice)
                .contains(Choice.AGAINST);
        assertThat(life.state()).isEqualTo(IdeaState.MERGED);
        assertThat(life.into())
                .extracting(Merge::target, Merge::targetTitle, Merge::moved, Merge::both, Merge::text)
                .containsExactly(target, "Des bancs au quai", 3, 1, "La même idée.");
        assertThat(town.life.get(LifeFixture.AUTHOR, target).merges())
                .extracting(Merge::sourceTitle, Merge::moved, Merge::stands)
                .containsExactly(tuple("Un banc près du quai", 3, true));
        assertThat(code(() -> town.vote(source, Choice.FOR, 9))).isEqualTo("ideas.merged");
        assertThat(town.news)
                .extracting(News::message, News::path, News::addressed)
                .containsExactly(tuple("ideas.news.merged", "/ideas/" + target, Set.of(7L)));
        assertThat(new IdeaVoters(database.dataSource()).members(source, 0, 500))
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(new IdeaVoters(database.dataSource()).members(source, 1, 2)).containsExactly(2L, 3L);
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        return catchThrowableOfType(ConflictException.class, act).code();
    }

    @Test
    void partingThemGivesBackEveryVoteAsItWasAndLeavesThoseThatWereCastMeanwhile() {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        town.vote(source, Choice.FOR, 1, 2, 3);
        town.vote(source, Choice.NEUTRAL, 4, 5);
        town.vote(target, Choice.AGAINST, 3, 6);
        List<String> before = rows(source);
        List<String> there = rows(target);
        town.ideas.clock.advance(Duration.ofHours(1));
        town.merge(source, target);
        town.ideas.clock.advance(Duration.ofHours(1));
        town.vote(target, Choice.FOR, 8);
        town.vote(target, Choice.AGAINST, 2);
        town.vote(target, Choice.FOR, 4);

        Life life = town.part(source);

        // the receipts of the second and the fourth lead to what they said on the other idea: here they have new ones
        assertThat(withoutReceipts(rows(source))).isEqualTo(withoutReceipts(before));
        assertThat(rows(target)).containsAll(there).hasSize(there.size() + 3);
        assertThat(town.ideas.tally(target)).isEqualTo(new Tally(2, 0, 3));
        assertThat(town.ideas.tally(source)).isEqualTo(new Tally(3, 2, 0));
        assertThat(life.state()).isEqualTo(IdeaState.PUBLISHED);
        assertThat(life.into()).isNull();
        assertThat(life.merges()).extracting(Merge::stands).containsExactly(false);
        assertThat(life.steps())
                .extracting(Step::to)
                .containsExactly(IdeaState.PUBLISHED, IdeaState.MERGED, IdeaState.PUBLISHED);
        assertThat(database.number("select count(*) from ideas_merge_vote m join ideas_merge g on g.id = m.merge_id"
                        + " where g.source_id = " + source))
                .isZero();
        assertThat(database.number("select count(*) from ideas_listing where idea_id = " + source))
                .isEqualTo(1);
        town.vote(source, Choice.FOR, 9);
        assertThat(town.merge(source, target).into())
                .extracting(Merge::moved, Merge::both)
                .containsExactly(3, 3);
    }

    @Test
    void whoTookTheirVoteBackMeanwhileGetsNoneBack() {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        town.vote(source, Choice.FOR, 1, 2, 3);
        town.vote(target, Choice.FOR, 3);
        town.merge(source, target);
        town.ideas.votes.withdraw(LifeFixture.member(2), target);
        town.ideas.votes.withdraw(LifeFixture.member(3), target);

        town.part(source);

        assertThat(town.ideas.tally(source)).isEqualTo(new Tally(1, 0, 0));
        assertThat(town.ideas.tally(target)).isEqualTo(Tally.NONE);
    }

    private static List<String> withoutReceipts(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceFirst("^([24]) (\\w+) \\S+ ", "$1 $2 "))
                .toList();
    }

    /** The rows of an idea's votes, without the idea. */
    private static List<String> rows(long idea) {
        return Sql.read(database.dataSource(), connection -> {
            try (var select = connection.prepareStatement("select member_id, choice, receipt, cast_at, at_counter"
                    + " from ideas_vote where idea_id = ? order by member_id")) {
                select.setLong(1, idea);
                List<String> rows = new java.util.ArrayList<>();
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(row.getLong(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                                + row.getTimestamp(4) + " " + row.getInt(5));
                    }
                }
                return rows;
            }
        });
    }

    @Test
    void mergesOfMergesArePartedTheLastOneFirst() {
        long a = town.ideas.published("A");
        long b = town.ideas.published("B");
        long c = town.ideas.published("C");
        town.vote(a, Choice.FOR, 1, 2);
        town.vote(b, Choice.AGAINST, 2, 3);
        town.vote(c, Choice.NEUTRAL, 3, 4);
        List<String> ofA = rows(a);
        List<String> ofB = rows(b);
        List<String> ofC = rows(c);

        town.merge(a, b);
        town.merge(b, c);

        assertThat(town.ideas.tally(c)).isEqualTo(new Tally(1, 2, 1));
        assertThat(code(() -> town.part(a))).isEqualTo("ideas.merge-covered");
        town.part(b);
        town.part(a);
        assertThat(rows(a)).isEqualTo(ofA);
        assertThat(rows(b)).isEqualTo(ofB);
        assertThat(rows(c)).isEqualTo(ofC);
    }

    @Test
    void anIdeaGoesBackToReviewIfItCameFromThere() {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        town.review(source);
        town.merge(source, target);

        assertThat(town.life.get(LifeFixture.STAFF, source).possible()).containsExactly(IdeaState.UNDER_REVIEW);
        assertThat(code(() -> town.review(source))).isEqualTo("ideas.step-refused");
        assertThat(town.part(source).state()).isEqualTo(IdeaState.UNDER_REVIEW);
    }

    @Test
    void whatCannotBeUnitedIsRefusedWithAReason() {
        long source = town.ideas.published("Un banc près du quai");
        long answered = town.ideas.published("Des bancs au quai");
        town.review(answered);
        town.life.answer(LifeFixture.STAFF, answered, LifeFixture.accepted());

        assertThat(wrong(source, String.valueOf(source))).isEqualTo("ideas.merge-same");
        assertThat(wrong(source, "42")).isEqualTo("ideas.merge-unknown");
        assertThat(wrong(source, "x")).isEqualTo("ideas.merge-unknown");
        assertThat(wrong(source, "-3")).isEqualTo("ideas.merge-unknown");
        assertThat(wrong(source, null)).isEqualTo("required");
        assertThat(wrong(source, String.valueOf(answered))).isEqualTo("ideas.merge-closed");
        assertThat(code(() -> town.merge(answered, source))).isEqualTo("ideas.step-refused");
        assertThat(code(() -> town.part(source))).isEqualTo("ideas.moved-on");
        assertThatThrownBy(() -> town.life.merge(
                        LifeFixture.AUTHOR, source, new MergeDraft(String.valueOf(answered), null, null)))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.life.part(LifeFixture.AUTHOR, source, new MoveDraft(null, null, null)))
                .isInstanceOf(ForbiddenException.class);
        assertThat(town.life.get(LifeFixture.STAFF, source).merges()).isEmpty();
    }

    private String wrong(long source, @Nullable String into) {
        return catchThrowableOfType(
                        InvalidException.class,
                        () -> town.life.merge(LifeFixture.STAFF, source, new MergeDraft(into, null, null)))
                .errors()
                .get(0)
                .code();
    }

    @Test
    void whileIdeasAreUnitedAndPartedPeopleVoteAndNoVoteIsLostOrCountedTwice() throws Exception {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        AtomicInteger onSource = new AtomicInteger();
        AtOnce.run(9, i -> {
            if (i == 0) {
                for (int round = 0; round < 6; round++) {
                    town.merge(source, target);
                    town.part(source);
                }
                return 0;
            }
            for (int n = 0; n < 20; n++) {
                long member = i * 100L + n;
                try {
                    town.vote(source, Choice.FOR, member);
                    onSource.incrementAndGet();
                } catch (ConflictException e) {
                    assertThat(e.code()).isEqualTo("ideas.merged");
                }
                town.vote(target, Choice.AGAINST, member + 50);
            }
            return 0;
        });

        assertThat(town.ideas.tally(source)).isEqualTo(new Tally(onSource.get(), 0, 0));
        assertThat(town.ideas.tally(target)).isEqualTo(new Tally(0, 0, 8 * 20));
        VoteCheck check = new VoteCheck(database.dataSource(), town.ideas.tallies, Duration.ofMillis(1));
        assertThat(check.check().disagreements()).isEmpty();
    }

    @Test
    void ofTwoWhoUniteTwoIdeasCrosswiseOneIsHeard() {
        for (int round = 0; round < 6; round++) {
            long one = town.ideas.published("Un banc près du quai");
            long two = town.ideas.published("Des bancs au quai");
            List<String> came = AtOnce.run(2, i -> {
                try {
                    return town.merge(i == 0 ? one : two, i == 0 ? two : one)
                            .state()
                            .word();
                } catch (ConflictException | InvalidException e) {
                    return "refused";
                }
            });
            assertThat(came).containsExactlyInAnyOrder("merged", "refused");
        }
    }

    @Test
    void tenThousandVotesAreUnitedAndPartedExactly() {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        Sql.write(database.dataSource(), connection -> {
            for (long member = 1; member <= 10_000; member++) {
                VoteTable.insert(connection, source, member, row(member));
                if (member % 4 == 0) {
                    VoteTable.insert(connection, target, member, row(-member));
                }
            }
            return true;
        });

        assertThat(town.merge(source, target).into())
                .extracting(Merge::moved, Merge::both)
                .containsExactly(7_500, 2_500);
        assertThat(town.ideas.tally(target).total()).isEqualTo(10_000);
        town.part(source);
        assertThat(town.ideas.tally(target)).isEqualTo(new Tally(0, 0, 2_500));
        assertThat(town.ideas.tally(source)).isEqualTo(new Tally(10_000, 0, 0));
    }

    private static VoteTable.Row row(long number) {
        return new VoteTable.Row(number > 0 ? Choice.FOR : Choice.AGAINST, "R" + number, Instant.EPOCH, false);
    }

    @Test
    void whatALeavingMemberVotedIsPartedAgainWithoutTheMember() {
        long source = town.ideas.published("Un banc près du quai");
        long target = town.ideas.published("Des bancs au quai");
        long other = town.ideas.published("Encore des bancs");
        town.vote(source, Choice.FOR, 1, 2, 3);
        town.vote(target, Choice.FOR, 2, 3);
        town.merge(source, target);
        town.merge(target, other);
        town.ideas.votes.withdraw(LifeFixture.member(3), other);
        IdeasPersonalData data = new IdeasPersonalData(
                database.dataSource(), town.ideas.ids, Mockito.mock(Cards.class), Mockito.mock(Outbox.class));
        assertThat(data.export(2)).containsKey("ideas_merge_vote.member_id");

        for (long member = 1; member <= 3; member++) {
            assertThat(data.erase(member)).isZero();
            assertThat(data.export(member)).isEmpty();
        }
        town.part(target);
        town.part(source);

        assertThat(town.ideas.tally(source)).isEqualTo(new Tally(2, 0, 0));
        assertThat(town.ideas.tally(target)).isEqualTo(new Tally(1, 0, 0));
        assertThat(town.ideas.tally(other)).isEqualTo(Tally.NONE);
        assertThat(database.number("select count(distinct member_id) from ideas_vote where idea_id in (" + source + ", "
                        + target + ")"))
                .isEqualTo(3);
    }
}
