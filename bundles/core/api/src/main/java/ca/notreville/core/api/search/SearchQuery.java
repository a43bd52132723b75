// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.search;

import java.util.Map;

/**
 * @param kind of initiative
 * @param words as a person typed them, {@value #MAX_WORDS} characters at most are looked at; French or English, accents,
 *     case and elisions do not matter; each word must be found, the last one also as a beginning
 * @param filters exact values, all of which must hold
 * @param offset how many hits to leave out
 * @param limit how many hits at most
 */
public record SearchQuery(String kind, String words, Map<String, String> filters, int offset, int limit) {

    public static final int MAX_WORDS = 200;

    public SearchQuery {
        filters = Map.copyOf(filters);
    }
}
