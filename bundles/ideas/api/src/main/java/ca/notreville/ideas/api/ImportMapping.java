// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns of a file of ideas are what, for files whose columns are not Decidim's.
 *
 * @param name of where the ideas come from, {@value #MAX_NAME} characters at most; the mapping is saved under it, and the {@code id}s of
 *     two mappings have nothing to do with each other
 * @param columns names of columns by field (one of {@link #FIELDS}); of several columns the first counts that has something in the row.
 *     {@code title} and {@code proposal} are required. Without {@code id} a row is known again by its title and proposal
 * @param states words of {@link IdeaState} by the words that the file uses; other words mean {@code published}
 */
public record ImportMapping(String name, Map<String, List<String>> columns, Map<String, String> states) {

    /** What a column can be. */
    public static final List<String> FIELDS = List.of(
            "id",
            "title",
            "need",
            "proposal",
            "category",
            "neighbourhood",
            "author",
            "date",
            "state",
            "supports",
            "address");

    public static final List<String> REQUIRED = List.of("title", "proposal");

    public static final int MAX_NAME = 80;

    /** Most columns of a field, and most words of {@code states}. */
    public static final int MAX_COLUMNS = 20;

    /** Longest name of a column, in characters. */
    public static final int MAX_COLUMN = 200;

    public ImportMapping {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }
}
