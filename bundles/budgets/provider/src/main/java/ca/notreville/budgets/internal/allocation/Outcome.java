// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import ca.notreville.budgets.api.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What became of one project, and why.
 *
 * @param project its number in the list
 * @param step when it was decided, 1 for the first
 * @param votes ballots that name it
 * @param points in thousandths
 * @param left money in cents that was left right before it was decided; after all shared purchases for {@link Reason#BACKERS_SHORT}
 * @param backing what those who voted for it had left between them, in cents rounded down, where they pay for it; else 0
 * @param price what each of its backers paid at most for a vote or a point, in cents; {@code null} where nobody pays
 */
public record Outcome(
        int project,
        Reason reason,
        int step,
        long votes,
        long points,
        long left,
        long backing,
        @Nullable Fraction price) {}
