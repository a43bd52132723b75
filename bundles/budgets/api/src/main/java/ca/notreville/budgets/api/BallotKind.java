// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a ballot looks like. */
public enum BallotKind {
    /** Some projects, each the same; as many as the budget allows. */
    APPROVAL,
    /** Some projects that together cost no more than there is. */
    KNAPSACK,
    /** A number of points, dealt to some projects. */
    POINTS,
    /** Some projects, the best first: of {@code n} the first gets {@code n} points, the last one. */
    RANKING;

    /** As written in the database and over REST: {@code approval}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static BallotKind of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(BallotKind::word).toList();
    }

    /** Whether projects are compared by points, not by the number of ballots that name them. */
    public boolean pointed() {
        return this == POINTS || this == RANKING;
    }
}
