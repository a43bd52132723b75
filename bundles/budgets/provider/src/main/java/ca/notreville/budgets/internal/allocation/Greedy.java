// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import ca.notreville.budgets.api.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The projects with the most votes that fit: from the most votes (or points) to the fewest, each is taken if the money that is left
 * pays for it, else passed over. Of equals the one that stands higher in the list comes first. This is the rule {@code greedy} of
 * Pabulib (https://pabulib.org/format, and its checker); with {@code skip} false it ends at the first that does not fit:
 * {@code greedy-no-skip}.
 */
public final class Greedy {

    /** By this cost Pabulib marks projects that were withdrawn: they are passed over, and do not end {@code greedy-no-skip}. */
    static final long WITHDRAWN = 99_999_999_900L;

    private Greedy() {}

    public static List<Outcome> allocate(Election election, boolean skip) {
        List<Outcome> outcomes = new ArrayList<>();
        decide(
                election,
                byScore(
                        election,
                        IntStream.range(0, election.costs().size()).boxed().toList()),
                skip,
                election.money(),
                Reason.CHOSEN,
                outcomes);
        return outcomes;
    }

    /** Most first; equals in the order of the list. */
    static List<Integer> byScore(Election election, List<Integer> projects) {
        long[] scores = election.scores();
        return projects.stream()
                .sorted((a, b) -> scores[a] == scores[b] ? Integer.compare(a, b) : Long.compare(scores[b], scores[a]))
                .toList();
    }

    static void decide(
            Election election, List<Integer> order, boolean skip, long money, Reason chosen, List<Outcome> outcomes) {
        long[] votes = election.votes();
        long[] points = election.points();
        long[] scores = election.scores();
        long left = money;
        boolean over = false;
        for (int project : order) {
            long cost = election.costs().get(project);
            Reason reason;
            if (scores[project] < election.minimum()) {
                reason = Reason.BELOW_MINIMUM;
            } else if (over) {
                reason = Reason.AFTER_THE_END;
            } else if (cost <= left) {
                reason = chosen;
            } else {
                reason = cost > election.money() ? Reason.DEARER_THAN_ALL : Reason.DEARER_THAN_LEFT;
                over = !skip && cost != WITHDRAWN;
            }
            outcomes.add(
                    new Outcome(project, reason, outcomes.size() + 1, votes[project], points[project], left, 0, null));
            if (reason == chosen) {
                left -= cost;
            }
        }
    }
}
