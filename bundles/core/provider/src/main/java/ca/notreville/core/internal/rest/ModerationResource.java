// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.api.moderation.ModerationService.Case;
import ca.notreville.core.api.moderation.ModerationService.Decision;
import ca.notreville.core.api.moderation.ModerationService.Filter;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reports, the moderators' queue, decisions and appeals over REST. */
@Component(service = ModerationResource.class)
@Path("/api/v1/moderation")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "moderation")
public final class ModerationResource {

    private final ModerationService moderation;

    @Activate
    public ModerationResource(@Reference ModerationService moderation) {
        this.moderation = moderation;
    }

    @POST
    @Path("reports")
    @Operation(summary = "Report content (comment:42), once")
    public void report(@Context Caller caller, @Nullable ReportBody body) {
        ReportBody sent = body == null ? new ReportBody(null, null, null) : body;
        Initiative item = Initiative.parse(sent.item == null ? "" : sent.item)
                .orElseThrow(() -> InvalidException.of("item", sent.item == null ? "required" : "unknown"));
        moderation.report(caller, item, sent.reason, sent.note);
    }

    @GET
    @Path("cases")
    @Operation(summary = "What waits for a decision, what has waited longest first")
    public Items<CaseView> queue(
            @Context Caller caller,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("source") @Nullable String source,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        var slice = moderation.queue(
                caller,
                new Filter(kind, source, neighbourhood),
                Paging.of(limit, after, ModerationService.CURSOR_SIZE));
        return new Items<>(slice.items().stream().map(CaseView::of).toList(), slice.next());
    }

    @GET
    @Path("cases/{id: [0-9]+}")
    @Operation(summary = "A case, for moderators and the author")
    public CaseView get(@Context Caller caller, @PathParam("id") long id) {
        return CaseView.of(moderation.get(caller, id));
    }

    @POST
    @Path("cases/{id: [0-9]+}/decision")
    @Operation(summary = "Decide a case or an appeal: hide, restore, dismiss, warn or suspend")
    public CaseView decide(@Context Caller caller, @PathParam("id") long id, @Nullable DecisionBody body) {
        DecisionBody sent = body == null ? new DecisionBody(null, null, null) : body;
        return CaseView.of(moderation.decide(caller, id, sent.decision, sent.reason, sent.days));
    }

    @POST
    @Path("cases/{id: [0-9]+}/appeal")
    @Operation(summary = "Ask another moderator to look at a decision about what one wrote")
    public CaseView appeal(@Context Caller caller, @PathParam("id") long id, @Nullable AppealBody body) {
        return CaseView.of(moderation.appeal(caller, id, body == null ? null : body.appeal));
    }

    @GET
    @Path("numbers")
    @Operation(summary = "What moderation did in the last twelve months")
    public NumbersView numbers() {
        var numbers = moderation.numbers();
        return new NumbersView(
                numbers.since().toString(),
                numbers.reports(),
                numbers.decisions(),
                numbers.held(),
                numbers.appeals(),
                numbers.overturned(),
                numbers.medianHours().orElse(null),
                numbers.waiting());
    }

    /** What is reported and why: spam, insult, hate, personal, false, off_topic or other (which needs a note). */
    public record ReportBody(
            @Schema(nullable = true) @Nullable String item,
            @Schema(nullable = true) @Nullable String reason,
            @Schema(nullable = true) @Nullable String note) {}

    /** A decision; {@code days} (1, 7, 30 or 90) for suspend. */
    public record DecisionBody(
            @Schema(nullable = true) @Nullable String decision,
            @Schema(nullable = true) @Nullable String reason,
            @Schema(nullable = true) @Nullable Integer days) {}

    /** What the author says. */
    public record AppealBody(
            @Schema(nullable = true) @Nullable String appeal) {}

    /** Numbers of twelve months; {@code medianHours} from the opening of a case to its decision, null if there was none. */
    public record NumbersView(
            String since,
            Map<String, Integer> reports,
            Map<String, Integer> decisions,
            int held,
            int appeals,
            int overturned,
            @Schema(nullable = true) @Nullable Integer medianHours,
            int waiting) {}

    /**
     * A case.
     *
     * @param source report or held
     * @param state open, decided, appealed or closed
     * @param author id of the member, null for nobody here
     * @param signs why it was held
     * @param decision hide, restore, dismiss, warn or suspend, null while it is open
     */
    public record CaseView(
            String id,
            String item,
            String source,
            String state,
            String title,
            String path,
            @Schema(nullable = true) @Nullable String author,
            @Schema(nullable = true) @Nullable String neighbourhood,
            int reports,
            List<String> signs,
            Instant openedAt,
            @Schema(nullable = true) @Nullable Instant waitingSince,
            @Schema(nullable = true) @Nullable String decision,
            String reason,
            @Schema(nullable = true) @Nullable Instant decidedAt,
            @Schema(nullable = true) @Nullable Instant suspendedUntil,
            String appeal) {

        static CaseView of(Case one) {
            Decision decision = one.decision();
            return new CaseView(
                    String.valueOf(one.id()),
                    one.item().toString(),
                    one.source(),
                    one.state().word(),
                    one.title(),
                    one.path(),
                    one.author() == 0 ? null : String.valueOf(one.author()),
                    one.neighbourhood(),
                    one.reports(),
                    one.signs(),
                    one.openedAt(),
                    one.waitingSince(),
                    decision == null ? null : decision.word(),
                    one.reason(),
                    one.decidedAt(),
                    one.suspendedUntil(),
                    one.appeal());
        }
    }
}
