// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.ideas.api.VotingRule.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** What rules share. */
final class Counting {

    private Counting() {}

    /** How often each value was given to each option, by its number less 1. */
    static List<SortedMap<Integer, Long>> said(int options, Map<Map<Integer, Integer>, Long> ballots) {
        List<SortedMap<Integer, Long>> said = new ArrayList<>();
        for (int i = 0; i < options; i++) {
            said.add(new TreeMap<>());
        }
        ballots.forEach((ballot, times) -> ballot.forEach((option, value) -> {
            if (option <= options) {
                said.get(option - 1).merge(value, times, Long::sum);
            }
        }));
        return said;
    }

    /** By their scores, the greatest first; equal scores have one place. */
    static List<Standing> byScore(List<SortedMap<Integer, Long>> said, ToLongFunction<SortedMap<Integer, Long>> score) {
        List<Standing> unplaced = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            SortedMap<Integer, Long> one = said.get(i);
            unplaced.add(new Standing(i + 1, 0, score.applyAsLong(one), Optional.empty(), one));
        }
        return placed(unplaced, Comparator.comparingLong(Standing::score).reversed());
    }

    /** @param order the best first; what it does not part has one place, and comes in the order of the options */
    static List<Standing> placed(List<Standing> unplaced, Comparator<Standing> order) {
        List<Standing> sorted = unplaced.stream()
                .sorted(order.thenComparingInt(Standing::option))
                .toList();
        List<Standing> placed = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            Standing one = sorted.get(i);
            int place = i > 0 && order.compare(sorted.get(i - 1), one) == 0
                    ? placed.get(i - 1).place()
                    : i + 1;
            placed.add(new Standing(one.option(), place, one.score(), one.grade(), one.said()));
        }
        return placed;
    }

    static long sum(Map<Integer, Long> said) {
        return said.entrySet().stream()
                .mapToLong(e -> e.getKey() * e.getValue())
                .sum();
    }

    static long votes(Map<Integer, Long> said) {
        return said.values().stream().mapToLong(Long::longValue).sum();
    }
}
