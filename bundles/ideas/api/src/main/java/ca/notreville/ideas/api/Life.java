// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of an idea so far, for everybody to read.
 *
 * @param step number of the last step, to be sent back with the next one
 * @param steps all of them, the first first
 * @param into what it is united with now, {@code null} if it is not
 * @param merges all in which it took part, on either side, the first first, also those that were undone
 * @param possible the states to which the caller may bring it now: staff; of {@link IdeaState#WITHDRAWN}, its author
 */
public record Life(
        long idea,
        IdeaState state,
        int step,
        List<Step> steps,
        @Nullable Merge into,
        List<Merge> merges,
        Set<IdeaState> possible) {

    public Life {
        steps = List.copyOf(steps);
        merges = List.copyOf(merges);
        possible = Set.copyOf(possible);
    }

    /** The official answer that holds now. */
    public Optional<Step> answer() {
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.get(i);
            if (step.to().answered()) {
                return Optional.of(step).filter(found -> found.answer() != null);
            }
            if (step.to() != IdeaState.TAKEN_UP) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
