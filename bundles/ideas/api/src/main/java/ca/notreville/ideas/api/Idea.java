// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A solution proposed to a need that was noticed.
 *
 * @param need what was noticed, plain text; "" for some imported ideas
 * @param proposal what to do about it, plain text; blank lines part paragraphs
 * @param beneficiaries who gains, plain text; "" if nobody wrote it
 * @param category id, {@code null} if it has none
 * @param neighbourhood id, {@code null} for the whole town
 * @param author id of the member, 0 if the author has no account here (imported)
 * @param authorName "" if not known
 * @param createdAt when it was first published, here or where it was imported from
 * @param origin where it was imported from, {@code null} if it was written here
 * @param atCounter whether staff entered it for the author at the counter, or from paper
 */
public record Idea(
        long id,
        String title,
        String need,
        String proposal,
        String beneficiaries,
        @Nullable String category,
        @Nullable String neighbourhood,
        IdeaState state,
        long author,
        String authorName,
        Tally votes,
        int comments,
        Instant createdAt,
        @Nullable Origin origin,
        boolean atCounter) {

    /**
     * Where an imported idea came from.
     *
     * @param address of its page there, "" if not known
     * @param supports how many supported it there; they have no votes here
     */
    public record Origin(String address, int supports) {}
}
