// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What tells a resident apart, written so that people and lists agree on it. */
final class Resident {

    private static final Pattern NOT_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern POSTAL =
            Pattern.compile("[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]");
    private static final Pattern DATE = Pattern.compile("([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})");

    private Resident() {}

    /** Without case, accents, punctuation and order: {@code TREMBLAY, Anaïs} is {@code anais tremblay}. */
    static String name(String name) {
        String plain = Normalizer.normalize(name.replace("œ", "oe").replace("Œ", "oe"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(NOT_LETTER.split(plain))
                .filter(part -> !part.isEmpty())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** {@code 1990-12-31}, also from {@code 19901231} and {@code 1990/12/31}. */
    static Optional<String> birthDate(String date) {
        var found = DATE.matcher(date.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.of(
                            Integer.parseInt(found.group(1)),
                            Integer.parseInt(found.group(2)),
                            Integer.parseInt(found.group(3)))
                    .toString());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** {@code G0X1A0}, also from {@code g0x 1a0}. */
    static Optional<String> postalCode(String code) {
        String plain = code.replaceAll("[\\s\\p{Z}-]+", "").toUpperCase(Locale.ROOT);
        return POSTAL.matcher(plain).matches() ? Optional.of(plain) : Optional.empty();
    }

    /** The text that is hashed. */
    static String key(String name, String birthDate, String postalCode) {
        return name + "|" + birthDate + "|" + postalCode;
    }
}
