// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an idea; never changed and never taken away.
 *
 * @param number in the life of this idea; 0 is how it began
 * @param by id of the member who did it, 0 for nobody here or somebody who left
 * @param byName "" if not known
 * @param from {@code null} of the beginning
 * @param text what was said about it, plain text; of an answer its reasons; may be ""
 * @param answer with an official answer, else {@code null}
 */
public record Step(
        int number,
        Instant at,
        long by,
        String byName,
        @Nullable IdeaState from,
        IdeaState to,
        String text,
        @Nullable Answer answer) {

    /**
     * What an official answer tells besides its reasons.
     *
     * @param cost in cents of Canadian dollars, {@code null} if it was not told; always told of an idea that is accepted
     * @param plannedOn when it is to be done, {@code null} likewise
     */
    public record Answer(@Nullable Long cost, @Nullable LocalDate plannedOn) {}
}
