// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is decided: a sum of money, projects in the order of their list, and ballots. Ballots that say the same are one group, which
 * is how exact arithmetic stays quick with many voters.
 *
 * @param money in cents
 * @param costs in cents, by the number of the project in the list, from 0
 * @param pointed whether projects are ranked by points rather than by votes
 * @param minimum votes or points (see {@link #POINT}) that a project must reach, 0 for none
 */
public record Election(long money, List<Long> costs, List<Group> groups, boolean pointed, long minimum) {

    /** Points are counted in thousandths, so that half a point is exact too. */
    public static final long POINT = 1_000;

    public Election {
        costs = List.copyOf(costs);
        groups = List.copyOf(groups);
    }

    /**
     * Ballots that say the same.
     *
     * @param projects that they name, each once
     * @param points they give to each of these, in thousandths; not read where votes count
     * @param voters how many
     */
    @SuppressWarnings("ArrayRecordComponent") // never handed on, and small
    public record Group(int[] projects, long[] points, long voters) {}

    /** Gathers ballots. */
    public static final class Builder {
        private final Map<List<Long>, Long> counts = new HashMap<>();
        private final List<List<Long>> order = new ArrayList<>();

        /**
         * One ballot.
         *
         * @param projects numbers of the projects it names, each once
         * @param points for each of them, in thousandths
         * @param strength as how many voters it counts
         */
        public Builder add(int[] projects, long[] points, long strength) {
            List<Long> key = new ArrayList<>(projects.length * 2);
            Integer[] sorted = new Integer[projects.length];
            Arrays.setAll(sorted, i -> i);
            Arrays.sort(sorted, (a, b) -> Integer.compare(projects[a], projects[b]));
            for (int i : sorted) {
                key.add((long) projects[i]);
                key.add(points[i]);
            }
            if (counts.merge(key, strength, Long::sum) == strength) {
                order.add(key);
            }
            return this;
        }

        public Election build(long money, List<Long> costs, boolean pointed, long minimum) {
            List<Group> groups = new ArrayList<>();
            for (List<Long> key : order) {
                int size = key.size() / 2;
                int[] projects = new int[size];
                long[] points = new long[size];
                for (int i = 0; i < size; i++) {
                    projects[i] = Math.toIntExact(key.get(2 * i));
                    points[i] = key.get(2 * i + 1);
                }
                groups.add(new Group(projects, points, counts.getOrDefault(key, 0L)));
            }
            return new Election(money, costs, groups, pointed, minimum);
        }
    }

    public long voters() {
        return groups.stream().mapToLong(Group::voters).sum();
    }

    /** How many ballots name each project. */
    public long[] votes() {
        long[] votes = new long[costs.size()];
        for (Group group : groups) {
            for (int project : group.projects) {
                votes[project] += group.voters;
            }
        }
        return votes;
    }

    /** The points of each project together, in thousandths. */
    public long[] points() {
        long[] points = new long[costs.size()];
        for (Group group : groups) {
            for (int i = 0; i < group.projects.length; i++) {
                points[group.projects[i]] += group.points[i] * group.voters;
            }
        }
        return points;
    }

    /** What projects are ranked by. */
    long[] scores() {
        return pointed ? points() : votes();
    }
}
