// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import org.jspecify.annotations.Nullable;

/** The provider did not tell who somebody is. */
public final class ProviderException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** It cannot be reached, or is too slow; later it may be right again. */
        DOWN,
        /** It said no, or said what cannot be believed. */
        REFUSED
    }

    ProviderException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static ProviderException refused(String message) {
        return new ProviderException(Reason.REFUSED, message, null);
    }

    public Reason reason() {
        return reason;
    }
}
