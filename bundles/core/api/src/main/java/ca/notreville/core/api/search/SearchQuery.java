// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.search;

import java.util.Map;

/**
 * @param kind of initiative, {@value #EVERY_KIND} for all of them
 * @param words as a person typed them, {@value #MAX_WORDS} characters at most are looked at; French or English, accents,
 *     case and elisions do not matter; each word must be found, the last one also as a beginning; a word that stands nowhere is
 *     taken for a typing error and found as the words that are nearest to it
 * @param filters exact values, all of which must hold
 * @param offset how many hits to leave out
 * @param limit how many hits at most
 */
public record SearchQuery(String kind, String words, Map<String, String> filters, int offset, int limit) {

    public static final int MAX_WORDS = 200;

    /** In place of a kind. */
    public static final String EVERY_KIND = "*";

    public SearchQuery {
        filters = Map.copyOf(filters);
    }
}
