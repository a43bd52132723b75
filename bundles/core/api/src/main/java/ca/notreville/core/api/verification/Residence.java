// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.verification;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of whether a member lives in the municipality.
 *
 * @param level as it holds now: what was verified and has expired counts as declared
 * @param way how it came about, {@code null} for {@link Level#NONE}
 * @param since when, {@code null} for {@link Level#NONE}
 * @param until when the verification expires or has expired, {@code null} if it does not
 * @param by id of the member of staff who verified at the counter, else 0
 */
public record Residence(
        Level level,
        @Nullable Way way,
        @Nullable Instant since,
        @Nullable Instant until,
        long by) {

    public static final Residence NONE = new Residence(Level.NONE, null, null, null, 0);

    /** In rising order. */
    public enum Level {
        NONE,
        SELF_DECLARED,
        VERIFIED;

        /** As written in the database and over REST: {@code self-declared}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Level> of(String word) {
            return List.of(values()).stream().filter(l -> l.word().equals(word)).findFirst();
        }
    }

    /** How somebody came by a level. */
    public enum Way {
        DECLARATION,
        POST,
        LIST,
        COUNTER,
        SINGLE_SIGN_ON;

        /** As written in the database and over REST: {@code single-sign-on}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Way> of(String word) {
            return List.of(values()).stream().filter(w -> w.word().equals(word)).findFirst();
        }
    }
}
