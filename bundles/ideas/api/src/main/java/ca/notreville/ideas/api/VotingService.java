// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Votes: one for each member and idea, which the database guarantees whatever comes at once. */
@ProviderType
public interface VotingService {

    /** Action: vote, change one's vote, take it back. */
    String VOTE = "ideas.vote";

    /**
     * Casts or changes the caller's vote. When this returns, the vote is on disk. The same choice again changes nothing and
     * gives the same receipt.
     *
     * @throws NotFoundException if there is no such idea
     * @throws ConflictException {@code ideas.voting-closed}, {@code ideas.merged}, {@code ideas.withdrawn}, {@code ideas.hidden}; a
     *     vote is taken before the idea is closed or refused, never after
     */
    Vote cast(Caller caller, long idea, Choice choice);

    /**
     * Takes the caller's vote back; without one, changes nothing.
     *
     * @return the receipt of that; empty if there was no vote
     * @throws NotFoundException if there is no such idea
     * @throws ConflictException {@code ideas.voting-closed}, {@code ideas.merged}, {@code ideas.withdrawn}, {@code ideas.hidden}; a
     *     vote is taken before the idea is closed or refused, never after
     */
    Optional<String> withdraw(Caller caller, long idea);

    /** The caller's vote on this idea; empty for a visitor too. */
    Optional<Vote> find(Caller caller, long idea);
}
