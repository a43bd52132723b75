// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file that came with a form. Nothing that the sender says of it is to be trusted.
 *
 * @param name as sent, without folders
 * @param size in bytes
 */
public record Upload(String name, long size, Opener opener) {

    /** Opens the content; more than once if need be, while the request lasts. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    public InputStream open() throws IOException {
        return opener.open();
    }
}
