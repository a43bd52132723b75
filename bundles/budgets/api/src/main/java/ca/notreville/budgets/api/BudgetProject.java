// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

/**
 * A project that money is asked for.
 *
 * @param number its place in the published list, from 1; of equals the lower number comes first
 * @param code its name in a file, "" if it was written here
 * @param cost in cents
 * @param territory "" for the whole territory of the budget, {@code borough:<id>} or {@code neighbourhood:<id>}
 * @param place name of a place that is none of this town, "" if there is none
 */
public record BudgetProject(
        long id,
        long budget,
        int number,
        String code,
        String title,
        String description,
        long cost,
        String territory,
        String place,
        String category) {}
