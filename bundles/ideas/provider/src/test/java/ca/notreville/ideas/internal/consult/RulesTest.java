// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.ideas.api.VotingRule;
import ca.notreville.ideas.api.VotingRule.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulesTest {

    @Test
    void forAndAgainstIsWonByWhoHasMoreForThanAgainst() {
        List<Standing> standings = new ForAgainst().count(3, 0, Map.of(Map.of(1, 2, 2, 2), 3L, Map.of(1, 0, 3, 1), 2L));

        assertThat(standings).extracting(Standing::option).containsExactly(2, 1, 3);
        assertThat(standings).extracting(Standing::score).containsExactly(3L, 1L, 0L);
    }

    @Test
    void approvalCountsWhoNamedAnOptionAndAcceptsNoMoreThanItsLimit() {
        VotingRule approval = new Approval();

        assertThat(approval.accepts(Map.of(1, 1, 2, 1), 4, 2)).isTrue();
        assertThat(approval.accepts(Map.of(1, 1, 2, 1, 3, 1), 4, 2)).isFalse();
        List<Standing> standings = approval.count(4, 2, Map.of(Map.of(1, 1, 2, 1), 2L, Map.of(2, 1, 3, 1), 2L));
        assertThat(standings).extracting(Standing::option).containsExactly(2, 1, 3, 4);
        assertThat(standings).extracting(Standing::place).containsExactly(1, 2, 2, 4);
    }

    @Test
    void pointsAreDealtFreelyButNoMoreThanThereAre() {
        VotingRule points = new Points();

        assertThat(points.accepts(Map.of(1, 3, 2, 2), 3, 5)).isTrue();
        assertThat(points.accepts(Map.of(1, 3, 2, 3), 3, 5)).isFalse();
        assertThat(points.accepts(Map.of(1, 0), 3, 5)).isFalse();
        assertThat(points.count(2, 5, Map.of(Map.of(1, 5), 1L, Map.of(2, 3), 2L)))
                .extracting(Standing::option, Standing::score)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, 6L), org.assertj.core.groups.Tuple.tuple(1, 5L));
    }

    @Test
    void aRankingHasEachRankOnceAndWithoutGaps() {
        VotingRule ranking = new Ranking();

        assertThat(ranking.accepts(Map.of(4, 1, 2, 2), 5, 3)).isTrue();
        assertThat(ranking.accepts(Map.of(4, 1, 2, 1), 5, 3)).isFalse();
        assertThat(ranking.accepts(Map.of(4, 1, 2, 3), 5, 3)).isFalse();
        assertThat(ranking.accepts(Map.of(4, 2), 5, 3)).isFalse();
        assertThat(ranking.values(2, 3)).containsExactly(1, 2);
        assertThat(ranking.count(3, 3, Map.of(Map.of(1, 1, 2, 2, 3, 3), 2L, Map.of(2, 1, 3, 2), 3L)))
                .extracting(Standing::score)
                .containsExactly(13L, 8L, 6L);
    }

    /** The lower of two middle grades: with excellent and passable it is passable. */
    @Test
    void theGradeOfAnOptionIsTheLowerMiddleOne() {
        List<Standing> standings = new Judgment().count(2, 0, Map.of(Map.of(1, 5, 2, 3), 1L, Map.of(1, 2, 2, 3), 1L));

        assertThat(standings).extracting(Standing::option).containsExactly(2, 1);
        assertThat(standings).extracting(Standing::grade).containsExactly(Optional.of(3), Optional.of(2));
    }

    @Test
    void whoSaysNothingOfAnOptionRejectsIt() {
        List<Standing> standings = new Judgment().count(2, 0, Map.of(Map.of(1, 5), 3L, Map.of(2, 5), 2L));

        assertThat(standings.get(0).option()).isEqualTo(1);
        assertThat(standings.get(1).grade()).contains(0);
        assertThat(standings.get(1).said()).isEqualTo(Map.of(0, 3L, 5, 2L));
    }

    /** Taking away a middle grade at a time is the definition; what is counted takes away many at once. */
    @Test
    void optionsWithOneGradeAreInTheOrderOfTheirMajorityValues() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            int voters = 1 + random.nextInt(12);
            List<List<Integer>> grades = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            Map<Map<Integer, Integer>, Long> ballots = new HashMap<>();
            for (int i = 0; i < voters; i++) {
                Map<Integer, Integer> ballot = new HashMap<>();
                for (int option = 1; option <= 3; option++) {
                    int grade = random.nextInt(3);
                    ballot.put(option, grade);
                    grades.get(option - 1).add(grade);
                }
                ballots.merge(ballot, 1L, Long::sum);
            }

            List<Standing> standings = new Judgment().count(3, 0, ballots);

            for (int i = 1; i < 3; i++) {
                Standing better = standings.get(i - 1);
                Standing worse = standings.get(i);
                int order = compare(
                        majorityValue(grades.get(better.option() - 1)), majorityValue(grades.get(worse.option() - 1)));
                assertThat(order).isGreaterThanOrEqualTo(0);
                assertThat(better.place() == worse.place()).isEqualTo(order == 0);
            }
        }
    }

    private static List<Integer> majorityValue(List<Integer> grades) {
        List<Integer> left = new ArrayList<>(grades.stream().sorted().toList());
        List<Integer> value = new ArrayList<>();
        while (!left.isEmpty()) {
            value.add(left.remove((left.size() - 1) / 2));
        }
        return value;
    }

    private static int compare(List<Integer> a, List<Integer> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = Integer.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Test
    void amongAMillionBallotsJudgmentIsCountedAtOnce() {
        assertThat(new Judgment().count(2, 0, Map.of(Map.of(1, 5, 2, 5), 600_000L, Map.of(1, 0, 2, 1), 400_000L)))
                .extracting(Standing::option)
                .containsExactly(2, 1);
    }

    @Test
    void withoutBallotsAllOptionsHaveOnePlace() {
        for (VotingRule rule : List.of(new ForAgainst(), new Approval(), new Points(), new Ranking(), new Judgment())) {
            assertThat(rule.count(3, 2, Map.of())).extracting(Standing::place).containsExactly(1, 1, 1);
            assertThat(rule.id().length()).isLessThanOrEqualTo(VotingRule.MAX_ID);
        }
    }

    @Test
    void aBallotIsWrittenDownInTheOrderOfItsOptionsAndReadAgain() {
        assertThat(Content.of(Map.of(10, 1, 2, 5))).isEqualTo("2=5,10=1");
        assertThat(Content.values("2=5,10=1")).isEqualTo(Map.of(2, 5, 10, 1));
    }
}
