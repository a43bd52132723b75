// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import org.jspecify.annotations.Nullable;

/**
 * Which organisations to list.
 *
 * @param q words, as of a search; {@code null} or blank for none
 * @param kind one of {@link Organisation#KINDS}, {@code null} for all
 * @param neighbourhood id, {@code null} for all
 */
public record OrganisationQuery(
        @Nullable String q, @Nullable String kind, @Nullable String neighbourhood) {

    public static final int MAX_Q = 200;
    public static final OrganisationQuery ALL = new OrganisationQuery(null, null, null);

    public boolean isSearch() {
        return q != null && !q.isBlank();
    }

    /** How many numbers a cursor of this list has. */
    public int cursorSize() {
        return isSearch() ? 1 : 2;
    }
}
