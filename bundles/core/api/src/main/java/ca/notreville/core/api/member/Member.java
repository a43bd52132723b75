// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A person with an account.
 *
 * @param email shown to nobody but the member and administrators
 * @param neighbourhood id of the neighbourhood, {@code null} if not told
 * @param language preferred
 * @param bio a sentence or two about themselves, "" if they wrote none
 * @param grants roles beyond those of every account
 */
public record Member(
        long id,
        String displayName,
        String email,
        Profile profile,
        @Nullable String neighbourhood,
        Locale language,
        String bio,
        Set<Grant> grants,
        Instant createdAt) {

    public Member {
        grants = Set.copyOf(grants);
    }

    /** The roles held in the whole town. */
    public Set<Role> roles() {
        return grants.stream()
                .filter(grant -> grant.limit() == Grant.Limit.TOWN)
                .map(Grant::role)
                .collect(Collectors.toUnmodifiableSet());
    }
}
