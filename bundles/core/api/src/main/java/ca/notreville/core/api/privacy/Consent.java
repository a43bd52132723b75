// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.privacy;

import java.time.Instant;
import java.util.Locale;

/**
 * A decision of a member.
 *
 * @param edition of the text that was shown
 * @param given whether they agreed; taken back or refused if not
 */
public record Consent(Kind kind, String edition, boolean given, Instant decidedAt) {

    /** To what. */
    public enum Kind {
        TERMS,
        PRIVACY,
        EMAIL;

        /** As written in the database: {@code email}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
