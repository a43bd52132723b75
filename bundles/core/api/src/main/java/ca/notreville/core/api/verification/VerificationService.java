// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.verification;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** How members show that they live here. Each call is one transaction; each verification stands in the audit log. */
@ProviderType
public interface VerificationService {

    /** Wrong codes that one letter bears. */
    int MAX_TRIES = 3;

    /** Days for which the code of a letter is good, from its printing. */
    int CODE_DAYS = 45;

    /** Letters for one member within {@value #LETTER_DAYS} days. */
    int MAX_LETTERS = 3;

    int LETTER_DAYS = 90;

    /** Tries to be found on the list, within a day. */
    int MAX_MATCHES = 5;

    /** What is known of a member; {@link Residence#NONE} also if there is no such member. */
    Residence of(long member);

    /** Which ways are open now. */
    Ways ways();

    /**
     * "I live here", taken at one's word. Changes nothing for who declared it before or is verified.
     *
     * @throws UnauthenticatedException for a visitor
     */
    Residence declare(Caller caller);

    /**
     * Asks for a letter with a code. The address is forgotten when the letter has been used, has expired or is asked for anew.
     *
     * @throws InvalidException naming each field that is missing or too long
     * @throws ConflictException {@code core.verification-way-closed} if this municipality sends no letters,
     *     {@code core.verification-letter-waiting} if one is waiting to be printed
     * @throws TooManyRequestsException {@code core.verification-letters} after {@value #MAX_LETTERS}
     */
    Letter requestLetter(Caller caller, PostalAddress address);

    /** The caller's letter that is waiting to be printed, or whose code is still good. */
    Optional<Letter> letter(Caller caller);

    /**
     * Enters the code of the letter; case, blanks and hyphens do not matter.
     *
     * @throws InvalidException on {@code code}: {@code core.verification-code-wrong}
     * @throws ConflictException {@code core.verification-no-letter} if none is good, or no more after {@value #MAX_TRIES} wrong ones
     */
    Residence enterCode(Caller caller, String code);

    /**
     * Looks for the caller on the list that staff imported. Whoever is found there is verified once: by one account.
     *
     * @throws InvalidException naming each field that is missing, or on {@code name}: {@code core.verification-not-on-list}
     * @throws ConflictException {@code core.verification-way-closed} without a list, {@code core.verification-used-elsewhere}
     * @throws TooManyRequestsException {@code core.verification-matches} after {@value #MAX_MATCHES}
     */
    Residence match(Caller caller, ResidentClaim claim);

    /**
     * For the part that signs people in with the municipality's own sign-in: an identity provider that was told apart vouches
     * for the member's residence.
     *
     * @param issuer of the identity, as its provider names itself
     * @param subject the person's id with that provider
     * @throws ConflictException {@code core.verification-used-elsewhere} if the same identity verified another account
     * @throws NotFoundException if there is no such member
     */
    Residence vouch(long member, String issuer, String subject);

    /**
     * @param post whether letters are sent
     * @param list whether there is a list, and it is matched
     * @param birthDate whether the list has birth dates
     * @param postalCode whether the list has postal codes
     * @param counter where and when to go, "" if this municipality verifies nobody at a counter
     */
    record Ways(boolean post, boolean list, boolean birthDate, boolean postalCode, String counter) {}

    /**
     * A letter on its way.
     *
     * @param printedAt {@code null} while it waits
     * @param goodUntil until when its code is good, {@code null} while it waits
     */
    record Letter(
            long id,
            Instant requestedAt,
            @Nullable Instant printedAt,
            @Nullable Instant goodUntil,
            int triesLeft) {}
}
