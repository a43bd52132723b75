// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An idea as lists show it.
 *
 * @param excerpt beginning of what was noticed, or of the proposal, cut at a word
 * @param atCounter whether staff entered it for the author at the counter, or from paper
 */
public record IdeaCard(
        long id,
        String title,
        String excerpt,
        @Nullable String category,
        @Nullable String neighbourhood,
        IdeaState state,
        long author,
        String authorName,
        Tally votes,
        int comments,
        Instant createdAt,
        boolean atCounter) {

    public static final int EXCERPT = 180;
}
