// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import org.jspecify.annotations.Nullable;

/**
 * What somebody gives to sign in, as it was sent.
 *
 * @param device from where, for the limit of attempts and the list of sessions
 * @param code six digits of the second factor or a recovery code; {@code null} if none was sent
 */
public record Credentials(
        @Nullable String email,
        @Nullable String password,
        Device device,
        @Nullable String code) {

    /** @param address network address of the caller */
    public Credentials(@Nullable String email, @Nullable String password, String address) {
        this(email, password, new Device("", address), null);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return "Credentials[" + device.address() + "]";
    }
}
