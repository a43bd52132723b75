// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Conversation beside any initiative of any module. Each call is one transaction. */
@ProviderType
public interface CommentService {

    /** Write, change and take back comments, find some useful. */
    String COMMENT = "core.comment";

    /** Answer for the municipality. */
    String OFFICIAL = "core.comment-official";

    /** How long an author may change a comment. */
    Duration EDIT_WINDOW = Duration.ofHours(1);

    /** How long moderators can see what a comment said before. */
    Duration VERSIONS_KEPT = Duration.ofDays(90);

    /**
     * @return the comment; {@link Comment.State#HELD} if a moderator looks at it first
     * @throws InvalidException on {@code body}, {@code parent} or {@code stance}
     * @throws NotFoundException if the caller can see no such initiative
     * @throws ConflictException {@code core.discussion-closed}
     * @throws ForbiddenException {@code core.suspended}, or to speak for the municipality without {@link #OFFICIAL}
     * @throws TooManyRequestsException {@code core.too-many-contributions}
     */
    Comment add(Caller caller, Initiative initiative, CommentDraft draft);

    /**
     * Changes what one's own comment says; what it said before is kept for moderators for {@link #VERSIONS_KEPT}.
     *
     * @throws NotFoundException if there is none of the caller's of this id, or it is gone
     * @throws ConflictException {@code core.edit-too-late} after {@link #EDIT_WINDOW}
     * @throws InvalidException on {@code body}
     */
    Comment edit(Caller caller, long id, CommentDraft draft);

    /**
     * Takes back one's own comment. Where others answered it, its place stays. Twice changes nothing.
     *
     * @throws NotFoundException if there is none of the caller's of this id
     */
    void delete(Caller caller, long id);

    /**
     * Says, or no more says, that a comment is useful. Twice changes nothing.
     *
     * @throws NotFoundException if the caller sees no such comment
     * @throws ConflictException {@code core.own-comment}
     */
    Comment mark(Caller caller, long id, boolean useful);

    /** @throws NotFoundException if the caller sees no such comment */
    Comment get(Caller caller, long id);

    /**
     * Threads in the order that was asked for, the comments of a thread as a tree: after each comment its answers in the order
     * of time. Imported comments stand where their own date puts them.
     *
     * @param paging cursors of this list have {@value #CURSOR_SIZE} numbers
     * @throws NotFoundException if the caller can see no such initiative
     * @throws InvalidException on {@code sort} or {@code stance}
     */
    Slice<Comment> list(Caller caller, Initiative initiative, CommentQuery query, Paging paging);

    /** All threads, the newest first. */
    default Slice<Comment> list(Caller caller, Initiative initiative, Paging paging) {
        return list(caller, initiative, CommentQuery.NEWEST, paging);
    }

    int CURSOR_SIZE = 2;

    /**
     * How many comments each initiative has, without those that are held or gone; initiatives without any are left out.
     *
     * @param ids of initiatives of one kind, as many as a page lists
     */
    Map<Long, Integer> counts(String kind, Collection<Long> ids);

    /** How many threads of a discussion began with each stance. */
    Balance balance(Initiative initiative);

    /** @param inFavour threads that began for, {@code neutral} and {@code against} likewise */
    record Balance(int inFavour, int neutral, int against) {
        public boolean empty() {
            return inFavour + neutral + against == 0;
        }
    }

    /**
     * What a comment said before, the latest first.
     *
     * @throws ForbiddenException for all but moderators of the place
     */
    List<CommentVersion> versions(Caller caller, long id);

    /**
     * Brings in comments of an import; for the module that owns the initiative, which has checked the caller.
     *
     * @return what became of each: whether it is new; an answer to a comment that is not here is left out of the answer
     */
    Map<String, Boolean> bringIn(Initiative initiative, Collection<ForeignComment> comments);

    /** As {@link #bringIn(Initiative, Collection)} for several initiatives, in one transaction: some hundred comments at a time. */
    Map<String, Boolean> bringIn(Map<Initiative, List<ForeignComment>> comments);

    /** Which of these comments are here, by {@link ForeignComment#reference}: some hundred at a time. */
    Set<String> present(Collection<String> references);
}
