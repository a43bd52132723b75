// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps contents by their SHA-256, outside of what the web can see. Of several the one with the highest service ranking is used:
 * the core brings one in the data folder and one that speaks S3. What is asked of it twice is done once; used from any thread.
 */
@ConsumerType
public interface DocumentStore {

    /** For an operator, e.g. {@code files in /data/documents}. */
    String describe();

    /**
     * Keeps the content of a file that the caller made; when it returns the content is on stable storage.
     *
     * @param sha256 64 hexadecimal digits in lower case
     */
    void put(String sha256, Path file) throws IOException;

    /** Empty if it is not there. */
    Optional<InputStream> open(String sha256) throws IOException;

    /** The size in bytes; empty if it is not there. */
    Optional<Long> size(String sha256) throws IOException;

    /** Deletes what is there; nothing happens if it is not. */
    void delete(String sha256) throws IOException;

    /** Names all contents, in any order. */
    void each(Consumer<String> sha256) throws IOException;
}
