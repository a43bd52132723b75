// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import org.jspecify.annotations.Nullable;

/**
 * An official answer as it was sent; {@link LifeService#answer} checks it.
 *
 * @param outcome required, {@code accepted} or {@code declined}
 * @param reason required, plain text, {@value #MIN_REASON} to {@value #MAX_REASON} characters
 * @param cost in cents of Canadian dollars, 0 to {@value #MAX_COST}; required if accepted
 * @param plannedOn when it is to be done, {@code 2027-05-31}, from {@value #FIRST_YEAR} to {@value #LAST_YEAR}; required if accepted
 * @param step number of the last step that the sender knows; missing for a first answer. With it, an answer may be given anew.
 */
public record AnswerDraft(
        @Nullable String outcome,
        @Nullable String reason,
        @Nullable Long cost,
        @Nullable String plannedOn,
        @Nullable Integer step) {

    public static final int MIN_REASON = 10;
    public static final int MAX_REASON = 4_000;

    /** A hundred billion dollars. */
    public static final long MAX_COST = 10_000_000_000_000L;

    public static final int FIRST_YEAR = 2000;
    public static final int LAST_YEAR = 2199;
}
