// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to an organisation, sent by e-mail to somebody who may have no account yet.
 *
 * @param email to whom; "" for whoever does not act for the organisation
 * @param invitedBy name of the member who invited
 * @param expiresAt from then on the link is no more good
 */
public record Invitation(
        long id,
        long organisation,
        String organisationName,
        String email,
        MembershipRole role,
        String invitedBy,
        Instant expiresAt) {

    /** How long a link is good. */
    public static final Duration GOOD_FOR = Duration.ofDays(14);

    /** How many an organisation may send within a day. */
    public static final int MAX_A_DAY = 50;

    /**
     * As it was sent.
     *
     * @param email required
     * @param role {@code manager} or {@code member}; missing means {@code member}
     */
    public record Draft(@Nullable String email, @Nullable String role) {}
}
