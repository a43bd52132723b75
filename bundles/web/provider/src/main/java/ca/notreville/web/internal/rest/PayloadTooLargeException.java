// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import java.io.IOException;

/** The body is larger than what is taken. */
public final class PayloadTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    public PayloadTooLargeException(long limit) {
        super("more than " + limit + " bytes");
    }
}
