// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.UnauthenticatedException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The permission table: role × action. Services ask it before they act; pages ask it only to leave out what would be refused.
 * An action that no installed module declares is allowed to nobody.
 */
@ProviderType
public interface AccessControl {

    boolean allows(Caller caller, String action);

    /**
     * @throws UnauthenticatedException if signing in might help
     * @throws ForbiddenException if it would not
     */
    default void require(Caller caller, String action) {
        if (!allows(caller, action)) {
            throw caller.signedIn() ? new ForbiddenException() : new UnauthenticatedException();
        }
    }
}
