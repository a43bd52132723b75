// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.ideas.api.Awaiting;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.Merge;
import ca.notreville.ideas.api.Step;
import ca.notreville.ideas.internal.rest.IdeaViews.AuthorView;
import ca.notreville.ideas.internal.rest.IdeaViews.CardView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire forms of what becomes of ideas. */
public final class LifeViews {

    private LifeViews() {}

    /**
     * What became of an idea so far.
     *
     * @param step number of the last step, to be sent back with the next one
     * @param possible the states to which the caller may bring it now
     * @param into the idea that it is united with now; the merge is among {@code merges}
     */
    public record LifeView(
            String id,
            String state,
            int step,
            List<String> possible,
            List<StepView> steps,
            @Schema(nullable = true) @Nullable String into,
            List<MergeView> merges) {

        static LifeView of(Life life) {
            Merge into = life.into();
            return new LifeView(
                    String.valueOf(life.idea()),
                    life.state().word(),
                    life.step(),
                    life.possible().stream().map(IdeaState::word).sorted().toList(),
                    life.steps().stream().map(StepView::of).toList(),
                    into == null ? null : String.valueOf(into.target()),
                    life.merges().stream().map(MergeView::of).toList());
        }
    }

    /**
     * One step.
     *
     * @param cost in cents of Canadian dollars
     * @param plannedOn when it is to be done
     */
    public record StepView(
            int number,
            Instant at,
            AuthorView by,
            @Schema(nullable = true) @Nullable String from,
            String to,
            String text,
            @Schema(nullable = true) @Nullable Long cost,

            @Schema(nullable = true, format = "date") @Nullable
            String plannedOn) {

        static StepView of(Step step) {
            Step.Answer answer = step.answer();
            IdeaState from = step.from();
            return new StepView(
                    step.number(),
                    step.at(),
                    AuthorView.of(step.by(), step.byName()),
                    from == null ? null : from.word(),
                    step.to().word(),
                    step.text(),
                    answer == null ? null : answer.cost(),
                    answer == null || answer.plannedOn() == null
                            ? null
                            : answer.plannedOn().toString());
        }
    }

    /**
     * One idea united with another.
     *
     * @param moved how many votes came along
     * @param both how many people had voted on both
     * @param undoneAt when they were parted again
     */
    public record MergeView(
            String source,
            String sourceTitle,
            String target,
            String targetTitle,
            Instant at,
            String text,
            int moved,
            int both,
            @Schema(nullable = true) @Nullable Instant undoneAt) {

        static MergeView of(Merge merge) {
            Merge.Undone undone = merge.undone();
            return new MergeView(
                    String.valueOf(merge.source()),
                    merge.sourceTitle(),
                    String.valueOf(merge.target()),
                    merge.targetTitle(),
                    merge.at(),
                    merge.text(),
                    merge.moved(),
                    merge.both(),
                    undone == null ? null : undone.at());
        }
    }

    /**
     * An idea that waits for an answer.
     *
     * @param since when the review began
     */
    public record AwaitingView(CardView idea, Instant since) {

        static AwaitingView of(Awaiting awaiting) {
            return new AwaitingView(CardView.of(awaiting.idea()), awaiting.since());
        }
    }
}
