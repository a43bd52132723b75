// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.Vote;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.internal.rest.IdeaViews.CardView;
import ca.notreville.ideas.internal.rest.IdeaViews.CategoryView;
import ca.notreville.ideas.internal.rest.IdeaViews.CommentBody;
import ca.notreville.ideas.internal.rest.IdeaViews.CommentView;
import ca.notreville.ideas.internal.rest.IdeaViews.IdeaView;
import ca.notreville.ideas.internal.rest.IdeaViews.Items;
import ca.notreville.ideas.internal.rest.IdeaViews.VoteBody;
import ca.notreville.ideas.internal.rest.IdeaViews.VoteView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Locale;
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

/** Ideas over REST. */
@Path("/api/v1/ideas")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "ideas")
public final class IdeaResource {

    private final IdeaService ideas;
    private final VotingService votes;
    private final CommentService comments;

    public IdeaResource(IdeaService ideas, VotingService votes, CommentService comments) {
        this.ideas = ideas;
        this.votes = votes;
        this.comments = comments;
    }

    @GET
    @Operation(summary = "Ideas, filtered, searched and sorted; a piece at a time")
    public Items<CardView> list(
            @Context Caller caller,
            @QueryParam("q") @Nullable String q,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("category") @Nullable String category,
            @QueryParam("state") @Nullable String state,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        IdeaQuery query = new IdeaQuery(q, neighbourhood, category, state, sort);
        Slice<IdeaCard> slice = ideas.list(caller, query, Paging.of(limit, after, query.cursorSize()));
        return new Items<>(slice.items().stream().map(CardView::of).toList(), slice.next());
    }

    @POST
    @Operation(summary = "Submit an idea")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = IdeaView.class)))
    public Response submit(@Context Caller caller, @Nullable IdeaDraft body) {
        Idea idea = ideas.submit(caller, body == null ? new IdeaDraft(null, null, null, null, null) : body);
        return Response.created(URI.create("/api/v1/ideas/" + idea.id()))
                .entity(IdeaView.of(idea))
                .build();
    }

    @GET
    @Path("similar")
    @Operation(summary = "Ideas that may already say what a title says that somebody is writing")
    public Items<CardView> similar(@Context Caller caller, @QueryParam("title") @Nullable String title) {
        return new Items<>(
                ideas.similar(caller, title).stream().map(CardView::of).toList(), null);
    }

    @GET
    @Path("categories")
    @Operation(summary = "The categories")
    public Items<CategoryView> categories() {
        return new Items<>(ideas.categories().stream().map(CategoryView::of).toList(), null);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One idea")
    public IdeaView get(@Context Caller caller, @PathParam("id") long id) {
        return IdeaView.of(ideas.get(caller, id));
    }

    @GET
    @Path("{id}/vote")
    @Operation(summary = "The caller's own vote on an idea")
    public VoteView vote(@Context Caller caller, @PathParam("id") long id) {
        caller.requireMember();
        return votes.find(caller, id).map(IdeaResource::view).orElseThrow(NotFoundException::new);
    }

    @PUT
    @Path("{id}/vote")
    @Operation(summary = "Vote, or change one's vote; the same again changes nothing")
    public VoteView cast(@Context Caller caller, @PathParam("id") long id, @Nullable VoteBody body) {
        Fields fields = new Fields();
        String choice = fields.choice("choice", body == null ? null : body.choice(), Choice.words());
        fields.verify();
        return view(votes.cast(caller, id, Choice.valueOf(choice.toUpperCase(Locale.ROOT))));
    }

    private static VoteView view(Vote vote) {
        return new VoteView(vote.choice().word(), vote.receipt(), vote.atCounter());
    }

    @DELETE
    @Path("{id}/vote")
    @Operation(summary = "Take one's vote back")
    @ApiResponse(
            responseCode = "200",
            description = "done; the receipt of that",
            content = @Content(schema = @Schema(implementation = WithdrawalView.class)))
    @ApiResponse(responseCode = "204", description = "there was no vote")
    public Response withdraw(@Context Caller caller, @PathParam("id") long id) {
        return votes.withdraw(caller, id)
                .map(receipt -> Response.ok(new WithdrawalView(receipt)).build())
                .orElseGet(() -> Response.noContent().build());
    }

    /** The receipt of a vote that was taken back. */
    public record WithdrawalView(String receipt) {}

    @GET
    @Path("{id}/comments")
    @Operation(summary = "The comments on an idea, the newest threads first, each in the order of time")
    public Items<CommentView> comments(
            @Context Caller caller,
            @PathParam("id") long id,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<Comment> slice =
                comments.list(caller, initiative(id), Paging.of(limit, after, CommentService.CURSOR_SIZE));
        return new Items<>(slice.items().stream().map(CommentView::of).toList(), slice.next());
    }

    @POST
    @Path("{id}/comments")
    @Operation(summary = "Comment on an idea, or answer a comment")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CommentView.class)))
    public Response comment(@Context Caller caller, @PathParam("id") long id, @Nullable CommentBody body) {
        Comment comment = comments.add(
                caller,
                initiative(id),
                body == null ? new CommentDraft(null, null) : new CommentDraft(body.body(), parent(body.parent())));
        return Response.created(URI.create("/api/v1/ideas/" + id + "/comments"))
                .entity(CommentView.of(comment))
                .build();
    }

    private static Initiative initiative(long id) {
        if (id <= 0) {
            throw new NotFoundException();
        }
        return new Initiative(IdeaService.KIND, id);
    }

    private static @Nullable Long parent(@Nullable String id) {
        try {
            return id == null ? null : Long.valueOf(id);
        } catch (NumberFormatException e) {
            throw InvalidException.of("parent", "unknown");
        }
    }
}
