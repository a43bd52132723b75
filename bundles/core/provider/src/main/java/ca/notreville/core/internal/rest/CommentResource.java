// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.text.Markdown;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
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

/** The conversation beside any initiative, over REST. */
@Component(service = CommentResource.class)
@Path("/api/v1/comments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "comments")
public final class CommentResource {

    private final CommentService comments;
    private final Markdown markdown;

    @Activate
    public CommentResource(@Reference CommentService comments, @Reference Markdown markdown) {
        this.comments = comments;
        this.markdown = markdown;
    }

    @GET
    @Operation(summary = "The comments on an initiative (idea:42), each thread as a tree")
    public Items<CommentView> list(
            @Context Caller caller,
            @QueryParam("initiative") @Nullable String on,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("stance") @Nullable String stance,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        var slice = comments.list(
                caller,
                initiative(on),
                new CommentQuery(sort, stance),
                Paging.of(limit, after, CommentService.CURSOR_SIZE));
        return new Items<>(slice.items().stream().map(this::view).toList(), slice.next());
    }

    @POST
    @Operation(summary = "Write a comment; state is held if a moderator looks at it first")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CommentView.class)))
    public Response add(@Context Caller caller, @Nullable CommentBody body) {
        CommentBody sent = body == null ? new CommentBody(null, null, null, null, null) : body;
        Comment comment = comments.add(
                caller,
                initiative(sent.initiative),
                new CommentDraft(
                        sent.body,
                        sent.parent == null ? null : parent(sent.parent),
                        sent.stance,
                        Boolean.TRUE.equals(sent.official)));
        return Response.created(URI.create("/api/v1/comments/" + comment.id()))
                .entity(view(comment))
                .build();
    }

    @GET
    @Path("{id: [0-9]+}")
    @Operation(summary = "A comment")
    public CommentView get(@Context Caller caller, @PathParam("id") long id) {
        return view(comments.get(caller, id));
    }

    @PUT
    @Path("{id: [0-9]+}")
    @Operation(summary = "Change one's own comment, within an hour")
    public CommentView edit(@Context Caller caller, @PathParam("id") long id, @Nullable TextBody body) {
        return view(comments.edit(caller, id, new CommentDraft(body == null ? null : body.body, null)));
    }

    @DELETE
    @Path("{id: [0-9]+}")
    @Operation(summary = "Take back one's own comment")
    public void delete(@Context Caller caller, @PathParam("id") long id) {
        comments.delete(caller, id);
    }

    @PUT
    @Path("{id: [0-9]+}/useful")
    @Operation(summary = "Say that a comment is useful")
    public CommentView mark(@Context Caller caller, @PathParam("id") long id) {
        return view(comments.mark(caller, id, true));
    }

    @DELETE
    @Path("{id: [0-9]+}/useful")
    @Operation(summary = "Say so no more")
    public CommentView unmark(@Context Caller caller, @PathParam("id") long id) {
        return view(comments.mark(caller, id, false));
    }

    @GET
    @Path("{id: [0-9]+}/versions")
    @Operation(summary = "What a comment said before, for moderators")
    public Items<CommentVersionView> versions(@Context Caller caller, @PathParam("id") long id) {
        return new Items<>(
                comments.versions(caller, id).stream()
                        .map(version -> new CommentVersionView(version.body(), version.until()))
                        .toList(),
                null);
    }

    private static Initiative initiative(@Nullable String text) {
        return Initiative.parse(text == null ? "" : text)
                .orElseThrow(() -> InvalidException.of("initiative", text == null ? "required" : "unknown"));
    }

    private static long parent(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw InvalidException.of("parent", "unknown");
        }
    }

    private CommentView view(Comment comment) {
        Long parent = comment.parent();
        return new CommentView(
                String.valueOf(comment.id()),
                comment.initiative().toString(),
                String.valueOf(comment.thread()),
                parent == null ? null : parent.toString(),
                comment.depth(),
                new AuthorView(comment.author() == 0 ? null : String.valueOf(comment.author()), comment.authorName()),
                comment.body(),
                comment.body().isEmpty() ? "" : markdown.html(comment.body()),
                comment.stance() == null ? null : comment.stance().word(),
                comment.voice().word(),
                comment.state().word(),
                comment.createdAt(),
                comment.editedAt(),
                comment.useful(),
                comment.markedByMe(),
                comment.atCounter());
    }

    /** A comment to write: {@code initiative} as in {@code idea:42}; {@code stance} only without {@code parent}. */
    public record CommentBody(
            @Schema(nullable = true) @Nullable String initiative,
            @Schema(nullable = true) @Nullable String body,
            @Schema(nullable = true) @Nullable String parent,
            @Schema(nullable = true) @Nullable String stance,
            @Schema(nullable = true) @Nullable Boolean official) {}

    /** What a comment is to say. */
    public record TextBody(
            @Schema(nullable = true) @Nullable String body) {}

    /** Who wrote it; {@code id} is null for somebody without an account here. */
    public record AuthorView(
            @Schema(nullable = true) @Nullable String id, String displayName) {}

    /**
     * A comment.
     *
     * @param body Markdown, empty if the comment is gone
     * @param html the same, safe to show
     * @param stance for, neutral or against, null for none
     * @param voice member, responsible or city
     * @param state shown, held, hidden or deleted
     * @param atCounter whether staff entered it for the author at the counter, or from paper
     */
    public record CommentView(
            String id,
            String initiative,
            String thread,
            @Schema(nullable = true) @Nullable String parent,
            int depth,
            AuthorView author,
            String body,
            String html,
            @Schema(nullable = true) @Nullable String stance,
            String voice,
            String state,
            Instant createdAt,
            @Schema(nullable = true) @Nullable Instant editedAt,
            int useful,
            boolean usefulToMe,
            boolean atCounter) {}

    /** What a comment said, and until when. */
    public record CommentVersionView(String body, Instant until) {}
}
