// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.rest;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Result.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The wire forms of this module; changes here are changes to the public REST interface. */
public final class BudgetViews {

    private BudgetViews() {}

    /** A list in the form of all lists; {@code next} goes into {@code after} for the following piece, null at the end. */
    public record Budgets(
            List<BudgetView> items,
            @Schema(nullable = true) @Nullable String next) {}

    /** Money: cents and ISO 4217. */
    public record MoneyView(long amount, String currency) {}

    /**
     * A budget.
     *
     * @param ballot approval, knapsack, points or ranking
     * @param rule most-votes, most-votes-until-full, equal-shares, equal-shares-once or equal-shares-raised
     * @param maxLength 0 for as many projects as there are
     * @param points to deal, 0 where none are dealt
     * @param territory "" for the whole town, borough:id or neighbourhood:id
     * @param phase draft, announced, voting, counting or decided
     */
    public record BudgetView(
            String id,
            int version,
            String title,
            String description,
            MoneyView amount,
            String ballot,
            String rule,
            int minLength,
            int maxLength,
            int points,
            long minimum,
            String territory,
            String phase,
            Instant opensAt,
            Instant closesAt,
            long ballots,
            @Schema(nullable = true) @Nullable Instant decidedAt,
            String origin) {

        static BudgetView of(Budget budget) {
            return new BudgetView(
                    String.valueOf(budget.id()),
                    budget.version(),
                    budget.title(),
                    budget.description(),
                    new MoneyView(budget.amount(), budget.currency()),
                    budget.ballot().word(),
                    budget.rule().word(),
                    budget.minLength(),
                    budget.maxLength(),
                    budget.points(),
                    budget.minimum(),
                    budget.territory(),
                    budget.phase().word(),
                    budget.opensAt(),
                    budget.closesAt(),
                    budget.ballots(),
                    budget.decidedAt(),
                    budget.origin());
        }
    }

    /** All projects of a budget, in the order of the published list. */
    public record BudgetProjects(List<BudgetProjectView> items) {}

    /**
     * A project of a budget.
     *
     * @param number its place in the list; of equals the lower number comes first
     * @param code its name in the file it came from, "" without one
     */
    public record BudgetProjectView(
            String id,
            int number,
            String code,
            String title,
            String description,
            MoneyView cost,
            String territory,
            String place,
            String category) {

        static BudgetProjectView of(BudgetProject project, String currency) {
            return new BudgetProjectView(
                    String.valueOf(project.id()),
                    project.number(),
                    project.code(),
                    project.title(),
                    project.description(),
                    new MoneyView(project.cost(), currency),
                    project.territory(),
                    project.place(),
                    project.category());
        }
    }

    /** A ballot to cast; where projects are ranked, the best first. */
    public record BallotBody(@Nullable List<@Nullable MarkBody> marks) {}

    /** A project on a ballot, with its points where points are dealt. */
    public record MarkBody(
            @Nullable String project, @Nullable Integer points) {}

    /** A ballot. */
    public record BallotView(List<MarkView> marks, Instant castAt, boolean atCounter) {
        static BallotView of(Ballot ballot) {
            return new BallotView(
                    ballot.marks().stream()
                            .map(mark -> new MarkView(String.valueOf(mark.project()), mark.points()))
                            .toList(),
                    ballot.castAt(),
                    ballot.atCounter());
        }
    }

    /** A project on a ballot. */
    public record MarkView(String project, int points) {}

    /**
     * Which projects get money, and why.
     *
     * @param binding whether this is the rule of the budget
     * @param spent in all
     * @param verdicts in the order in which they were decided
     */
    public record ResultView(String rule, boolean binding, long ballots, MoneyView spent, List<VerdictView> verdicts) {
        static ResultView of(Result result, String currency) {
            return new ResultView(
                    result.rule().word(),
                    result.binding(),
                    result.ballots(),
                    new MoneyView(result.spent(), currency),
                    result.verdicts().stream().map(VerdictView::of).toList());
        }
    }

    /**
     * What became of a project.
     *
     * @param reason chosen, chosen-with-the-rest, dearer-than-left, dearer-than-all, backers-short, below-minimum, no-votes or
     *     after-the-end
     * @param points that it got; as the votes where none are dealt
     * @param left cents that were left right before
     * @param backing with equal shares, cents that its backers had left between them
     * @param price with equal shares, cents that a backer paid at most for a vote or a point
     */
    public record VerdictView(
            String project,
            boolean selected,
            String reason,
            int step,
            long votes,
            BigDecimal points,
            long left,
            long backing,
            long price) {

        static VerdictView of(Verdict verdict) {
            return new VerdictView(
                    String.valueOf(verdict.project()),
                    verdict.reason().chosen(),
                    verdict.reason().word(),
                    verdict.step(),
                    verdict.votes(),
                    BigDecimal.valueOf(verdict.points(), 3).stripTrailingZeros(),
                    verdict.left(),
                    verdict.backing(),
                    verdict.price());
        }
    }

    /** The file of an import, as a part of a multipart body; {@code dryRun} of "true" keeps nothing. */
    public record PbFileBody(
            @Schema(type = "string", format = "binary", requiredMode = Schema.RequiredMode.REQUIRED)
            byte[] file,

            @Nullable String dryRun) {}

    /**
     * What came of a file.
     *
     * @param budget null of a dry run
     * @param known whether the file had been brought in before
     */
    public record PbImportView(
            @Schema(nullable = true) @Nullable String budget,
            String title,
            int projects,
            int ballots,
            boolean known,
            int refusedCount,
            List<PbNoteView> refused,
            List<PbNoteView> notices) {}

    /**
     * Something about a line.
     *
     * @param line on which the row begins, from 1
     * @param code stable
     * @param reason in the caller's language
     */
    public record PbNoteView(long line, String column, String code, String reason) {}
}
