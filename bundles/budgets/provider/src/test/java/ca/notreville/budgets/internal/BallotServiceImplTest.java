// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import static ca.notreville.budgets.internal.BudgetsFixture.STAFF;
import static ca.notreville.budgets.internal.BudgetsFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.Ballot.Mark;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.api.Reason;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Result.Verdict;
import ca.notreville.budgets.api.Rule;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.MemberColumns;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class BallotServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("budgets");

    private BudgetsFixture town;

    @BeforeEach
    void start() throws Exception {
        town = new BudgetsFixture(database);
    }

    private Budget open(String ballot, String rule, String... costs) {
        Budget budget = town.announced(ballot, rule, costs);
        town.clock.advance(Duration.ofDays(2));
        return budget;
    }

    private long stored(Budget budget) {
        return database.number("select count(*) from budgets_ballot where budget_id = " + budget.id());
    }

    private long counted(Budget budget) {
        return town.budgets.get(STAFF, budget.id()).ballots();
    }

    @Test
    void aBallotIsOneCanBeChangedAndTakenBack() {
        Budget budget = open("approval", "most-votes", "100", "200", "300");
        List<Long> p = town.projects(budget);

        town.cast(1, budget, p.get(0), p.get(2));
        Ballot changed = town.cast(1, budget, p.get(1));
        assertThat(town.ballots.find(member(1), budget.id())).contains(changed);
        assertThat(changed.marks()).containsExactly(new Mark(p.get(1), 1));
        assertThat(stored(budget)).isEqualTo(1).isEqualTo(counted(budget));

        town.ballots.withdraw(member(1), budget.id());
        town.ballots.withdraw(member(1), budget.id());
        assertThat(town.ballots.find(member(1), budget.id())).isEmpty();
        assertThat(stored(budget)).isZero();
        assertThat(counted(budget)).isZero();
    }

    @Test
    void whatDoesNotFitTheBallotIsRefusedWithTheReason() {
        Budget ticks = open("approval", "most-votes", "100", "200", "300", "400");
        List<Long> p = town.projects(ticks);
        assertThat(errors(ticks, List.of())).containsExactly(tuple("projects", "budgets.too-few"));
        assertThat(errors(ticks, p.stream().map(id -> new Mark(id, 1)).toList()))
                .containsExactly(tuple("projects", "budgets.too-many"));
        assertThat(errors(ticks, List.of(new Mark(p.get(0), 1), new Mark(p.get(0), 1))))
                .containsExactly(tuple("projects", "budgets.named-twice"));
        assertThat(errors(ticks, List.of(new Mark(42, 1)))).containsExactly(tuple("projects", "budgets.unknown"));

        Budget basket = new BudgetsOf("knapsack").open("600", "500");
        List<Long> k = town.projects(basket);
        assertThat(errors(basket, List.of(new Mark(k.get(0), 1), new Mark(k.get(1), 1))))
                .containsExactly(tuple("projects", "budgets.too-dear"));

        Budget points = new BudgetsOf("points").open("600", "500");
        List<Long> d = town.projects(points);
        assertThat(errors(points, List.of(new Mark(d.get(0), 6), new Mark(d.get(1), 5))))
                .containsExactly(tuple("points", "budgets.points-sum"));
        assertThat(errors(points, List.of(new Mark(d.get(0), 0))))
                .containsExactly(tuple("points", "budgets.points-range"));
        assertThat(stored(ticks) + stored(basket) + stored(points)).isZero();
    }

    /** A budget that is open now: the clock has moved already. */
    private final class BudgetsOf {
        private final String ballot;

        BudgetsOf(String ballot) {
            this.ballot = ballot;
        }

        Budget open(String... costs) {
            town.clock.advance(Duration.ofDays(-2));
            return BallotServiceImplTest.this.open(ballot, "most-votes", costs);
        }
    }

    private List<org.assertj.core.groups.Tuple> errors(Budget budget, List<Mark> marks) {
        try {
            town.ballots.cast(member(1), budget.id(), marks);
            return List.of();
        } catch (InvalidException e) {
            return e.errors().stream()
                    .map((FieldError error) -> tuple(error.field(), error.code()))
                    .toList();
        }
    }

    @Test
    void ballotsAreTakenFromTheFirstMomentToTheLastAndNotBeforeOrAfter() {
        Budget budget = town.announced("approval", "most-votes", "100");
        Long project = town.projects(budget).get(0);

        assertThatThrownBy(() -> town.cast(1, budget, project))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("budgets.not-open");
        town.clock.advance(Duration.between(town.clock.instant(), budget.opensAt()));
        town.cast(1, budget, project);
        town.clock.advance(
                Duration.between(town.clock.instant(), budget.closesAt()).minusMillis(1));
        town.cast(2, budget, project);
        town.clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(() -> town.cast(3, budget, project))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("budgets.closed");
        assertThatThrownBy(() -> town.ballots.withdraw(member(1), budget.id())).isInstanceOf(ConflictException.class);
        assertThat(counted(budget)).isEqualTo(2);
    }

    @Test
    void aVisitorMustSignInAndADraftIsNotThere() {
        Budget budget = open("approval", "most-votes", "100");
        Mark mark = new Mark(town.projects(budget).get(0), 1);
        assertThatThrownBy(() -> town.ballots.cast(Caller.visitor(Locale.FRENCH), budget.id(), List.of(mark)))
                .isInstanceOf(UnauthenticatedException.class);
        town.clock.advance(Duration.ofDays(-2));
        Budget draft = town.budgets.create(STAFF, BudgetsFixture.draft("approval", "most-votes"));
        town.clock.advance(Duration.ofDays(2));
        assertThatThrownBy(() -> town.ballots.cast(member(1), draft.id(), List.of(mark)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void oneMembersBallotsAtOnceAreOneAndManyMembersAreAllCounted() {
        Budget budget = open("approval", "most-votes", "100", "200");
        List<Long> p = town.projects(budget);

        AtOnce.run(20, i -> town.cast(1, budget, p.get(i % 2)));
        AtOnce.run(40, i -> town.cast(100 + i, budget, p.get(0)));

        assertThat(stored(budget)).isEqualTo(41).isEqualTo(counted(budget));
    }

    @Test
    void aBallotThatRacesWithTheCountingIsCountedOrRefusedAndNeverLost() {
        for (int round = 0; round < 12; round++) {
            Budget budget = open("approval", "most-votes", "100");
            Long project = town.projects(budget).get(0);
            town.clock.advance(
                    Duration.between(town.clock.instant(), budget.closesAt()).minusMillis(1));

            List<Boolean> taken = AtOnce.run(9, i -> {
                if (i == 4) {
                    town.clock.advance(Duration.ofMillis(1));
                    town.counting.decide(budget.id());
                    return false;
                }
                try {
                    town.cast(i + 1, budget, project);
                    return true;
                } catch (ConflictException e) {
                    return false;
                }
            });

            town.counting.decide(budget.id());
            Result result = town.budgets.result(STAFF, budget.id(), null).orElseThrow();
            assertThat(result.verdicts().get(0).votes())
                    .isEqualTo(taken.stream().filter(t -> t).count())
                    .isEqualTo(stored(budget));
            town.clock.advance(
                    Duration.between(town.clock.instant(), budget.opensAt().minus(Duration.ofDays(1))));
        }
    }

    @Test
    void countingAtOnceGivesOneResultByTheRuleAndTheOthersForComparison() {
        Budget budget = open("approval", "most-votes", "600", "500", "300");
        List<Long> p = town.projects(budget);
        town.cast(1, budget, p.get(0));
        town.cast(2, budget, p.get(0), p.get(1));
        town.cast(3, budget, p.get(0), p.get(1));
        town.cast(4, budget, p.get(2));
        assertThat(town.budgets.result(STAFF, budget.id(), null))
                .as("hidden until the end")
                .isEmpty();
        town.clock.advance(Duration.ofDays(8));

        AtOnce.run(4, i -> {
            town.counting.decide(budget.id());
            town.counting.compare(budget.id());
            return i;
        });

        Result result = town.budgets.result(member(9), budget.id(), null).orElseThrow();
        assertThat(result.binding()).isTrue();
        assertThat(result.spent()).isEqualTo(90_000);
        assertThat(result.verdicts())
                .extracting(Verdict::project, Verdict::reason, Verdict::votes, Verdict::left)
                .containsExactly(
                        tuple(p.get(0), Reason.CHOSEN, 3L, 100_000L),
                        tuple(p.get(1), Reason.DEARER_THAN_LEFT, 2L, 40_000L),
                        tuple(p.get(2), Reason.CHOSEN, 1L, 40_000L));
        assertThat(town.budgets.result(member(9), budget.id(), Rule.EQUAL_SHARES))
                .hasValueSatisfying(other -> {
                    assertThat(other.binding()).isFalse();
                    assertThat(other.verdicts()).hasSize(3);
                });
        assertThat(town.budgets.get(member(9), budget.id()).phase()).isEqualTo(Phase.DECIDED);
        assertThat(town.audited.stream().filter("budgets.decide"::equals)).hasSize(1);
    }

    @Test
    void aRankingGivesPointsByPlaceAndPointsAreCountedAsDealt() {
        Budget ranking = open("ranking", "most-votes", "600", "500", "300");
        List<Long> p = town.projects(ranking);
        town.cast(1, ranking, p.get(2), p.get(0));
        town.cast(2, ranking, p.get(1), p.get(0), p.get(2));
        Budget points = new BudgetsOf("points").open("600", "500");
        List<Long> d = town.projects(points);
        town.ballots.cast(member(1), points.id(), List.of(new Mark(d.get(0), 3), new Mark(d.get(1), 7)));
        town.clock.advance(Duration.ofDays(8));
        town.counting.decide(ranking.id());
        town.counting.decide(points.id());

        assertThat(points(ranking))
                .containsExactlyInAnyOrder(tuple(p.get(0), 3_000L), tuple(p.get(1), 3_000L), tuple(p.get(2), 3_000L));
        assertThat(points(points)).containsExactly(tuple(d.get(1), 7_000L), tuple(d.get(0), 3_000L));
    }

    private List<org.assertj.core.groups.Tuple> points(Budget budget) {
        List<org.assertj.core.groups.Tuple> points = new ArrayList<>();
        town.budgets
                .result(STAFF, budget.id(), null)
                .orElseThrow()
                .verdicts()
                .forEach(verdict -> points.add(tuple(verdict.project(), verdict.points())));
        return points;
    }

    @Test
    void ballotsStayWithoutTheMemberAndCannotBePutTogetherAgain() {
        Budget one = open("approval", "most-votes", "100");
        Budget two = new BudgetsOf("approval").open("100");
        BudgetsPersonalData data = new BudgetsPersonalData(database.dataSource(), town.ids);
        town.cast(61, one, town.projects(one).get(0));
        town.cast(61, two, town.projects(two).get(0));
        assertThat(data.export(61).get("budgets_ballot.member_id")).hasSize(2);

        assertThat(data.erase(61)).isZero();
        assertThat(data.erase(61)).isZero();

        assertThat(data.export(61)).isEmpty();
        assertThat(stored(one) + stored(two)).isEqualTo(2);
        assertThat(database.number("select count(distinct member_id) from budgets_ballot where member_id < 0 and"
                        + " budget_id in (" + one.id() + ", " + two.id() + ")"))
                .isEqualTo(2);
        assertThat(BudgetsPersonalData.COLUMNS.names())
                .containsExactlyInAnyOrderElementsOf(MemberColumns.of(database, "budgets"));
    }
}
