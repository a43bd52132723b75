// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one thing that people can rally around. Comments, documents, followers, missions are attached to this pair, never to
 * a row of another module. The core's own kinds are {@code neighbourhood} (by {@code Neighbourhood.number()}),
 * {@code organisation} and {@code member}.
 *
 * @param kind word of the owning module, singular: {@code idea}, {@code project}
 * @param id positive
 */
public record Initiative(String kind, long id) {

    private static final Pattern FORM = Pattern.compile("([a-z][a-z-]{1,29}):([1-9][0-9]{0,18})");

    public Initiative {
        if (id <= 0 || !FORM.matcher(kind + ":1").matches()) {
            throw new IllegalArgumentException(kind + ":" + id);
        }
    }

    /** Reads {@code idea:42}; empty for anything else. */
    public static Optional<Initiative> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Initiative(matcher.group(1), Long.parseLong(matcher.group(2))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** {@code idea:42} */
    @Override
    public String toString() {
        return kind + ":" + id;
    }
}
