// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.error.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which ideas are asked for, as it was sent; {@link IdeaService#list} checks it.
 *
 * @param q words to find, {@value #MAX_Q} characters at most; blank for all ideas
 * @param neighbourhood id
 * @param category id
 * @param state word of a listed state; missing for all of these
 * @param sort word of a {@link Sort}; missing means the best match where words are searched, else recent
 */
public record IdeaQuery(
        @Nullable String q,
        @Nullable String neighbourhood,
        @Nullable String category,
        @Nullable String state,
        @Nullable String sort) {

    public static final int MAX_Q = 200;

    /** The orders of the list, all of them descending. */
    public enum Sort {
        /** When it was published. */
        RECENT,
        /** Votes in favour. */
        POPULAR,
        /**
         * Recent support: {@code log10(1 + max(0, for − against)) + days / 14}, where the days are those from a fixed day in the
         * past to the publication: two weeks are worth as much as ten times the support.
         */
        TRENDING;

        /** As sent: {@code recent}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Sort::word).toList();
        }
    }

    /** Whether words are searched; not if all that was sent is blanks and what cannot be seen. */
    public boolean isSearch() {
        return !Fields.clean(q).isEmpty();
    }

    /** How many numbers a cursor of this list has. */
    public int cursorSize() {
        return isSearch() ? 1 : 2;
    }
}
