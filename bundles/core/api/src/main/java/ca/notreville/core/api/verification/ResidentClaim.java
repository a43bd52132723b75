// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.verification;

import org.jspecify.annotations.Nullable;

/**
 * What somebody says of themselves to be found on the municipality's list.
 *
 * @param name required, {@value #MAX_NAME} characters at most; case, accents and the order of its parts do not matter
 * @param birthDate {@code 1990-12-31}; required if the list has it
 * @param postalCode required if the list has it
 */
public record ResidentClaim(
        @Nullable String name,
        @Nullable String birthDate,
        @Nullable String postalCode) {

    public static final int MAX_NAME = 120;

    /** Never what it says. */
    @Override
    public String toString() {
        return "ResidentClaim[]";
    }
}
