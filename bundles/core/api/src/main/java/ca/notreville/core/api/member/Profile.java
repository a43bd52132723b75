// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import java.util.Locale;

/** As what a member presents themselves. */
public enum Profile {
    CITIZEN,
    EXPERT,
    ORGANISATION,
    LEADER,
    PARTNER;

    /** As written in the database and over REST: {@code citizen}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static java.util.List<String> words() {
        return java.util.Arrays.stream(values()).map(Profile::word).toList();
    }
}
