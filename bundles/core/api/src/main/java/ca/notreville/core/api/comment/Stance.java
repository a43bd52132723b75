// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where somebody stands who begins a thread. */
public enum Stance {
    FOR,
    NEUTRAL,
    AGAINST;

    /** As written in the database and over REST: {@code against}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Stance::word).toList();
    }
}
