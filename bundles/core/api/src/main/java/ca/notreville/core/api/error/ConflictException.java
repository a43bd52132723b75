// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.Map;

/** The request is well formed, but the state of things does not allow it (any more). */
public final class ConflictException extends DomainException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String code) {
        this(code, Map.of());
    }

    public ConflictException(String code, Map<String, Object> arguments) {
        super(code, arguments);
    }
}
