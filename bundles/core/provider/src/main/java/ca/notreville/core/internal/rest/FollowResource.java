// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Followed;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
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

/** What one follows, over REST. */
@Component(service = FollowResource.class)
@Path("/api/v1/following")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "following")
public final class FollowResource {

    private final FollowService follows;

    @Activate
    public FollowResource(@Reference FollowService follows) {
        this.follows = follows;
    }

    @GET
    @Operation(summary = "What the caller follows, latest first")
    public Items<FollowedView> list(
            @Context Caller caller,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<Followed> followed = follows.list(caller, Paging.of(limit, after, FollowService.CURSOR_SIZE));
        return new Items<>(followed.items().stream().map(FollowedView::of).toList(), followed.next());
    }

    @GET
    @Path("{target}")
    @Operation(summary = "Whether the caller follows it, and how many do")
    public FollowView get(@Context Caller caller, @PathParam("target") String target) {
        Target wanted = target(target);
        return new FollowView(wanted.toString(), follows.follows(caller, wanted), follows.followers(wanted));
    }

    @PUT
    @Path("{target}")
    @Operation(summary = "Follow, e.g. idea:42, neighbourhood:3, member:7 or tag:environment")
    @ApiResponse(responseCode = "204", description = "done")
    public Response follow(@Context Caller caller, @PathParam("target") String target) {
        caller.requireMember();
        follows.follow(caller, target(target));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{target}")
    @Operation(summary = "Stop following")
    @ApiResponse(responseCode = "204", description = "done")
    public Response unfollow(@Context Caller caller, @PathParam("target") String target) {
        caller.requireMember();
        follows.unfollow(caller, target(target));
        return Response.noContent().build();
    }

    private static Target target(String text) {
        return Target.parse(text).orElseThrow(NotFoundException::new);
    }

    /** How one thing is followed. */
    public record FollowView(String target, boolean follows, int followers) {}

    /**
     * Something that is followed.
     *
     * @param title empty if it is not there at present
     * @param path of its page, empty if it is not there at present
     */
    public record FollowedView(String target, String title, String path, Instant since) {
        static FollowedView of(Followed one) {
            return new FollowedView(one.target().toString(), one.title(), one.path(), one.since());
        }
    }
}
