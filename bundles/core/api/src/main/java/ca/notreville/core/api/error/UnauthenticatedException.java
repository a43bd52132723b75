// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.Map;

/** Only somebody who has signed in may do this, or the credentials are not right. */
public final class UnauthenticatedException extends DomainException {

    private static final long serialVersionUID = 1L;

    public UnauthenticatedException() {
        this("sign-in-required");
    }

    public UnauthenticatedException(String code) {
        super(code, Map.of());
    }
}
