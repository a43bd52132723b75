// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.profile;

import org.jspecify.annotations.Nullable;

/**
 * Whom to look for in the directory of members.
 *
 * @param q words, as of a search; {@code null} or blank for none
 * @param skill id in the list of skills, or any word, whatever its accents and case; {@code null} for all
 * @param neighbourhood id, {@code null} for all
 * @param kind word of a profile, {@code null} for all
 */
public record DirectoryQuery(
        @Nullable String q,
        @Nullable String skill,
        @Nullable String neighbourhood,
        @Nullable String kind) {

    public static final int MAX_Q = 200;

    public boolean isSearch() {
        return q != null && !q.isBlank();
    }

    /** How many numbers a cursor of this list has. */
    public int cursorSize() {
        return isSearch() ? 1 : 2;
    }
}
