// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Ideas. Each call is one transaction; events go out after it has committed. */
@ProviderType
public interface IdeaService {

    /** Kind of the initiatives of this module. */
    String KIND = "idea";

    /** Action: submit an idea. */
    String SUBMIT = "ideas.submit";

    /** Publishes an idea, or keeps it {@link IdeaState#HIDDEN} until a moderator has looked at it.
     *
     * @throws InvalidException naming each field that is missing, too long or unknown
     */
    Idea submit(Caller caller, IdeaDraft draft);

    /** @throws NotFoundException if the caller can see no such idea; {@code ideas.hidden} if a moderator hid it */
    Idea get(Caller caller, long id);

    /**
     * @param paging with cursors of {@link IdeaQuery#cursorSize()}; of a search, the first {@value #MAX_HITS} hits can be paged through
     * @throws InvalidException on a filter with an unknown value
     */
    Slice<IdeaCard> list(Caller caller, IdeaQuery query, Paging paging);

    int MAX_HITS = 500;

    /**
     * Ideas that may already say what a title says which somebody is writing, best first, {@value #MAX_SIMILAR} at most.
     *
     * @param title {@value IdeaDraft#MAX_TITLE} characters are looked at; its last word may be unfinished
     */
    List<IdeaCard> similar(Caller caller, @Nullable String title);

    int MAX_SIMILAR = 5;

    /** All categories, in the order of their French names. */
    List<Category> categories();
}
