// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.util.List;

/**
 * Which projects get money by a rule, and why.
 *
 * @param binding whether this is the rule of the budget; any other is for comparison
 * @param spent in cents
 * @param verdicts in the order in which they were decided
 */
public record Result(long budget, Rule rule, boolean binding, long ballots, long spent, List<Verdict> verdicts) {

    public Result {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * What became of one project.
     *
     * @param step when it was decided, from 1
     * @param votes ballots that name it
     * @param points that it got, in thousandths of a point; as the votes where none are dealt
     * @param left money in cents that was left right before
     * @param backing with equal shares, what its backers had left between them, in cents; else 0
     * @param price with equal shares, of a chosen project, what each backer paid at most for a vote or a point, in cents rounded up; else 0
     */
    public record Verdict(
            long project, Reason reason, int step, long votes, long points, long left, long backing, long price) {}
}
