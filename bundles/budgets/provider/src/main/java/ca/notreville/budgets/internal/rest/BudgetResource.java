// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.rest;

import ca.notreville.budgets.api.Ballot.Mark;
import ca.notreville.budgets.api.BallotService;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.ExchangeService.Imported;
import ca.notreville.budgets.api.ExchangeService.Note;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.PbUploads;
import ca.notreville.budgets.internal.rest.BudgetViews.BallotBody;
import ca.notreville.budgets.internal.rest.BudgetViews.BallotView;
import ca.notreville.budgets.internal.rest.BudgetViews.BudgetProjectView;
import ca.notreville.budgets.internal.rest.BudgetViews.BudgetProjects;
import ca.notreville.budgets.internal.rest.BudgetViews.BudgetView;
import ca.notreville.budgets.internal.rest.BudgetViews.Budgets;
import ca.notreville.budgets.internal.rest.BudgetViews.MarkBody;
import ca.notreville.budgets.internal.rest.BudgetViews.PbFileBody;
import ca.notreville.budgets.internal.rest.BudgetViews.PbImportView;
import ca.notreville.budgets.internal.rest.BudgetViews.PbNoteView;
import ca.notreville.budgets.internal.rest.BudgetViews.ResultView;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Visit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Participatory budgets over REST. */
@Path("/api/v1/budgets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "budgets")
public final class BudgetResource {

    private static final String HERE = "/api/v1/budgets/";

    private final BudgetService budgets;
    private final BallotService ballots;
    private final ExchangeService exchange;

    public BudgetResource(BudgetService budgets, BallotService ballots, ExchangeService exchange) {
        this.budgets = budgets;
        this.ballots = ballots;
        this.exchange = exchange;
    }

    @GET
    @Operation(summary = "Budgets, latest first; a piece at a time")
    public Budgets list(
            @Context Caller caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<Budget> slice = budgets.list(caller, Paging.of(limit, after, 1));
        return new Budgets(slice.items().stream().map(BudgetView::of).toList(), slice.next());
    }

    @POST
    @Operation(summary = "Make a budget; a draft until it is published")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = BudgetView.class)))
    public Response create(@Context Caller caller, @Nullable BudgetDraft body) {
        Budget budget = budgets.create(caller, body == null ? nothing() : body);
        return Response.created(URI.create(HERE + budget.id()))
                .entity(BudgetView.of(budget))
                .build();
    }

    private static BudgetDraft nothing() {
        return new BudgetDraft(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    @GET
    @Path("{id: [0-9]+}")
    @Operation(summary = "A budget")
    public BudgetView get(@Context Caller caller, @PathParam("id") long id) {
        return BudgetView.of(budgets.get(caller, id));
    }

    @PUT
    @Path("{id: [0-9]+}")
    @Operation(summary = "Write a budget anew, before voting begins")
    public BudgetView change(@Context Caller caller, @PathParam("id") long id, @Nullable BudgetDraft body) {
        return BudgetView.of(budgets.change(caller, id, body == null ? nothing() : body));
    }

    @POST
    @Path("{id: [0-9]+}/publication")
    @Operation(summary = "Show a draft to everybody")
    public BudgetView publish(@Context Caller caller, @PathParam("id") long id) {
        return BudgetView.of(budgets.publish(caller, id));
    }

    @GET
    @Path("{id: [0-9]+}/projects")
    @Operation(summary = "The projects of a budget, in the order of the published list")
    public BudgetProjects projects(@Context Caller caller, @PathParam("id") long id) {
        String currency = budgets.get(caller, id).currency();
        return new BudgetProjects(budgets.projects(caller, id).stream()
                .map(project -> BudgetProjectView.of(project, currency))
                .toList());
    }

    @POST
    @Path("{id: [0-9]+}/projects")
    @Operation(summary = "Add a project at the end of the list, before voting begins")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = BudgetProjectView.class)))
    public Response add(@Context Caller caller, @PathParam("id") long id, @Nullable ProjectDraft body) {
        BudgetProject project = budgets.add(caller, id, body == null ? empty() : body);
        return Response.created(URI.create(HERE + id + "/projects"))
                .entity(BudgetProjectView.of(project, budgets.get(caller, id).currency()))
                .build();
    }

    private static ProjectDraft empty() {
        return new ProjectDraft(null, null, null, null, null);
    }

    @PUT
    @Path("{id: [0-9]+}/projects/{project: [0-9]+}")
    @Operation(summary = "Write a project anew, before voting begins")
    public BudgetProjectView change(
            @Context Caller caller,
            @PathParam("id") long id,
            @PathParam("project") long project,
            @Nullable ProjectDraft body) {
        return BudgetProjectView.of(
                budgets.change(caller, id, project, body == null ? empty() : body),
                budgets.get(caller, id).currency());
    }

    @DELETE
    @Path("{id: [0-9]+}/projects/{project: [0-9]+}")
    @Operation(summary = "Take a project out of the list, before voting begins")
    @ApiResponse(responseCode = "204", description = "done")
    public Response remove(@Context Caller caller, @PathParam("id") long id, @PathParam("project") long project) {
        budgets.remove(caller, id, project);
        return Response.noContent().build();
    }

    @GET
    @Path("{id: [0-9]+}/ballot")
    @Operation(summary = "The caller's own ballot")
    public BallotView ballot(@Context Caller caller, @PathParam("id") long id) {
        caller.requireMember();
        return ballots.find(caller, id).map(BallotView::of).orElseThrow(NotFoundException::new);
    }

    @PUT
    @Path("{id: [0-9]+}/ballot")
    @Operation(summary = "Cast a ballot, or change it until voting ends")
    public BallotView cast(@Context Caller caller, @PathParam("id") long id, @Nullable BallotBody body) {
        return BallotView.of(ballots.cast(caller, id, marks(body)));
    }

    private static List<Mark> marks(@Nullable BallotBody body) {
        Fields fields = new Fields();
        List<Mark> marks = new ArrayList<>();
        List<@Nullable MarkBody> sent = body == null || body.marks() == null ? List.of() : body.marks();
        if (sent.size() > BudgetService.MAX_PROJECTS) {
            fields.add("projects", "budgets.too-many", java.util.Map.of("max", BudgetService.MAX_PROJECTS));
            fields.verify();
        }
        for (MarkBody mark : sent) {
            String project = mark == null || mark.project() == null ? "" : mark.project();
            Integer points = mark == null ? null : mark.points();
            if (project.matches("[0-9]{1,18}")) {
                marks.add(new Mark(Long.parseLong(project), points == null ? 1 : points));
            } else {
                fields.add("projects", "budgets.unknown", java.util.Map.of());
            }
        }
        fields.verify();
        return marks;
    }

    @DELETE
    @Path("{id: [0-9]+}/ballot")
    @Operation(summary = "Take one's ballot back")
    @ApiResponse(responseCode = "204", description = "done")
    public Response withdraw(@Context Caller caller, @PathParam("id") long id) {
        ballots.withdraw(caller, id);
        return Response.noContent().build();
    }

    @GET
    @Path("{id: [0-9]+}/result")
    @Operation(summary = "Which projects get money and why, once it is decided; by another rule (rule), for comparison")
    public ResultView result(
            @Context Caller caller, @PathParam("id") long id, @QueryParam("rule") @Nullable String rule) {
        Fields fields = new Fields();
        String word = fields.oneOf("rule", rule, Rule.words());
        fields.verify();
        String currency = budgets.get(caller, id).currency();
        return budgets.result(caller, id, word == null ? null : Rule.of(word))
                .map(result -> ResultView.of(result, currency))
                .orElseThrow(() -> new NotFoundException("budgets.no-result"));
    }

    @GET
    @Path("{id: [0-9]+}/file")
    @Produces({"text/plain;charset=UTF-8", MediaType.APPLICATION_JSON})
    @Operation(summary = "The budget as a file of Pabulib (.pb); with ballots once it is decided")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    public Response file(@Context Caller caller, @PathParam("id") long id) {
        return PbUploads.download(exchange.export(caller, id), id);
    }

    @POST
    @Path("imports")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Bring in an election from a file of Pabulib (.pb), with its ballots; dryRun=true keeps nothing")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = PbFileBody.class)))
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PbImportView.class)))
    public PbImportView bring(@Context Visit visit, @Context Form form) {
        Imported imported = PbUploads.bring(
                exchange, visit.caller(), form, form.value("dryRun").equals("true"));
        return new PbImportView(
                imported.budget() == 0 ? null : String.valueOf(imported.budget()),
                imported.title(),
                imported.projects(),
                imported.ballots(),
                imported.known(),
                imported.refusedCount(),
                imported.refused().stream().map(note -> view(visit, note)).toList(),
                imported.notices().stream().map(note -> view(visit, note)).toList());
    }

    private static PbNoteView view(Visit visit, Note note) {
        return new PbNoteView(
                note.line(), note.column(), note.code(), visit.text("error." + note.code(), "detail", note.detail()));
    }
}
