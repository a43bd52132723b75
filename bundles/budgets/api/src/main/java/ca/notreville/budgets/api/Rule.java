// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How ballots decide. The rule is published with the budget, before anybody votes.
 *
 * <p>Of projects with equal votes (or points) the one that stands higher in the published list comes first; with equal shares, of
 * projects for which backers pay the same, the cheaper one, then the one with more votes, then the one that stands higher.
 */
public enum Rule {
    /** From the most votes to the fewest, each project that fits into what is left: {@code greedy} of Pabulib. */
    MOST_VOTES("greedy"),
    /** The same, ending at the first project that does not fit: {@code greedy-no-skip}. */
    MOST_VOTES_UNTIL_FULL("greedy-no-skip"),
    /**
     * The Method of Equal Shares (https://equalshares.net), where a vote is worth what the project costs and points are worth what
     * they are; then shares are raised step by step while all that is bought fits ("Add1"), and the rest goes to the most votes.
     * A step is a unit of the currency, or a hundredth of a share where that is more.
     */
    EQUAL_SHARES("equalshares/add1"),
    /** The Method of Equal Shares alone; what is not spent is left: {@code equalshares}. */
    EQUAL_SHARES_ONCE("equalshares"),
    /** The Method of Equal Shares with shares raised by one unit at a time, and no more: {@code equalshares/add1}. */
    EQUAL_SHARES_RAISED("equalshares/add1");

    private final String pabulib;

    Rule(String pabulib) {
        this.pabulib = pabulib;
    }

    /** As written in the database and over REST: {@code most-votes}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What Pabulib calls it, or the nearest to it. */
    public String pabulib() {
        return pabulib;
    }

    public static Rule of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Rule::word).toList();
    }

    /** Whether voters have shares that they pay with. */
    public boolean shares() {
        return this == EQUAL_SHARES || this == EQUAL_SHARES_ONCE || this == EQUAL_SHARES_RAISED;
    }
}
