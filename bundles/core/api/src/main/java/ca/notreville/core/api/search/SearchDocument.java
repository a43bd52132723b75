// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.search;

import ca.notreville.core.api.initiative.Initiative;
import java.util.Map;

/**
 * What can be found of one initiative.
 *
 * @param title weighs more than the text
 * @param text all that may be searched, plain
 * @param filters exact values to narrow a search by, e.g. {@code category → mobility}; absent ones are left out
 */
public record SearchDocument(Initiative initiative, String title, String text, Map<String, String> filters) {

    public SearchDocument {
        filters = Map.copyOf(filters);
    }
}
