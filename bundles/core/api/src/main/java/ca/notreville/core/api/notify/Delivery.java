// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How news of one kind reach a member.
 *
 * @param onSite whether they stand on the page {@code /notifications}
 */
public record Delivery(boolean onSite, Mail mail) {

    /** Whether, and when, by e-mail; only to those who agreed to get e-mail. */
    public enum Mail {
        NONE,
        /** A letter of its own. */
        ONCE,
        /** With the day's other news. */
        DAILY,
        /** With the week's other news. */
        WEEKLY;

        /** As written in the database and over REST: {@code daily}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Mail::word).toList();
        }

        /** @throws IllegalArgumentException for another word */
        public static Mail of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }
}
