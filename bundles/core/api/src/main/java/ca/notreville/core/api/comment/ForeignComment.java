// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment that was made elsewhere and is brought in with an import, or with the sample town.
 *
 * @param reference where it came from, unique; brings the same comment in only once. {@value #OF_NOTREVILLE} and an id is
 *     a comment that was written on a site like this: the one of this id, if it is here
 * @param parentReference reference of the comment it answers, {@code null} if it begins a thread
 * @param author id of a member, 0 if the author has no account here
 * @param authorName shown where there is no account
 * @param stance where the author stands, {@code null} if not told; only where it begins a thread
 * @param body cleaned and cut by the caller to {@value CommentDraft#MAX_BODY} characters
 */
public record ForeignComment(
        String reference,
        @Nullable String parentReference,
        long author,
        String authorName,
        String body,
        Instant createdAt,
        @Nullable Stance stance) {

    public static final int MAX_REFERENCE = 200;
    public static final String OF_NOTREVILLE = "comment:";

    /** Without a stance. */
    public ForeignComment(
            String reference,
            @Nullable String parentReference,
            long author,
            String authorName,
            String body,
            Instant createdAt) {
        this(reference, parentReference, author, authorName, body, createdAt, null);
    }
}
