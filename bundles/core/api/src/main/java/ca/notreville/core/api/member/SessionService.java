// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Sign-in and sign-out. Any node serves any session; a session that is closed is refused everywhere within seconds. */
@ProviderType
public interface SessionService {

    /**
     * Signs in. Takes as long for an unknown address as for a known one.
     *
     * @throws InvalidException if a field is missing
     * @throws UnauthenticatedException {@code core.bad-credentials}, the same for an unknown address and a wrong password
     * @throws TooManyRequestsException after too many failures of this account or from this address
     */
    Session open(Credentials credentials);

    /** Signs in somebody whose identity was just established otherwise, e.g. by opening the account. */
    Session openFor(Member member);

    /** Who holds this token; empty if it is unknown, expired or closed. Costs a look into memory mostly. */
    Optional<Caller> resolve(String token);

    /** Signs out. Closing twice, or what never was, changes nothing. */
    void close(String token);
}
