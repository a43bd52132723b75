// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.error;

import java.time.Duration;
import java.util.Map;

/** The caller tries too often; the same request may be sent again after a while. */
public final class TooManyRequestsException extends DomainException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    public TooManyRequestsException(String code, Duration retryAfter) {
        super(code, Map.of("minutes", Math.max(1, (retryAfter.toSeconds() + 59) / 60)));
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
