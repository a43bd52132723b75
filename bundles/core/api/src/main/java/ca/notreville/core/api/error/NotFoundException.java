// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.util.Map;

/** There is no such thing, or none that the caller may see; the two are told in the same words. */
public final class NotFoundException extends DomainException {

    private static final long serialVersionUID = 1L;

    public NotFoundException() {
        this("not-found");
    }

    public NotFoundException(String code) {
        super(code, Map.of());
    }
}
