// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.web;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.Ballot.Mark;
import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.BallotService;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.PbUploads;
import ca.notreville.budgets.internal.view.StaticTemplates;
import ca.notreville.budgets.internal.view.Templates;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.NavEntry;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The pages of budgets. */
@Path("/budgets")
@Produces(MediaType.TEXT_HTML)
public final class BudgetPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final int RANK = 150;

    private final BudgetService budgets;
    private final BallotService ballots;
    private final ExchangeService exchange;
    private final TerritoryService territory;

    public BudgetPages(
            BudgetService budgets, BallotService ballots, ExchangeService exchange, TerritoryService territory) {
        this.budgets = budgets;
        this.ballots = ballots;
        this.exchange = exchange;
        this.territory = territory;
    }

    @GET
    public Answer list(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        return Page.of(
                        visit.text("budgets.list.title"),
                        VIEWS.budgets(
                                visit,
                                new Shown(visit, territory),
                                budgets.list(visit.caller(), Paging.of(null, after, 1))))
                .describedAs(visit.text("budgets.list.lead"));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id, @QueryParam("rule") @Nullable String rule) {
        return page(visit, budgets.get(visit.caller(), id), rule, Form.empty());
    }

    private Page page(Visit visit, Budget budget, @Nullable String word, Form form) {
        long id = budget.id();
        List<BudgetProject> projects = budgets.projects(visit.caller(), id);
        Rule rule = word != null && Rule.words().contains(word) ? Rule.of(word) : null;
        Result result = budgets.result(visit.caller(), id, rule).orElse(null);
        Ballot ballot = ballots.find(visit.caller(), id).orElse(null);
        boolean posted = !form.values().isEmpty();
        return Page.of(
                        budget.title(),
                        VIEWS.budget(
                                visit,
                                new Shown(visit, territory),
                                budget,
                                Shown.choices(budget, projects, ballot, form::value, posted),
                                Shown.byId(projects),
                                ballot,
                                result,
                                form,
                                visit.panels(new Initiative(BudgetService.KIND, id))))
                .describedAs(budget.description());
    }

    /** Casts the ballot, or takes it back. */
    @POST
    @Path("{id: [0-9]+}/ballot")
    public Answer vote(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        Budget budget = budgets.get(visit.caller(), id);
        if (form.value("act").equals("withdraw")) {
            ballots.withdraw(visit.caller(), id);
            return Redirect.to("/budgets/" + id).saying("budgets.withdrawn");
        }
        return form.attempt(() ->
                        ballots.cast(visit.caller(), id, marks(budget, budgets.projects(visit.caller(), id), form)))
                .then(ballot -> Redirect.to("/budgets/" + id + "#ballot").saying("budgets.cast"))
                .orAgain(wrong -> page(visit, budget, null, wrong));
    }

    private static List<Mark> marks(Budget budget, List<BudgetProject> projects, Form form) {
        List<Mark> marks = new ArrayList<>();
        List<FieldError> errors = new ArrayList<>();
        for (BudgetProject project : projects) {
            String typed = form.value("p" + project.id()).strip();
            if (typed.isEmpty()) {
                continue;
            }
            if (budget.ballot() == BallotKind.APPROVAL || budget.ballot() == BallotKind.KNAPSACK) {
                marks.add(new Mark(project.id(), 1));
            } else if (typed.matches("[0-9]{1,6}")) {
                int number = Integer.parseInt(typed);
                if (number > 0) {
                    marks.add(new Mark(project.id(), number));
                }
            } else {
                errors.add(new FieldError("points", "budgets.points-range", Map.of("max", budget.points())));
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidException(errors);
        }
        if (budget.ballot() == BallotKind.RANKING) {
            marks.sort(Comparator.comparingInt(Mark::points));
            for (int i = 1; i < marks.size(); i++) {
                if (marks.get(i).points() == marks.get(i - 1).points()) {
                    throw new InvalidException(List.of(new FieldError(
                            "projects",
                            "budgets.rank-twice",
                            Map.of("rank", marks.get(i).points()))));
                }
            }
        }
        return marks;
    }

    @GET
    @Path("{id: [0-9]+}/file")
    @Produces("text/plain;charset=UTF-8")
    public Response file(@Context Visit visit, @PathParam("id") long id) {
        return PbUploads.download(exchange.export(visit.caller(), id), id);
    }

    /** How each rule decides. */
    @GET
    @Path("rules")
    public Answer rules(@Context Visit visit) {
        return Page.of(visit.text("budgets.rules.title"), VIEWS.rules(visit));
    }

    /** The entry of budgets in the main navigation. */
    @Component
    public static final class BudgetsEntry implements NavEntry {

        @Override
        public String path() {
            return "/budgets";
        }

        @Override
        public String label() {
            return "budgets.nav";
        }

        @Override
        public int rank() {
            return RANK;
        }
    }
}
