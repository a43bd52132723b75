// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.budgets.api.Reason;
import ca.notreville.budgets.internal.allocation.EqualShares.Completion;
import ca.notreville.budgets.internal.allocation.EqualShares.Utility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EqualSharesTest {

    @Test
    void aMinorityGetsItsShareWhereMostVotesWouldGiveItNothing() {
        // six of ten want the first three, four want the last two: by most votes, the six get everything
        int[][] ballots = new int[10][];
        for (int i = 0; i < 10; i++) {
            ballots[i] = i < 6 ? new int[] {0, 1, 2} : new int[] {3, 4};
        }
        Election election =
                GreedyTest.election(100_000, 0, List.of(30_000L, 30_000L, 30_000L, 20_000L, 20_000L), ballots);

        assertThat(chosen(Greedy.allocate(election, true))).containsExactly(0, 1, 2);
        assertThat(chosen(EqualShares.allocate(election, Utility.COST, Completion.NONE)))
                .containsExactly(0, 1, 3, 4);
    }

    @Test
    void theExplanationTellsPriceBackingAndWhatWasLeft() {
        // 3 voters with 100 each; the first project costs two of them 75 each, the second finds 25 + 100 for 130
        Election election = GreedyTest.election(300, 0, List.of(150L, 130L), new int[][] {{0}, {0, 1}, {1}});

        List<Outcome> outcomes = EqualShares.allocate(election, Utility.COST, Completion.NONE);

        assertThat(outcomes)
                .extracting(
                        Outcome::project,
                        Outcome::reason,
                        Outcome::step,
                        Outcome::left,
                        Outcome::backing,
                        Outcome::price)
                .containsExactly(
                        tuple(1, Reason.CHOSEN, 1, 300L, 200L, Fraction.of(65)),
                        tuple(0, Reason.BACKERS_SHORT, 2, 170L, 135L, null));
        assertThat(EqualShares.allocate(election, Utility.COST, Completion.ADD1_THEN_MOST_VOTES))
                .extracting(Outcome::project, Outcome::reason)
                .containsExactly(tuple(1, Reason.CHOSEN), tuple(0, Reason.CHOSEN));
    }

    @Test
    void whoCannotPayTheirPartPaysWhatTheyHaveAndTheOthersPayTheRest() {
        // after the first project its two backers have 50 left; of the second's 180 the third pays 80 and they pay 50
        // each
        Election election = GreedyTest.election(300, 0, List.of(100L, 180L), new int[][] {{0, 1}, {0, 1}, {1}});

        assertThat(EqualShares.allocate(election, Utility.ONE, Completion.NONE))
                .extracting(Outcome::project, Outcome::reason, Outcome::price)
                .containsExactly(tuple(0, Reason.CHOSEN, Fraction.of(50)), tuple(1, Reason.CHOSEN, Fraction.of(80)));
    }

    @Test
    void equalPricesGoToTheCheaperThenToMoreVotesThenToTheHigherInTheList() {
        Election cheaper = GreedyTest.election(80, 0, List.of(40L, 30L), new int[][] {{0, 1}, {0, 1}});
        assertThat(EqualShares.allocate(cheaper, Utility.COST, Completion.NONE)
                        .get(0)
                        .project())
                .isEqualTo(1);

        Election higher = GreedyTest.election(80, 0, List.of(40L, 40L), new int[][] {{0, 1}, {0, 1}});
        assertThat(EqualShares.allocate(higher, Utility.COST, Completion.NONE)
                        .get(0)
                        .project())
                .isZero();
    }

    @Test
    void pointsAreWorthWhatTheyAre() {
        Election.Builder builder = new Election.Builder();
        builder.add(new int[] {0, 1}, new long[] {1_000, 3_000}, 1);
        builder.add(new int[] {0, 1}, new long[] {1_000, 3_000}, 1);
        Election election = builder.build(100, List.of(60L, 90L), true, 0);

        assertThat(EqualShares.allocate(election, Utility.COST, Completion.NONE))
                .extracting(Outcome::project, Outcome::reason, Outcome::points)
                .containsExactly(tuple(1, Reason.CHOSEN, 6_000L), tuple(0, Reason.BACKERS_SHORT, 2_000L));
    }

    @Test
    void nothingIsEverSpentThatIsNotThereAndGroupsChangeNothing() {
        Random random = new Random(20_261_124);
        for (int round = 0; round < 120; round++) {
            int projects = 1 + random.nextInt(8);
            List<Long> costs = new ArrayList<>();
            for (int i = 0; i < projects; i++) {
                costs.add((1 + random.nextInt(20)) * 100L);
            }
            int[][] ballots = new int[1 + random.nextInt(12)][];
            for (int i = 0; i < ballots.length; i++) {
                ballots[i] = random.ints(0, projects)
                        .distinct()
                        .limit(1 + random.nextInt(projects))
                        .toArray();
            }
            long money = (1 + random.nextInt(40)) * 100L;
            Election election = GreedyTest.election(money, 0, costs, ballots);
            for (Utility utility : Utility.values()) {
                List<Outcome> once = EqualShares.allocate(election, utility, Completion.NONE);
                assertThat(chosen(once))
                        .as("%s %s %s", money, costs, utility)
                        .isEqualTo(plainly(money, costs, ballots, utility));
                for (Completion completion : Completion.values()) {
                    List<Outcome> outcomes = EqualShares.allocate(election, utility, completion);
                    assertThat(chosen(outcomes).stream().mapToLong(costs::get).sum())
                            .isLessThanOrEqualTo(money);
                    assertThat(outcomes)
                            .extracting(Outcome::project)
                            .doesNotHaveDuplicates()
                            .hasSize(projects);
                }
            }
        }
    }

    /** The definition word by word, voter by voter, with nothing but exact fractions. */
    private static Set<Integer> plainly(long money, List<Long> costs, int[][] ballots, Utility utility) {
        Fraction[] purses = new Fraction[ballots.length];
        java.util.Arrays.fill(purses, Fraction.of(money, ballots.length));
        Set<Integer> bought = new TreeSet<>();
        while (true) {
            Fraction best = null;
            int winner = -1;
            for (int p = 0; p < costs.size(); p++) {
                Fraction price = bought.contains(p) || costs.get(p) > money
                        ? null
                        : price(p, costs.get(p), ballots, purses, utility);
                if (price != null
                        && (best == null
                                || price.compareTo(best) < 0
                                || price.compareTo(best) == 0 && before(p, winner, costs, ballots))) {
                    best = price;
                    winner = p;
                }
            }
            if (best == null) {
                return bought;
            }
            bought.add(winner);
            for (int v = 0; v < purses.length; v++) {
                if (names(ballots[v], winner)) {
                    Fraction part = best.times(utility == Utility.COST ? costs.get(winner) : 1);
                    purses[v] = part.compareTo(purses[v]) > 0 ? Fraction.ZERO : purses[v].minus(part);
                }
            }
        }
    }

    private static boolean before(int a, int b, List<Long> costs, int[][] ballots) {
        int byCost = Long.compare(costs.get(a), costs.get(b));
        long votesA = java.util.Arrays.stream(ballots)
                .filter(ballot -> names(ballot, a))
                .count();
        long votesB = java.util.Arrays.stream(ballots)
                .filter(ballot -> names(ballot, b))
                .count();
        return byCost != 0 ? byCost < 0 : votesA != votesB ? votesA > votesB : a < b;
    }

    private static @Nullable Fraction price(
            int project, long cost, int[][] ballots, Fraction[] purses, Utility utility) {
        List<Fraction> backing = new ArrayList<>();
        for (int v = 0; v < purses.length; v++) {
            if (names(ballots[v], project)) {
                backing.add(purses[v]);
            }
        }
        backing.sort(Comparator.naturalOrder());
        Fraction left = Fraction.of(cost);
        for (int i = 0; i < backing.size(); i++) {
            Fraction part = left.over(backing.size() - i);
            if (part.compareTo(backing.get(i)) <= 0) {
                return utility == Utility.COST ? part.over(cost) : part;
            }
            left = left.minus(backing.get(i));
        }
        return null;
    }

    private static boolean names(int[] ballot, int project) {
        return java.util.Arrays.stream(ballot).anyMatch(p -> p == project);
    }

    private static Set<Integer> chosen(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.reason().chosen())
                .map(Outcome::project)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
