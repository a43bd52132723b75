// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.util.Locale;

/** Where a budget stands, by the server's clock. */
public enum Phase {
    /** Only those who make budgets see it. */
    DRAFT,
    /** Its projects can be read; voting has not begun. */
    ANNOUNCED,
    VOTING,
    /** Voting is over; the result is being worked out. */
    COUNTING,
    DECIDED;

    /** As shown over REST: {@code voting}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
