// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.paper;

import ca.notreville.core.api.verification.PostalAddress;
import java.time.Instant;
import java.util.Locale;

/** One letter with a code, to be folded so that the address shows in a window envelope. */
public record LetterSheet(PostalAddress to, Locale language, String code, Instant printedAt, Instant goodUntil) {

    /** Never the code. */
    @Override
    public String toString() {
        return "LetterSheet[]";
    }
}
