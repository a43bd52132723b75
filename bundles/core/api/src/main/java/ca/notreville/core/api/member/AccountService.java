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
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What people do with their own account. Each call is one transaction. Links in letters are good once, for the time that each
 * method says; opening one changes nothing before its page's form is sent, since mail scanners open links too.
 */
@ProviderType
public interface AccountService {

    /** Enter accounts for people at the counter. */
    String COUNTER = "core.counter";

    /** Most characters of what is kept until an account is confirmed. */
    int MAX_KEPT = 200_000;

    /** Whether an account counts only once its address is confirmed. */
    boolean confirmationRequired();

    /**
     * Opens an account. Where addresses must be confirmed first, nothing is told of whether there was one already: the answer
     * is the same, and the owner of the address gets a letter that says so. The account is there once the link in the letter
     * (good for {@code 3 days}) is opened and the password given.
     *
     * @param kept what the person was about to do, handed back by {@link #confirm}; "" for nothing
     * @throws InvalidException naming each field that is missing, too long or unknown; where addresses need not be confirmed
     *     first, also {@code core.email-taken}
     * @throws TooManyRequestsException after too many from this network address
     */
    Opened signUp(Caller caller, SignUp draft, Device device, String kept);

    /**
     * Sends the letter once more to a member whose address is not confirmed; does nothing if it is.
     *
     * @param kept as for {@link #signUp}
     * @throws TooManyRequestsException after too many
     */
    void sendConfirmation(Caller caller, String kept);

    /**
     * What a link in a letter is for.
     *
     * @throws NotFoundException {@code core.link-not-good} if it is unknown, used or too old
     */
    Link link(String token);

    /**
     * Confirms an address.
     *
     * @param password of the account; not needed if the caller is signed in to it
     * @throws InvalidException on {@code password}
     * @throws NotFoundException {@code core.link-not-good}
     * @throws ConflictException {@code core.address-has-account} if the address was confirmed for another account meanwhile
     */
    Confirmed confirm(Caller caller, String token, @Nullable String password, Device device);

    /**
     * Sends a letter with a link to choose a new password (good for an hour), if the address has an account. Never tells
     * whether it has one.
     *
     * @throws InvalidException on {@code email}
     * @throws TooManyRequestsException after too many from this network address
     */
    void forgot(Caller caller, @Nullable String email, Device device);

    /**
     * Sets a new password by the link of a letter; all sessions and API tokens of the account are closed, and its links to
     * identities end.
     *
     * @throws InvalidException on {@code password}
     * @throws NotFoundException {@code core.link-not-good}
     */
    Member reset(String token, @Nullable String password, Device device);

    /**
     * Changes the password; all other sessions are closed.
     *
     * @param session id of the session that stays
     * @throws InvalidException on {@code current} or {@code password}
     */
    void changePassword(
            Caller caller, @Nullable String current, @Nullable String password, Device device, String session);

    /**
     * Begins to change the address: the new one gets a link (good for a day), the old one is told.
     *
     * @throws InvalidException on {@code current} or {@code email}
     */
    void changeEmail(Caller caller, @Nullable String current, @Nullable String email, Device device);

    /**
     * Changes the language of the letters that the account gets. If its language pack is taken away later, they are in French
     * until it is back.
     *
     * @param language code of a language that is installed
     * @throws InvalidException on {@code language}
     */
    void changeLanguage(Caller caller, @Nullable String language);

    /**
     * Ends the change of the address; the old one is told.
     *
     * @throws NotFoundException {@code core.link-not-good}
     * @throws ConflictException {@code core.address-has-account}
     */
    Member confirmEmail(String token);

    /**
     * Enters an account for somebody who stands at the counter or wrote on paper; marked so, without a password. With an
     * address, they get a letter with a link (good for 30 days) by which they take it over.
     *
     * @param email may be missing
     * @throws InvalidException naming each field; {@code core.email-taken}
     * @throws ForbiddenException without {@link #COUNTER}
     */
    Entered enter(Caller staff, @Nullable String displayName, @Nullable String email, @Nullable String neighbourhood);

    /**
     * Takes over an account that staff entered; closes whatever sessions staff had open for it.
     *
     * @param token of the link, or the code from the counter
     * @param email needed if none was known; it gets a letter to confirm it
     * @throws InvalidException on {@code email} or {@code password}
     * @throws NotFoundException {@code core.link-not-good}
     */
    Member claim(String token, @Nullable String email, @Nullable String password, Device device);

    /**
     * Opens a session in which staff act for somebody at the counter: what is contributed is that account's, which says that it
     * was entered by staff. Only for accounts that nobody has taken over yet.
     *
     * @throws ForbiddenException without {@link #COUNTER}, or if the account is its owner's
     */
    Session actFor(Caller staff, long member, Device device);

    /**
     * Ends a session that {@link #actFor} opened.
     *
     * @param session its id
     * @return a session of the member of staff who opened it
     * @throws NotFoundException if it is no such session
     */
    Session endActing(String session, Device device);

    /** Accounts that staff entered and nobody has taken over, newest first; 100 at most. */
    List<Member> entered(Caller staff);

    /**
     * Whether and when staff entered this account; {@code null} for one that a person opened.
     */
    @Nullable
    Instant enteredAt(long member);

    /** What came of a sign-up. */
    record Opened(Member member, @Nullable Session session) {}

    /** What came of a confirmation. */
    record Confirmed(Session session, String kept) {}

    /**
     * An account entered by staff.
     *
     * @param code by which the person takes the account over, to be printed; told this once
     */
    record Entered(Member member, String code) {
        /** Never the code. */
        @Override
        public String toString() {
            return "Entered[" + member.id() + "]";
        }
    }

    /**
     * A link in a letter.
     *
     * @param member whose account, or the account to be
     */
    record Link(Kind kind, long member, String email, boolean kept) {

        /** What it does. */
        public enum Kind {
            SIGN_UP,
            CONFIRM,
            RESET,
            EMAIL,
            CLAIM
        }
    }
}
