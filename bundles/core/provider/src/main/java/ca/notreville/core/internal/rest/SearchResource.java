// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import ca.notreville.core.internal.search.GlobalSearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Search over everything, over REST. */
@Component(service = SearchResource.class)
@Path("/api/v1/search")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "search")
public final class SearchResource {

    private final GlobalSearch search;

    @Activate
    public SearchResource(@Reference GlobalSearch search) {
        this.search = search;
    }

    @GET
    @Operation(summary = "Everything that is found by some words, best first")
    public Items<HitView> find(
            @Context Caller caller,
            @QueryParam("q") @Nullable String q,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        Slice<InitiativeSummary> found = search.find(caller, q, kind, neighbourhood, Paging.of(limit, after, 1));
        return new Items<>(found.items().stream().map(HitView::of).toList(), found.next());
    }

    /**
     * Something that was found.
     *
     * @param kind idea, project …
     * @param path of its page on this site
     * @param neighbourhood id, null for the whole town
     */
    public record HitView(
            String kind,
            String id,
            String title,
            String path,
            @Schema(nullable = true) @Nullable String neighbourhood) {
        static HitView of(InitiativeSummary found) {
            return new HitView(
                    found.initiative().kind(),
                    String.valueOf(found.initiative().id()),
                    found.title(),
                    found.path(),
                    found.neighbourhood());
        }
    }
}
