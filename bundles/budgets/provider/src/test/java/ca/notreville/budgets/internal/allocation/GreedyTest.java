// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.budgets.api.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class GreedyTest {

    @Test
    void projectsWithTheMostVotesAreTakenAndWhatDoesNotFitIsPassedOver() {
        Election election =
                election(100, 0, List.of(70L, 60L, 30L, 200L), new int[][] {{0, 1}, {0, 3}, {1, 2}, {0}, {3}});

        assertThat(Greedy.allocate(election, true))
                .extracting(Outcome::project, Outcome::reason, Outcome::votes, Outcome::left)
                .containsExactly(
                        tuple(0, Reason.CHOSEN, 3L, 100L),
                        tuple(1, Reason.DEARER_THAN_LEFT, 2L, 30L),
                        tuple(3, Reason.DEARER_THAN_ALL, 2L, 30L),
                        tuple(2, Reason.CHOSEN, 1L, 30L));
    }

    @Test
    void withoutSkippingTheFirstThatDoesNotFitEndsIt() {
        Election election = election(100, 0, List.of(70L, 60L, 30L), new int[][] {{0, 1}, {0}, {1, 2}, {0}});

        assertThat(Greedy.allocate(election, false))
                .extracting(Outcome::project, Outcome::reason)
                .containsExactly(
                        tuple(0, Reason.CHOSEN), tuple(1, Reason.DEARER_THAN_LEFT), tuple(2, Reason.AFTER_THE_END));
    }

    @Test
    void aProjectThatWasWithdrawnByItsCostEndsNothing() {
        Election election =
                election(100, 0, List.of(Greedy.WITHDRAWN, 60L, 30L), new int[][] {{0, 1}, {0}, {1, 2}, {0}});

        assertThat(Greedy.allocate(election, false))
                .extracting(Outcome::project, Outcome::reason)
                .containsExactly(tuple(0, Reason.DEARER_THAN_ALL), tuple(1, Reason.CHOSEN), tuple(2, Reason.CHOSEN));
    }

    @Test
    void ofEqualsTheOneHigherInTheListComesFirst() {
        Election election = election(50, 0, List.of(50L, 40L), new int[][] {{1}, {0}});

        assertThat(Greedy.allocate(election, true))
                .extracting(Outcome::project, Outcome::reason)
                .containsExactly(tuple(0, Reason.CHOSEN), tuple(1, Reason.DEARER_THAN_LEFT));
    }

    @Test
    void aProjectBelowThePublishedMinimumGetsNothing() {
        Election election = election(100, 2, List.of(10L, 10L), new int[][] {{0, 1}, {0}});

        assertThat(Greedy.allocate(election, true))
                .extracting(Outcome::project, Outcome::reason)
                .containsExactly(tuple(0, Reason.CHOSEN), tuple(1, Reason.BELOW_MINIMUM));
    }

    static Election election(long money, long minimum, List<Long> costs, int[][] ballots) {
        Election.Builder builder = new Election.Builder();
        for (int[] ballot : ballots) {
            builder.add(ballot, new long[ballot.length], 1);
        }
        return builder.build(money, costs, false, minimum);
    }
}
