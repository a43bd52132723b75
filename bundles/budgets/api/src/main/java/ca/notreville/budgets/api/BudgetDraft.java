// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import org.jspecify.annotations.Nullable;

/**
 * A budget as it was sent; {@link BudgetService} checks it.
 *
 * @param title required, {@value #MIN_TITLE} to {@value #MAX_TITLE} characters on one line
 * @param description plain text, {@value #MAX_DESCRIPTION} characters at most
 * @param amount required, dollars and cents: {@code 250000} or {@code 250 000,00}
 * @param ballot required, word of a {@link BallotKind}
 * @param rule required, word of a {@link Rule}
 * @param minLength fewest projects on a ballot, from 1; missing means 1
 * @param maxLength most projects on a ballot; missing means as many as there are
 * @param points to deal on a ballot, 1 to {@value #MAX_POINTS}; required where points are dealt
 * @param minimum votes or points that a project must reach; missing means 1
 * @param territory whom it is for: missing for the whole town, {@code borough:<id>} or {@code neighbourhood:<id>}
 * @param opensAt required, {@code 2026-10-01T09:00} in the municipality's time zone, or a moment in UTC that ends in {@code Z}
 * @param closesAt required, as {@code opensAt} and after it, by {@value #MAX_DAYS} days at most
 */
public record BudgetDraft(
        @Nullable String title,
        @Nullable String description,
        @Nullable String amount,
        @Nullable String ballot,
        @Nullable String rule,
        @Nullable String minLength,
        @Nullable String maxLength,
        @Nullable String points,
        @Nullable String minimum,
        @Nullable String territory,
        @Nullable String opensAt,
        @Nullable String closesAt) {

    public static final int MIN_TITLE = 5;
    public static final int MAX_TITLE = 150;
    public static final int MAX_DESCRIPTION = 4_000;
    public static final int MAX_POINTS = 1_000;
    public static final int MAX_DAYS = 365;
}
