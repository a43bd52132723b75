// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a vote says. */
public enum Choice {
    FOR,
    NEUTRAL,
    AGAINST;

    /** As written in the database and over REST: {@code for}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Choice::word).toList();
    }
}
