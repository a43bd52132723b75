// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.DraftService;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.SavedDraft;
import ca.notreville.ideas.internal.rest.IdeaViews.DraftBody;
import ca.notreville.ideas.internal.rest.IdeaViews.DraftView;
import ca.notreville.ideas.internal.rest.IdeaViews.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The caller's unfinished ideas over REST. */
@Path("/api/v1/ideas/drafts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "ideas")
public final class DraftResource {

    private final DraftService drafts;

    public DraftResource(DraftService drafts) {
        this.drafts = drafts;
    }

    @GET
    @Operation(summary = "The caller's unfinished ideas, the last saved first")
    public Items<DraftView> list(@Context Caller caller) {
        return new Items<>(drafts.list(caller).stream().map(DraftView::of).toList(), null);
    }

    @POST
    @Operation(summary = "Keep an unfinished idea")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DraftView.class)))
    public Response create(@Context Caller caller, @Nullable DraftBody body) {
        SavedDraft saved = drafts.save(caller, 0, 0, draft(body));
        return Response.created(URI.create("/api/v1/ideas/drafts/" + saved.id()))
                .entity(DraftView.of(saved))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One unfinished idea")
    public DraftView get(@Context Caller caller, @PathParam("id") long id) {
        return DraftView.of(drafts.get(caller, id));
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Keep what changed",
            description =
                    "If the version was changed by somebody else meanwhile, this becomes a draft of its own: look at the id.")
    public DraftView save(@Context Caller caller, @PathParam("id") long id, @Nullable DraftBody body) {
        return DraftView.of(drafts.save(caller, id, body == null ? 0 : body.version(), draft(body)));
    }

    private static IdeaDraft draft(@Nullable DraftBody body) {
        return body == null
                ? new IdeaDraft(null, null, null, null, null)
                : new IdeaDraft(
                        body.title(),
                        body.need(),
                        body.proposal(),
                        body.beneficiaries(),
                        body.category(),
                        body.neighbourhood());
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete an unfinished idea")
    @ApiResponse(responseCode = "204", description = "done")
    public Response delete(@Context Caller caller, @PathParam("id") long id) {
        drafts.delete(caller, id);
        return Response.noContent().build();
    }
}
