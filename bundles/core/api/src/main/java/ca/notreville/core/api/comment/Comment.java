// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import ca.notreville.core.api.initiative.Initiative;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param thread id of the comment that began the thread, its own if it did
 * @param parent id of the comment it answers, {@code null} if it began the thread
 * @param author id of the member, 0 if the author has no account here (imported)
 * @param authorName "" if not known
 * @param body plain text; blank lines part paragraphs
 */
public record Comment(
        long id,
        Initiative initiative,
        long thread,
        @Nullable Long parent,
        long author,
        String authorName,
        String body,
        Instant createdAt) {

    /** The same under another name. */
    public Comment by(String name) {
        return name.equals(authorName)
                ? this
                : new Comment(id, initiative, thread, parent, author, name, body, createdAt);
    }
}
