// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What becomes of an idea after it was published. Each call is one transaction; voters, followers and the author are told in the
 * background of what was decided, each of them once. Of several who decide at once the database hears the first, and the others
 * are told {@code ideas.moved-on}.
 *
 * <p>Every method that changes something throws {@link ConflictException}: {@code ideas.moved-on} if the idea has taken a step
 * since the one that the draft names, {@code ideas.step-refused} if no such step is possible from where it is,
 * {@code ideas.hidden} while a moderator hides it.
 */
@ProviderType
public interface LifeService {

    /** Action: put ideas under review, answer them for the municipality, say that they are taken up; where the idea belongs. */
    String ANSWER = "ideas.answer";

    /** Action: unite duplicates, and part them again; where the duplicate belongs. */
    String MERGE = "ideas.merge";

    /** Cursors of {@link #awaiting} have this many numbers. */
    int CURSOR_SIZE = 2;

    /** @throws NotFoundException as {@link IdeaService#get} */
    Life get(Caller caller, long idea);

    /**
     * Puts an idea under review, gives it back to the vote, or says that somebody has taken it up.
     *
     * @throws ForbiddenException without {@link #ANSWER}
     * @throws InvalidException on {@code to} or {@code text}
     */
    Life move(Caller caller, long idea, MoveDraft draft);

    /**
     * Answers for the municipality, for the first time or anew.
     *
     * @throws ForbiddenException without {@link #ANSWER}
     * @throws InvalidException naming each field that is missing or wrong
     */
    Life answer(Caller caller, long idea, AnswerDraft draft);

    /**
     * Takes an idea back; for good. What was said and voted stays to be seen on its page, which lists no longer show.
     *
     * @throws ForbiddenException for anybody but its author
     */
    Life withdraw(Caller caller, long idea, MoveDraft draft);

    /**
     * Unites a duplicate with another idea: its votes go there, and of those who had voted on both, the vote there stays.
     *
     * @throws ForbiddenException without {@link #MERGE} for either idea
     * @throws InvalidException on {@code into} if there is no such idea, it is the same one or takes none in; on {@code text}
     */
    Life merge(Caller caller, long source, MergeDraft draft);

    /**
     * Parts them again: the duplicate is what it was, with its votes; those that were cast on the other idea meanwhile stay there.
     * Whoever voted otherwise meanwhile keeps that vote there and has the old one here. Whoever has no vote there any more took
     * it back, and gets none back here.
     *
     * @throws ForbiddenException without {@link #MERGE}
     * @throws ConflictException {@code ideas.merge-covered} if the other idea was itself united with a third one, which must be
     *     undone first
     */
    Life part(Caller caller, long source, MoveDraft draft);

    /**
     * Ideas under review, those first that were published first.
     *
     * @param neighbourhood id, {@code null} for all
     * @throws ForbiddenException without {@link #ANSWER} anywhere
     */
    Slice<Awaiting> awaiting(Caller caller, @Nullable String neighbourhood, Paging paging);
}
