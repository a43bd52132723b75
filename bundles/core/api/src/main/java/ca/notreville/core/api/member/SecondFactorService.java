// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A code from an authenticator application as second factor (TOTP, RFC 6238: SHA-1, six digits, thirty seconds). */
@ProviderType
public interface SecondFactorService {

    /** How many recovery codes there are; each is good once. */
    int RECOVERY_CODES = 10;

    /** Whether the member has one. */
    boolean has(long member);

    /**
     * Begins to set one up; nothing is changed yet.
     *
     * @throws ForbiddenException through an API token
     */
    Enrolment enrol(Caller caller);

    /**
     * What was begun, to show it again.
     *
     * @throws NotFoundException {@code core.link-not-good}
     */
    Enrolment enrolment(Caller caller, String ticket);

    /**
     * Sets it up. The session counts as one that gave its second factor; all others are closed.
     *
     * @param ticket of {@link Enrolment}
     * @param code that the application shows
     * @param session id of the caller's session
     * @return recovery codes, told this once
     * @throws InvalidException on {@code code}
     * @throws NotFoundException {@code core.link-not-good}
     */
    List<String> confirm(Caller caller, String ticket, @Nullable String code, String session);

    /**
     * Takes it away.
     *
     * @param code of the application, or a recovery code
     * @throws InvalidException on {@code code}
     */
    void remove(Caller caller, @Nullable String code);

    /**
     * A second factor that is being set up.
     *
     * @param ticket good for an hour
     * @param secret in base32, to be typed where no picture can be read
     * @param address {@code otpauth://…}, as applications read it from a QR code
     */
    record Enrolment(String ticket, String secret, String address) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "Enrolment";
        }
    }
}
