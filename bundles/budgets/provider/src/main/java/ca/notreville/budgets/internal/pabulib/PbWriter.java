// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Result.Verdict;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.Money;
import ca.notreville.budgets.internal.allocation.Election;
import ca.notreville.budgets.internal.pabulib.PbText.Line;
import ca.notreville.budgets.internal.pabulib.PbText.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a budget of this town as a {@code .pb} file. */
public final class PbWriter {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final Budget budget;
    private final List<BudgetProject> projects;
    private final Map<Long, String> codes = new HashMap<>();
    private final List<Paper> papers = new ArrayList<>();
    private boolean pointed;

    private record Paper(String vote, String points, int strength) {}

    public PbWriter(Budget budget, List<BudgetProject> projects) {
        this.budget = budget;
        this.projects = List.copyOf(projects);
        pointed = budget.ballot() == BallotKind.POINTS;
        projects.forEach(project ->
                codes.put(project.id(), project.code().isEmpty() ? String.valueOf(project.number()) : project.code()));
    }

    /** @param points in thousandths */
    public void ballot(long[] named, long[] points, int strength) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < named.length; i++) {
            order.add(i);
            // a ranking tells its points itself, unless they were given otherwise
            pointed |= budget.ballot() == BallotKind.RANKING && points[i] != (named.length - i) * Election.POINT;
        }
        if (budget.ballot() == BallotKind.POINTS) {
            order.sort(Comparator.comparingLong((Integer i) -> -points[i]).thenComparingInt(i -> i));
        }
        papers.add(new Paper(
                order.stream().map(i -> codes.getOrDefault(named[i], "")).collect(Collectors.joining(",")),
                order.stream().map(i -> PbElection.decimal(points[i])).collect(Collectors.joining(",")),
                strength));
    }

    /**
     * @param unit name of the town
     * @param place names the territory of a project, "" for none
     */
    public String write(String unit, ZoneId zone, Optional<Result> result, Function<BudgetProject, String> place) {
        return new PbText(meta(unit, zone), projects(result, place), votes()).write();
    }

    private Map<String, Line> meta(String unit, ZoneId zone) {
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("description", budget.title());
        meta.put("country", budget.origin().isEmpty() ? "Canada" : "unknown");
        meta.put("unit", budget.origin().isEmpty() ? unit : budget.origin());
        meta.put("instance", String.valueOf(budget.closesAt().atZone(zone).getYear()));
        meta.put("num_projects", String.valueOf(projects.size()));
        meta.put("num_votes", String.valueOf(papers.size()));
        meta.put("budget", Money.plain(budget.amount()));
        meta.put(
                "vote_type",
                switch (budget.ballot()) {
                    case APPROVAL, KNAPSACK -> "approval";
                    case POINTS -> "cumulative";
                    case RANKING -> "ordinal";
                });
        meta.put("rule", budget.rule().pabulib() + (threshold() ? "-threshold" : ""));
        meta.put("date_begin", DAY.format(budget.opensAt().atZone(zone)));
        meta.put("date_end", DAY.format(budget.closesAt().atZone(zone)));
        meta.put("min_length", String.valueOf(budget.minLength()));
        if (budget.maxLength() > 0) {
            meta.put("max_length", String.valueOf(budget.maxLength()));
        }
        if (budget.ballot() == BallotKind.KNAPSACK) {
            meta.put("max_sum_cost", Money.plain(budget.amount()));
        }
        if (budget.points() > 0) {
            meta.put("max_sum_points", String.valueOf(budget.points()));
        }
        if (budget.minimum() > 1) {
            meta.put("min_project_score_threshold", String.valueOf(budget.minimum()));
        }
        meta.put("currency", budget.currency());
        if (budget.rule() == Rule.EQUAL_SHARES) {
            meta.put(
                    "comment",
                    "#1: After Add1 the rest of the money goes to the projects with the most votes that fit.");
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        meta.forEach((key, value) -> lines.put(key, new Line(0, List.of(key, value))));
        return lines;
    }

    private boolean threshold() {
        return budget.minimum() > 1 && budget.rule().pabulib().equals("greedy");
    }

    private Table projects(Optional<Result> result, Function<BudgetProject, String> place) {
        Map<Long, Verdict> verdicts = new HashMap<>();
        result.ifPresent(r -> r.verdicts().forEach(verdict -> verdicts.put(verdict.project(), verdict)));
        List<String> columns = new ArrayList<>(List.of("project_id", "cost", "name", "category", "neighborhood"));
        if (result.isPresent()) {
            columns.add("votes");
            if (budget.ballot().pointed()) {
                columns.add("score");
            }
            columns.add("selected");
        }
        List<Line> lines = new ArrayList<>();
        for (BudgetProject project : projects) {
            List<String> cells = new ArrayList<>(List.of(
                    codes.getOrDefault(project.id(), ""),
                    Money.plain(project.cost()),
                    project.title(),
                    project.category(),
                    place.apply(project)));
            Verdict verdict = verdicts.get(project.id());
            if (verdict != null) {
                cells.add(String.valueOf(verdict.votes()));
                if (budget.ballot().pointed()) {
                    cells.add(PbElection.decimal(verdict.points()));
                }
                cells.add(verdict.reason().chosen() ? "1" : "0");
            }
            lines.add(new Line(0, cells));
        }
        return Table.of(columns, lines);
    }

    /** In the order of what they say, so that neither order nor number leads back to who cast them, or when. */
    private Table votes() {
        boolean weighed = papers.stream().anyMatch(paper -> paper.strength > 1);
        List<String> columns = new ArrayList<>(List.of("voter_id", "vote"));
        if (pointed) {
            columns.add("points");
        }
        if (weighed) {
            columns.add("vote_strength");
        }
        List<Line> lines = new ArrayList<>();
        papers.stream()
                .sorted(Comparator.comparing(Paper::vote)
                        .thenComparing(Paper::points)
                        .thenComparing(Paper::strength))
                .forEach(paper -> {
                    List<String> cells = new ArrayList<>(List.of(String.valueOf(lines.size() + 1), paper.vote));
                    if (pointed) {
                        cells.add(paper.points);
                    }
                    if (weighed) {
                        cells.add(String.valueOf(paper.strength));
                    }
                    lines.add(new Line(0, cells));
                });
        return Table.of(columns, lines);
    }
}
