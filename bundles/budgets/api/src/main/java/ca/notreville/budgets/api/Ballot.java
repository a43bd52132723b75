// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.time.Instant;
import java.util.List;

/**
 * One member's ballot for one budget.
 *
 * @param marks in the order they were given: where projects are ranked, the best first
 * @param atCounter whether staff entered it for the member at the counter, or from paper
 */
public record Ballot(long budget, List<Mark> marks, Instant castAt, boolean atCounter) {

    public Ballot {
        marks = List.copyOf(marks);
    }

    /**
     * A project on a ballot.
     *
     * @param points whole points where points are dealt; not read, and 1, where they are not
     */
    public record Mark(long project, int points) {}
}
