// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.profile;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What members tell of themselves, and the directory of those who want to be found. Each call is one transaction. */
@ProviderType
public interface ProfileService {

    /**
     * The caller's own profile, whole.
     *
     * @throws UnauthenticatedException for a visitor
     */
    MemberProfile own(Caller caller);

    /**
     * What this caller may see of a member; one's own profile as others see it.
     *
     * @throws NotFoundException if there is no such member
     */
    MemberProfile show(Caller caller, long member);

    /** The same of several, for a page of a list; those that there are, in the order asked for. */
    Map<Long, MemberProfile> showAll(Caller caller, Collection<Long> members);

    /**
     * Saves the caller's own profile.
     *
     * @param version that the caller has seen; {@code null} to save whatever there is
     * @throws InvalidException naming each field
     * @throws ConflictException {@code core.changed-meanwhile} if there is another version by now
     */
    MemberProfile update(Caller caller, ProfileDraft draft, @Nullable Integer version);

    /**
     * Members who are listed, by name; those found by words, best first.
     *
     * @param paging cursors have as many numbers as the query says
     */
    Slice<MemberProfile> directory(Caller caller, DirectoryQuery query, Paging paging);
}
