// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What somebody answers to a call. */
public enum CallAnswer {
    YES,
    MAYBE,
    NO;

    /** As written in the database and over REST: {@code yes}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(CallAnswer::word).toList();
    }

    /** @throws IllegalArgumentException for another word */
    public static CallAnswer of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
