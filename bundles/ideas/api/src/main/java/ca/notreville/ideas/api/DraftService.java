// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ideas that are being written, kept for their writers. Each call is one transaction; all but {@link #count}
 * need somebody who is signed in, and see nothing but what is theirs.
 */
@ProviderType
public interface DraftService {

    /** Drafts that one member may have. */
    int MAX_DRAFTS = 20;

    /**
     * Keeps a draft. Nothing need be filled in, but what is must be short enough. Of two that change the same version the second
     * becomes a draft of its own, so that neither loses a word.
     *
     * @param id of the draft, 0 for a new one
     * @param version that is changed, 0 for a new one
     * @throws InvalidException naming each field that is too long or unknown
     * @throws NotFoundException if there is none of this id, because it was published or deleted
     * @throws ConflictException {@code ideas.drafts-full} if there are {@value #MAX_DRAFTS} already
     * @throws UnauthenticatedException for a visitor
     */
    SavedDraft save(Caller caller, long id, int version, IdeaDraft draft);

    /** @throws NotFoundException if the caller has none of this id */
    SavedDraft get(Caller caller, long id);

    /** All of the caller's, the last saved first. */
    List<SavedDraft> list(Caller caller);

    /** How many the caller has; none for a visitor. */
    int count(Caller caller);

    /** Deleting what is not there changes nothing. */
    void delete(Caller caller, long id);
}
