// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.verification;

import org.jspecify.annotations.Nullable;

/**
 * Where a letter goes, as it was sent; {@link VerificationService#requestLetter} checks it.
 *
 * @param name required, {@value #MAX_LINE} characters at most on one line
 * @param street number and street, required, {@value #MAX_LINE} characters at most
 * @param unit apartment or the like, {@value #MAX_LINE} characters at most
 * @param city required, {@value #MAX_LINE} characters at most
 * @param postalCode Canadian, required: {@code G0X 1A0}
 */
public record PostalAddress(
        @Nullable String name,
        @Nullable String street,
        @Nullable String unit,
        @Nullable String city,
        @Nullable String postalCode) {

    public static final int MAX_LINE = 80;

    /** Never the address. */
    @Override
    public String toString() {
        return "PostalAddress[]";
    }
}
