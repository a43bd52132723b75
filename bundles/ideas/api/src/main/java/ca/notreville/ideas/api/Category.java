// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.Locale;
import java.util.Map;

/**
 * A theme that ideas are sorted under.
 *
 * @param id slug
 * @param names by language ({@code fr}, {@code en})
 */
public record Category(String id, Map<String, String> names) {

    public Category {
        names = Map.copyOf(names);
    }

    /** In this language, else in French, else the slug. */
    public String name(Locale language) {
        return names.getOrDefault(language.getLanguage(), names.getOrDefault("fr", id));
    }
}
