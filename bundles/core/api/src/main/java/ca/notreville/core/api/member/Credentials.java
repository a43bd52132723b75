// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import org.jspecify.annotations.Nullable;

/**
 * What somebody gives to sign in, as it was sent.
 *
 * @param address network address of the caller, for the limit of attempts
 */
public record Credentials(@Nullable String email, @Nullable String password, String address) {

    /** Never the password. */
    @Override
    public String toString() {
        return "Credentials[" + address + "]";
    }
}
