// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.CommentService.Balance;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.text.Markdown;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A piece of a discussion, for the templates. */
public record Talk(
        InitiativeSummary summary, CommentQuery query, Slice<Comment> slice, Balance balance, Markdown markdown) {

    /** Address of the same discussion, sorted or filtered otherwise. */
    public String address(@Nullable String sort, @Nullable String stance) {
        return "/comments?initiative=" + summary.initiative() + (sort == null ? "" : "&sort=" + sort)
                + (stance == null ? "" : "&stance=" + stance);
    }

    public @Nullable String next() {
        return slice.next() == null ? null : address(query.sort(), query.stance()) + "&after=" + slice.next();
    }

    /** Whether the caller may still change it; the service asks again. */
    public boolean editable(Comment comment) {
        return comment.mine()
                && Duration.between(comment.createdAt(), Instant.now()).compareTo(CommentService.EDIT_WINDOW) < 0;
    }
}
