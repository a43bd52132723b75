// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The neighbourhoods over REST. */
@Path("/api/v1/neighbourhoods")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "neighbourhoods")
public final class PlaceResource {

    private final TerritoryService territory;

    PlaceResource(TerritoryService territory) {
        this.territory = territory;
    }

    @GET
    @Operation(summary = "All neighbourhoods, by name")
    public Items<PlaceView> list(@Context Caller caller) {
        return new Items<>(
                territory.neighbourhoods().stream()
                        .map(n -> PlaceView.of(n, caller.language()))
                        .toList(),
                null);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One neighbourhood")
    public PlaceView get(@Context Caller caller, @PathParam("id") String id) {
        return territory
                .neighbourhood(id)
                .map(n -> PlaceView.of(n, caller.language()))
                .orElseThrow(NotFoundException::new);
    }

    /**
     * A neighbourhood.
     *
     * @param boundary GeoJSON Polygon (RFC 7946), null if it is not known
     */
    public record PlaceView(
            String id,
            String borough,
            String name,
            String description,
            @Schema(nullable = true) @Nullable Polygon boundary) {

        static PlaceView of(Neighbourhood place, Locale language) {
            List<List<List<Double>>> rings = place.boundary().stream()
                    .map(ring -> ring.stream()
                            .map(p -> List.of(p.longitude(), p.latitude()))
                            .toList())
                    .toList();
            return new PlaceView(
                    place.id(),
                    place.borough(),
                    place.name(),
                    place.description(language),
                    rings.isEmpty() ? null : new Polygon("Polygon", rings));
        }
    }

    /** A GeoJSON Polygon: rings of positions, each longitude and latitude. */
    public record Polygon(String type, List<List<List<Double>>> coordinates) {}

    /** A list in the form of all lists. */
    public record Items<T>(
            List<T> items,
            @Schema(nullable = true) @Nullable String next) {}
}
