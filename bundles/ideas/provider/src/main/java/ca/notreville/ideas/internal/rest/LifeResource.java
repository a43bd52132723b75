// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.AnswerDraft;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.MergeDraft;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.internal.rest.LifeViews.LifeView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.jspecify.annotations.Nullable;

/** What becomes of an idea, over REST. */
@Path("/api/v1/ideas/{id: [0-9]+}/life")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "ideas")
public final class LifeResource {

    private static final MoveDraft NOTHING = new MoveDraft(null, null, null);

    private final LifeService life;

    public LifeResource(LifeService life) {
        this.life = life;
    }

    @GET
    @Operation(summary = "What became of an idea: its steps, the answers, what it was united with")
    public LifeView get(@Context Caller caller, @PathParam("id") long id) {
        return LifeView.of(life.get(caller, id));
    }

    @POST
    @Operation(summary = "Put an idea under review, give it back to the vote, or say that it is taken up")
    public LifeView move(@Context Caller caller, @PathParam("id") long id, @Nullable MoveDraft body) {
        return LifeView.of(life.move(caller, id, body == null ? NOTHING : body));
    }

    @PUT
    @Path("answer")
    @Operation(summary = "Answer for the municipality; with the number of the last step, also anew")
    public LifeView answer(@Context Caller caller, @PathParam("id") long id, @Nullable AnswerDraft body) {
        return LifeView.of(
                life.answer(caller, id, body == null ? new AnswerDraft(null, null, null, null, null) : body));
    }

    @POST
    @Path("withdrawal")
    @Operation(summary = "Take one's own idea back, for good")
    public LifeView withdraw(@Context Caller caller, @PathParam("id") long id, @Nullable MoveDraft body) {
        return LifeView.of(life.withdraw(caller, id, body == null ? NOTHING : body));
    }

    @PUT
    @Path("merge")
    @Operation(summary = "Unite an idea with another one, which keeps everybody's vote once")
    public LifeView merge(@Context Caller caller, @PathParam("id") long id, @Nullable MergeDraft body) {
        return LifeView.of(life.merge(caller, id, body == null ? new MergeDraft(null, null, null) : body));
    }

    @DELETE
    @Path("merge")
    @Operation(summary = "Part an idea again from the one that it was united with, each with its votes")
    public LifeView part(@Context Caller caller, @PathParam("id") long id) {
        return LifeView.of(life.part(caller, id, NOTHING));
    }
}
