// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tokens with which programs act for a member, for some actions only and until a day. They go into
 * {@code Authorization: Bearer}, begin with {@code nvt_}, are told once and kept as a hash. No token makes tokens, or touches the
 * account.
 */
@ProviderType
public interface ApiTokenService {

    int MAX_LABEL = 80;
    int MAX_DAYS = 366;
    int MAX_TOKENS = 20;

    /** The actions that the caller may put into a token: those that they may do somewhere themselves. */
    List<String> grantable(Caller caller);

    /**
     * The caller's tokens, newest first; those that expired stay for thirty days.
     *
     * @throws ForbiddenException through an API token
     */
    List<ApiToken> list(Caller caller);

    /**
     * Makes one.
     *
     * @param label what it is for, {@value #MAX_LABEL} characters at most
     * @param actions at least one of {@link #grantable}
     * @param days until it expires, 1 to {@value #MAX_DAYS}
     * @throws InvalidException naming each field
     * @throws ConflictException {@code core.too-many-tokens} for more than {@value #MAX_TOKENS}
     * @throws ForbiddenException through an API token
     */
    Made make(Caller caller, @Nullable String label, Collection<String> actions, @Nullable Integer days);

    /**
     * Revokes one, on every node within seconds.
     *
     * @throws NotFoundException if the caller has none of this id
     */
    void revoke(Caller caller, long id);

    /** @param usedAt to the hour, {@code null} if never */
    record ApiToken(
            long id,
            String label,
            Set<String> actions,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant usedAt) {
        public ApiToken {
            actions = Set.copyOf(actions);
        }
    }

    /** @param token told this once */
    record Made(ApiToken about, String token) {
        /** Never the token. */
        @Override
        public String toString() {
            return "Made[" + about + "]";
        }
    }
}
