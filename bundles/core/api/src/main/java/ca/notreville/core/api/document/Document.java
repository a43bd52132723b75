// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.document;

import ca.notreville.core.api.initiative.Initiative;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in one or several versions, or a link, beside an initiative.
 *
 * @param folder "" if it lies in none
 * @param caption what it is about; of a picture also what it shows; "" if nobody wrote one
 * @param link an https address, {@code null} for a file
 * @param readFirst whether people should read it before they vote
 * @param versions newest first, empty for a link
 * @param addedBy id of the member, 0 if they are no more
 * @param addedByName "" if they are no more
 * @param deletedAt {@code null} while it is shown
 */
public record Document(
        long id,
        Initiative initiative,
        String folder,
        String title,
        String caption,
        @Nullable String link,
        boolean readFirst,
        List<Version> versions,
        long addedBy,
        String addedByName,
        Instant createdAt,
        @Nullable Instant deletedAt) {

    public Document {
        versions = List.copyOf(versions);
    }

    /** The newest version; {@code null} for a link. */
    public @Nullable Version current() {
        return versions.isEmpty() ? null : versions.get(0);
    }

    /**
     * One state of a file.
     *
     * @param number 1 for the first
     * @param fileName with the ending of its true type
     * @param mediaType found in the content
     * @param size in bytes, as it is stored
     * @param sha256 of the content, in hexadecimal
     * @param width of a picture in pixels, 0 for anything else
     * @param height of a picture in pixels, 0 for anything else
     * @param note what changed, "" if nobody wrote it
     */
    public record Version(
            int number,
            String fileName,
            String mediaType,
            long size,
            String sha256,
            int width,
            int height,
            String note,
            long addedBy,
            Instant createdAt) {

        public boolean picture() {
            return mediaType.startsWith("image/");
        }
    }
}
