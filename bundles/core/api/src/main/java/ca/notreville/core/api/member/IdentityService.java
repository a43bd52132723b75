// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Accounts that somebody else's sign-in opens: for the part that speaks with an identity provider and has told the person apart.
 * An identity is an issuer and the person's number with that issuer, and belongs to one account. Each call is one transaction;
 * links and their end stand in the audit log and are told by letter.
 *
 * <p>{@link AccountService#reset} ends all links of an account, since whoever had got into it may have made one.
 */
@ProviderType
public interface IdentityService {

    int MAX_ISSUER = 255;
    int MAX_SUBJECT = 255;

    /** Identities of one account. */
    int MAX_LINKED = 10;

    /**
     * Signs somebody in who was told apart. A known identity is its account's. Otherwise an account with the same confirmed
     * address is linked, if the issuer says that the address is theirs; otherwise an account without a password is opened, whose
     * address counts as confirmed. Of several at once with one new identity all get the same account.
     *
     * @param mayOpen whether an account may be opened
     * @param factor whether the second factor counts as given, because the issuer is trusted to have asked for one
     * @throws ConflictException {@code core.identity-email} if the identity is unknown and has no address that the issuer says
     *     is theirs; {@code core.identity-unconfirmed} if an account has that address and has not confirmed it, which is linked by
     *     {@link #link} only; {@code core.identity-unknown} if no account may be opened; {@code core.identity-too-many}
     * @throws TooManyRequestsException after too many new accounts from this network address
     * @throws InvalidException if issuer or subject is missing or too long
     */
    SignedOn signOn(Caller caller, Identity identity, boolean mayOpen, boolean factor, Device device);

    /**
     * Links the caller's account. Linking what is linked already changes nothing.
     *
     * @throws ConflictException {@code core.identity-elsewhere} if it is another account's; {@code core.identity-too-many} for more
     *     than {@value #MAX_LINKED}
     * @throws ForbiddenException through an API token, or at the counter; as are the two that follow
     * @throws InvalidException as for {@link #signOn}
     */
    void link(Caller caller, Identity identity);

    /** The caller's, oldest first. */
    List<Linked> linked(Caller caller);

    /**
     * Ends a link.
     *
     * @throws NotFoundException if it is none of the caller's
     * @throws ConflictException {@code core.identity-last} if the account has no password: nothing would open it any more
     */
    void unlink(Caller caller, long id);

    /**
     * Somebody as an issuer describes them.
     *
     * @param issuer as it names itself, {@value IdentityService#MAX_ISSUER} characters at most
     * @param subject the person's number there, {@value IdentityService#MAX_SUBJECT} characters at most
     * @param provider what people call the issuer, for the letter
     * @param email {@code null} if it is not known
     * @param emailVerified whether the issuer says that the address is theirs
     * @param name to be called by, {@code null} if it is not known; the person can change it
     * @param language {@code null} if it is not known
     */
    record Identity(
            String issuer,
            String subject,
            String provider,
            @Nullable String email,
            boolean emailVerified,
            @Nullable String name,
            @Nullable Locale language) {

        /** Nothing of the person. */
        @Override
        public String toString() {
            return "Identity[" + issuer + "]";
        }
    }

    /**
     * What came of it.
     *
     * @param begun a session, or the ticket with which the second factor is given to {@link SessionService#finish}
     */
    record SignedOn(Member member, SessionService.Begun begun, How how) {}

    /** How an identity came to its account. */
    enum How {
        KNOWN,
        LINKED,
        OPENED
    }

    /**
     * A link.
     *
     * @param usedAt when it last opened a session
     */
    record Linked(long id, String issuer, Instant linkedAt, Instant usedAt) {}
}
