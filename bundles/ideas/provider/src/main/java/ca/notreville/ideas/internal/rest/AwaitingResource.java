// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.ideas.api.Awaiting;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.internal.rest.IdeaViews.Items;
import ca.notreville.ideas.internal.rest.LifeViews.AwaitingView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Ideas that wait for an answer, over REST. */
@Path("/api/v1/ideas/awaiting")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ideas")
public final class AwaitingResource {

    private final LifeService life;

    public AwaitingResource(LifeService life) {
        this.life = life;
    }

    @GET
    @Operation(summary = "Ideas under review, those first that were published first; a piece at a time")
    public Items<AwaitingView> list(
            @Context Caller caller,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<Awaiting> slice = life.awaiting(caller, neighbourhood, Paging.of(limit, after, LifeService.CURSOR_SIZE));
        return new Items<>(slice.items().stream().map(AwaitingView::of).toList(), slice.next());
    }
}
