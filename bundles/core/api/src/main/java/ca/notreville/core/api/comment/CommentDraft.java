// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import org.jspecify.annotations.Nullable;

/**
 * A comment as it was sent; {@link CommentService#add} checks it.
 *
 * @param body required, {@value #MAX_BODY} characters at most, Markdown
 * @param parent id of a comment on the same initiative that is answered; missing to begin a thread
 * @param stance word of a {@link Stance}; only where a thread begins
 * @param official whether to speak for the municipality, for those who may
 */
public record CommentDraft(
        @Nullable String body,
        @Nullable Long parent,
        @Nullable String stance,
        boolean official) {
    public static final int MAX_BODY = 4_000;

    public CommentDraft(@Nullable String body, @Nullable Long parent) {
        this(body, parent, null, false);
    }
}
