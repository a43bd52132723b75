// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.document;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was sent. Neither its name nor its announced size is trusted.
 *
 * @param name {@value #MAX_NAME} characters are kept
 * @param note what changed since the last version, {@value #MAX_NOTE} characters at most
 * @param opener opens the content; called once
 */
public record FileDraft(String name, @Nullable String note, Opener opener) {

    /** 25 MB. */
    public static final long MAX_SIZE = 25L * 1024 * 1024;

    public static final int MAX_NAME = 120;
    public static final int MAX_NOTE = 200;

    /** Opens the content. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }
}
