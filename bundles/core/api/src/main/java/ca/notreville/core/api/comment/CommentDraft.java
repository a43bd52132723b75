// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import org.jspecify.annotations.Nullable;

/**
 * A comment as it was sent; {@link CommentService#add} checks it.
 *
 * @param body required, {@value #MAX_BODY} characters at most, plain text
 * @param parent id of a comment on the same initiative that is answered; missing to begin a thread
 */
public record CommentDraft(@Nullable String body, @Nullable Long parent) {

    public static final int MAX_BODY = 4_000;
}
