// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import org.jspecify.annotations.Nullable;

/**
 * A project of a budget as it was sent; {@link BudgetService} checks it.
 *
 * @param title required, {@value #MIN_TITLE} to {@value #MAX_TITLE} characters on one line
 * @param description plain text, {@value #MAX_DESCRIPTION} characters at most
 * @param cost required, dollars and cents, as the amount of a budget and not more than it
 * @param territory where it is: missing for the whole territory of the budget, {@code borough:<id>} or {@code neighbourhood:<id>}
 * @param category one line, {@value #MAX_CATEGORY} characters at most
 */
public record ProjectDraft(
        @Nullable String title,
        @Nullable String description,
        @Nullable String cost,
        @Nullable String territory,
        @Nullable String category) {

    public static final int MIN_TITLE = 5;
    public static final int MAX_TITLE = 300;
    public static final int MAX_DESCRIPTION = 4_000;
    public static final int MAX_CATEGORY = 120;

    /** Characters of the name of a place, where it is none of this town. */
    public static final int MAX_PLACE = 200;

    /** Characters of the name that a project has in a file. */
    public static final int MAX_CODE = 100;
}
