// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.web;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.ExchangeService.Imported;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.Money;
import ca.notreville.budgets.internal.PbUploads;
import ca.notreville.budgets.internal.view.StaticTemplates;
import ca.notreville.budgets.internal.view.Templates;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.List;
import java.util.stream.Stream;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** The pages of those who make budgets. */
@Path("/admin/budgets")
@Produces(MediaType.TEXT_HTML)
public final class BudgetAdminPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String HERE = "/admin/budgets/";

    private final BudgetService budgets;
    private final ExchangeService exchange;
    private final TerritoryService territory;

    public BudgetAdminPages(BudgetService budgets, ExchangeService exchange, TerritoryService territory) {
        this.budgets = budgets;
        this.exchange = exchange;
        this.territory = territory;
    }

    /** The services check each act again; this only spares people a form that would be refused. */
    private static void require(Visit visit) {
        if (!visit.may(BudgetService.MANAGE)) {
            visit.caller().requireMember();
            throw new ForbiddenException();
        }
    }

    @GET
    public Answer list(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        require(visit);
        return Page.of(
                visit.text("budgets.admin.title"),
                VIEWS.adminBudgets(
                        visit, new Shown(visit, territory), budgets.list(visit.caller(), Paging.of(null, after, 1))));
    }

    @GET
    @Path("new")
    public Answer form(@Context Visit visit) {
        require(visit);
        return editor(
                visit,
                Form.empty().with("minLength", "1").with("minimum", "1").with("rule", Rule.EQUAL_SHARES.word()),
                null);
    }

    private Page editor(Visit visit, Form form, @Nullable Budget budget) {
        return Page.of(
                visit.text(budget == null ? "budgets.new.title" : "budgets.edit.title"),
                VIEWS.budgetEditor(
                        visit,
                        form,
                        budget,
                        options(visit, "budgets.ballot.", BallotKind.words()),
                        options(visit, "budgets.rule.", rules()),
                        new Shown(visit, territory).territories()));
    }

    private static List<String> rules() {
        return Stream.of(Rule.EQUAL_SHARES, Rule.MOST_VOTES, Rule.MOST_VOTES_UNTIL_FULL)
                .map(Rule::word)
                .toList();
    }

    private static List<Option> options(Visit visit, String prefix, List<String> words) {
        return words.stream()
                .map(word -> new Option(word, visit.text(prefix + word)))
                .toList();
    }

    @POST
    public Answer create(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> budgets.create(visit.caller(), draft(form)))
                .then(budget -> Redirect.to(HERE + budget.id()).saying("budgets.created"))
                .orAgain(wrong -> editor(visit, wrong, null));
    }

    private static BudgetDraft draft(Form form) {
        return new BudgetDraft(
                form.value("title"),
                form.value("description"),
                form.value("amount"),
                form.optional("ballot"),
                form.optional("rule"),
                form.optional("minLength"),
                form.optional("maxLength"),
                form.optional("points"),
                form.optional("minimum"),
                form.optional("territory"),
                form.optional("opensAt"),
                form.optional("closesAt"));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        require(visit);
        return page(visit, id, Form.empty());
    }

    private Page page(Visit visit, long id, Form form) {
        Budget budget = budgets.get(visit.caller(), id);
        return Page.of(
                budget.title(),
                VIEWS.adminBudget(
                        visit,
                        new Shown(visit, territory),
                        budget,
                        budgets.projects(visit.caller(), id),
                        form,
                        new Shown(visit, territory).territories()));
    }

    @GET
    @Path("{id: [0-9]+}/edit")
    public Answer edit(@Context Visit visit, @PathParam("id") long id) {
        require(visit);
        Budget budget = budgets.get(visit.caller(), id);
        return editor(
                visit,
                Form.empty()
                        .with("title", budget.title())
                        .with("description", budget.description())
                        .with("amount", Money.plain(budget.amount()))
                        .with("ballot", budget.ballot().word())
                        .with("rule", budget.rule().word())
                        .with("minLength", String.valueOf(budget.minLength()))
                        .with("maxLength", budget.maxLength() == 0 ? "" : String.valueOf(budget.maxLength()))
                        .with("points", budget.points() == 0 ? "" : String.valueOf(budget.points()))
                        .with("minimum", String.valueOf(budget.minimum()))
                        .with("territory", budget.territory())
                        .with("opensAt", budgets.local(budget.opensAt()))
                        .with("closesAt", budgets.local(budget.closesAt())),
                budget);
    }

    @POST
    @Path("{id: [0-9]+}/edit")
    public Answer change(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> budgets.change(visit.caller(), id, draft(form)))
                .then(budget -> Redirect.to(HERE + id).saying("budgets.changed"))
                .orAgain(wrong -> editor(visit, wrong, budgets.get(visit.caller(), id)));
    }

    @POST
    @Path("{id: [0-9]+}/publication")
    public Answer publish(@Context Visit visit, @PathParam("id") long id) {
        budgets.publish(visit.caller(), id);
        return Redirect.to(HERE + id).saying("budgets.published");
    }

    @POST
    @Path("{id: [0-9]+}/projects")
    public Answer add(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> budgets.add(visit.caller(), id, project(form)))
                .then(project -> Redirect.to(HERE + id + "#projects").saying("budgets.project.added"))
                .orAgain(wrong -> page(visit, id, wrong));
    }

    private static ProjectDraft project(Form form) {
        return new ProjectDraft(
                form.value("title"),
                form.value("description"),
                form.value("cost"),
                form.optional("territory"),
                form.value("category"));
    }

    @GET
    @Path("{id: [0-9]+}/projects/{project: [0-9]+}")
    public Answer editProject(@Context Visit visit, @PathParam("id") long id, @PathParam("project") long project) {
        require(visit);
        BudgetProject known = budgets.projects(visit.caller(), id).stream()
                .filter(p -> p.id() == project)
                .findFirst()
                .orElseThrow(NotFoundException::new);
        return projectEditor(
                visit,
                id,
                project,
                Form.empty()
                        .with("title", known.title())
                        .with("description", known.description())
                        .with("cost", Money.plain(known.cost()))
                        .with("territory", known.territory())
                        .with("category", known.category()));
    }

    private Page projectEditor(Visit visit, long id, long project, Form form) {
        return Page.of(
                visit.text("budgets.project.edit"),
                VIEWS.projectEditor(
                        visit,
                        budgets.get(visit.caller(), id),
                        project,
                        form,
                        new Shown(visit, territory).territories()));
    }

    @POST
    @Path("{id: [0-9]+}/projects/{project: [0-9]+}")
    public Answer changeProject(
            @Context Visit visit, @PathParam("id") long id, @PathParam("project") long project, @Context Form form) {
        if (form.value("act").equals("remove")) {
            budgets.remove(visit.caller(), id, project);
            return Redirect.to(HERE + id + "#projects").saying("budgets.project.removed");
        }
        return form.attempt(() -> budgets.change(visit.caller(), id, project, project(form)))
                .then(changed -> Redirect.to(HERE + id + "#projects").saying("budgets.project.changed"))
                .orAgain(wrong -> projectEditor(visit, id, project, wrong));
    }

    @GET
    @Path("import")
    public Answer importForm(@Context Visit visit) {
        require(visit);
        return importPage(visit, Form.empty(), null);
    }

    private static Page importPage(Visit visit, Form form, @Nullable Imported imported) {
        return Page.of(visit.text("budgets.import.title"), VIEWS.pbImport(visit, form, imported));
    }

    @POST
    @Path("import")
    public Answer bring(@Context Visit visit, @Context Form form) {
        boolean dryRun = form.value("act").equals("look");
        return form.attempt(() -> PbUploads.bring(exchange, visit.caller(), form, dryRun))
                .then(imported -> imported.budget() != 0
                                && imported.refusedCount() == 0
                                && imported.notices().isEmpty()
                        ? Redirect.to("/budgets/" + imported.budget())
                                .saying(imported.known() ? "budgets.import.known" : "budgets.import.done")
                        : importPage(visit, Form.empty(), imported))
                .orAgain(wrong -> importPage(visit, wrong, null));
    }

    /** Budgets on the page {@code /admin}. */
    @Component
    public static final class BudgetsAdminEntry implements AdminEntry {

        @Override
        public String path() {
            return "/admin/budgets";
        }

        @Override
        public String label() {
            return "budgets.admin.title";
        }

        @Override
        public String hint() {
            return "budgets.admin.hint";
        }

        @Override
        public int rank() {
            return 150;
        }

        @Override
        public String action() {
            return BudgetService.MANAGE;
        }
    }
}
