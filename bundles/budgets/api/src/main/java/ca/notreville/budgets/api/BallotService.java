// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ballots: one for each member and budget, which the database guarantees whatever comes at once. A ballot that was taken is counted,
 * and none is taken once counting has begun: both write the same row of the database first.
 */
@ProviderType
public interface BallotService {

    /** Action: cast a ballot, change it, take it back. */
    String VOTE = "budgets.vote";

    /**
     * Casts or changes the caller's ballot. When this returns, it is on disk.
     *
     * @throws InvalidException on {@code projects} ({@code budgets.too-few}, {@code budgets.too-many}, {@code budgets.named-twice},
     *     {@code budgets.unknown}, {@code budgets.too-dear}) or {@code points} ({@code budgets.points-range}, {@code budgets.points-sum})
     * @throws NotFoundException if the caller can see no such budget
     * @throws ConflictException {@code budgets.not-open} before voting begins, {@code budgets.closed} after it ended
     */
    Ballot cast(Caller caller, long budget, List<Ballot.Mark> marks);

    /**
     * Takes the caller's ballot back; without one, changes nothing.
     *
     * @throws NotFoundException if the caller can see no such budget
     * @throws ConflictException as {@link #cast}
     */
    void withdraw(Caller caller, long budget);

    /** The caller's ballot; empty for a visitor too. */
    Optional<Ballot> find(Caller caller, long budget);
}
