// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money, and the people deciding what for.
 *
 * @param version rises with each change of the budget or its projects
 * @param amount in cents
 * @param currency ISO 4217; {@code CAD} unless it was brought in from elsewhere
 * @param minLength fewest projects on a ballot
 * @param maxLength most projects on a ballot, 0 for as many as there are
 * @param points to deal on a ballot, 0 where none are dealt
 * @param minimum votes or points that a project must reach
 * @param territory "" for the whole town, {@code borough:<id>} or {@code neighbourhood:<id>}
 * @param ballots how many were cast
 * @param decidedAt {@code null} until the result is there
 * @param origin where it was held, "" if here
 */
public record Budget(
        long id,
        int version,
        String title,
        String description,
        long amount,
        String currency,
        BallotKind ballot,
        Rule rule,
        int minLength,
        int maxLength,
        int points,
        long minimum,
        String territory,
        Phase phase,
        Instant opensAt,
        Instant closesAt,
        long ballots,
        @Nullable Instant decidedAt,
        String origin) {}
