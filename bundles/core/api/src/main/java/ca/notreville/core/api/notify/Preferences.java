// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a member decided about news, the defaults filled in.
 *
 * @param mail whether they agreed to get e-mail; without it nothing is sent, whatever {@code kinds} say
 * @param mailSource where they last decided that, one of {@link Source}; "" if never
 * @param mailDecidedAt {@code null} if never
 * @param digests whether daily and weekly digests are sent
 * @param kinds by id, in the order in which they are shown
 */
public record Preferences(
        boolean mail,
        String mailSource,
        @Nullable Instant mailDecidedAt,
        boolean digests,
        Map<String, Delivery> kinds) {

    /** Where consent to e-mail was given or taken back, for the record that the law asks for. */
    public enum Source {
        /** A box in the form of sign-up, not ticked beforehand. */
        SIGN_UP,
        /** The page of settings. */
        SETTINGS,
        /** The offer beside a follow button. */
        FOLLOWING,
        /** The link, or the mail program's own button, of a letter. */
        LETTER,
        /** The REST interface. */
        API;

        /** As written in the database: {@code sign-up}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public Preferences {
        kinds = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(kinds));
    }
}
