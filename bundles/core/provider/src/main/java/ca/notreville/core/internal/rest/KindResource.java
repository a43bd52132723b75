// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.profile.KindService.KindRequest;
import ca.notreville.core.api.profile.SkillService;
import ca.notreville.core.api.profile.SkillService.Skill;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The list of skills and the requests for a kind of profile over REST. */
@Component(service = KindResource.class)
@Path("/api/v1/profiles")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "profiles")
public final class KindResource {

    private final KindService kinds;
    private final SkillService skills;

    @Activate
    public KindResource(@Reference KindService kinds, @Reference SkillService skills) {
        this.kinds = kinds;
        this.skills = skills;
    }

    @GET
    @Path("skills")
    @Operation(summary = "The list of skills")
    public Items<SkillView> skills() {
        return new Items<>(skills.skills().stream().map(SkillView::of).toList(), null);
    }

    @POST
    @Path("skills")
    @Operation(summary = "Add a skill to the list")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SkillView.class)))
    public Response add(@Context Caller caller, @Nullable SkillBody body) {
        return Response.status(Response.Status.CREATED)
                .entity(save(caller, 0, body))
                .build();
    }

    @PUT
    @Path("skills/{id: [0-9]+}")
    @Operation(summary = "Rename a skill")
    public SkillView rename(@Context Caller caller, @PathParam("id") long id, @Nullable SkillBody body) {
        return save(caller, id, body);
    }

    private SkillView save(Caller caller, long id, @Nullable SkillBody body) {
        return SkillView.of(
                body == null
                        ? skills.save(caller, id, null, null)
                        : skills.save(caller, id, body.french(), body.english()));
    }

    @DELETE
    @Path("skills/{id: [0-9]+}")
    @Operation(summary = "Take a skill out of the list")
    @ApiResponse(responseCode = "204", description = "done")
    public Response remove(@Context Caller caller, @PathParam("id") long id) {
        skills.remove(caller, id);
        return Response.noContent().build();
    }

    @POST
    @Path("requests")
    @Operation(summary = "Ask for a kind of profile that gives rights")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = KindRequestView.class)))
    public Response ask(@Context Caller caller, @Nullable KindRequestBody body) {
        caller.requireMember();
        KindRequest asked = body == null
                ? kinds.ask(caller, null, null, null)
                : kinds.ask(caller, body.kind(), body.reason(), body.neighbourhood());
        return Response.status(Response.Status.CREATED)
                .entity(KindRequestView.of(asked))
                .build();
    }

    @GET
    @Path("requests")
    @Operation(summary = "What waits for a decision, oldest first")
    public Items<KindRequestView> waiting(
            @Context Caller caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        var slice = kinds.waiting(caller, Paging.of(limit, after, 1));
        return new Items<>(slice.items().stream().map(KindRequestView::of).toList(), slice.next());
    }

    @GET
    @Path("requests/mine")
    @Operation(summary = "One's own requests, newest first")
    public Items<KindRequestView> mine(@Context Caller caller) {
        return new Items<>(kinds.own(caller).stream().map(KindRequestView::of).toList(), null);
    }

    @PUT
    @Path("requests/{id: [0-9]+}/decision")
    @Operation(summary = "Approve or refuse; the member is told by letter")
    public KindRequestView decide(@Context Caller caller, @PathParam("id") long id, @Nullable KindDecisionBody body) {
        if (body == null || body.approve() == null) {
            throw InvalidException.of("approve", "required");
        }
        return KindRequestView.of(kinds.decide(caller, id, body.approve(), body.answer()));
    }

    @DELETE
    @Path("requests/{id: [0-9]+}")
    @Operation(summary = "Take back one's own request")
    @ApiResponse(responseCode = "204", description = "done")
    public Response withdraw(@Context Caller caller, @PathParam("id") long id) {
        kinds.withdraw(caller, id);
        return Response.noContent().build();
    }

    /** Both names. */
    public record SkillBody(
            @Schema(nullable = true) @Nullable String french,
            @Schema(nullable = true) @Nullable String english) {}

    /** A skill of the list. */
    public record SkillView(String id, String french, String english) {
        static SkillView of(Skill skill) {
            return new SkillView(String.valueOf(skill.id()), skill.french(), skill.english());
        }
    }

    /** @param kind expert, leader or partner */
    public record KindRequestBody(
            @Schema(nullable = true) @Nullable String kind,
            @Schema(nullable = true) @Nullable String reason,
            @Schema(nullable = true) @Nullable String neighbourhood) {}

    /** @param answer to the member; required for a refusal */
    public record KindDecisionBody(
            @Schema(nullable = true) @Nullable Boolean approve,
            @Schema(nullable = true) @Nullable String answer) {}

    /** @param state waiting, approved, refused or withdrawn */
    public record KindRequestView(
            String id,
            String member,
            String displayName,
            String kind,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String reason,
            String state,
            String answer,
            Instant askedAt) {
        static KindRequestView of(KindRequest r) {
            return new KindRequestView(
                    String.valueOf(r.id()),
                    String.valueOf(r.member()),
                    r.displayName(),
                    r.kind().word(),
                    r.neighbourhood(),
                    r.reason(),
                    r.state(),
                    r.answer(),
                    r.askedAt());
        }
    }
}
