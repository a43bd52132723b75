// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sign-in and sign-out. Any node serves any session. What a session's caller may is remembered for minutes; whoever changes it
 * (roles, a ban, a name) writes an outbox row of topic {@link #CHANGED} with the item {@code member:<id>} in the transaction of
 * the change, and every node knows within two seconds.
 */
@ProviderType
public interface SessionService {

    /** Topic of the outbox. */
    String CHANGED = "core.sessions";

    /**
     * Signs in. Takes as long for an unknown address as for a known one.
     *
     * @throws InvalidException if a field is missing
     * @throws UnauthenticatedException {@code core.bad-credentials}, the same for an unknown address and a wrong password;
     *     {@code core.second-factor-needed} and {@code core.second-factor-wrong} only after the right password
     * @throws TooManyRequestsException after too many failures of this account or from this address
     */
    Session open(Credentials credentials);

    /**
     * The first half of signing in on pages, where the second factor is asked for afterwards.
     *
     * @throws UnauthenticatedException as {@link #open}, but for the second factor
     */
    Begun begin(Credentials credentials);

    /**
     * The second half.
     *
     * @param ticket of {@link Begun}, good for ten minutes
     * @param code six digits, or a recovery code
     * @throws InvalidException on {@code code}
     * @throws UnauthenticatedException {@code core.link-not-good} if the ticket is no more good
     */
    Session finish(String ticket, @Nullable String code, Device device);

    /** Signs in somebody whose identity was just established otherwise, e.g. by opening the account. */
    Session openFor(Member member, Device device);

    /** As {@link #openFor(Member, Device)}, from nowhere in particular. */
    default Session openFor(Member member) {
        return openFor(member, Device.UNKNOWN);
    }

    /** Who holds this token, of a session or of an API; empty if it is unknown, expired or closed. A look into memory mostly. */
    Optional<Caller> resolve(String token);

    /** Signs out. Closing twice, or what never was, changes nothing. */
    void close(String token);

    /**
     * The caller's open sessions, last used first; 100 at most.
     *
     * @throws ForbiddenException through an API token, or at the counter; as are the two that follow
     */
    List<OpenSession> list(Caller caller);

    /**
     * Closes one of the caller's sessions, on every node within seconds.
     *
     * @throws NotFoundException if it is none of theirs
     */
    void closeOne(Caller caller, String id);

    /**
     * Closes all of the caller's sessions but one.
     *
     * @param kept id of the one that stays, "" for none
     * @return how many were closed
     */
    int closeOthers(Caller caller, String kept);

    /**
     * Where signing in has got to.
     *
     * @param session open now; {@code null} if the second factor is to be asked for
     * @param ticket for {@link #finish}; "" with a session
     */
    record Begun(@Nullable Session session, String ticket) {
        /** Never the ticket. */
        @Override
        public String toString() {
            return "Begun[" + session + "]";
        }
    }
}
