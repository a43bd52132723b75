// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.allocation.EqualShares.Completion;
import ca.notreville.budgets.internal.allocation.EqualShares.Utility;
import java.util.List;

/** Each rule with its algorithm. */
public final class Allocation {

    private Allocation() {}

    /** One outcome for each project, in the order in which they were decided. */
    public static List<Outcome> of(Rule rule, Election election) {
        return switch (rule) {
            case MOST_VOTES -> Greedy.allocate(election, true);
            case MOST_VOTES_UNTIL_FULL -> Greedy.allocate(election, false);
            case EQUAL_SHARES -> EqualShares.allocate(election, Utility.COST, Completion.ADD1_THEN_MOST_VOTES);
            case EQUAL_SHARES_ONCE -> EqualShares.allocate(election, Utility.COST, Completion.NONE);
            case EQUAL_SHARES_RAISED -> EqualShares.allocate(election, Utility.COST, Completion.ADD1);
        };
    }
}
