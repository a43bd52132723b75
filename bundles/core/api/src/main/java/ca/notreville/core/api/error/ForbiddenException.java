// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.Map;

/** The caller is known and may not do this. */
public final class ForbiddenException extends DomainException {

    private static final long serialVersionUID = 1L;

    public ForbiddenException() {
        this("forbidden");
    }

    public ForbiddenException(String code) {
        super(code, Map.of());
    }
}
