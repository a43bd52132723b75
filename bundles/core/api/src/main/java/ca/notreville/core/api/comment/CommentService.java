// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.util.Collection;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Conversation beside any initiative of any module. Each call is one transaction. */
@ProviderType
public interface CommentService {

    /**
     * @throws InvalidException on {@code body} or {@code parent}
     * @throws NotFoundException if the caller can see no such initiative
     * @throws ConflictException {@code core.discussion-closed}
     */
    Comment add(Caller caller, Initiative initiative, CommentDraft draft);

    /**
     * The newest threads first, the comments of a thread in the order of time.
     *
     * @param paging cursors of this list have {@value #CURSOR_SIZE} numbers
     * @throws NotFoundException if the caller can see no such initiative
     */
    Slice<Comment> list(Caller caller, Initiative initiative, Paging paging);

    int CURSOR_SIZE = 2;

    /**
     * How many comments each initiative has; those without any are left out.
     *
     * @param ids of initiatives of one kind, as many as a page lists
     */
    Map<Long, Integer> counts(String kind, Collection<Long> ids);

    /**
     * Brings in comments of an import; for the module that owns the initiative, which has checked the caller.
     *
     * @return what became of each: whether it is new; an answer to a comment that is not here is left out of the answer
     */
    Map<String, Boolean> bringIn(Initiative initiative, Collection<ForeignComment> comments);
}
