// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.PlaceFinder;
import ca.notreville.core.api.territory.TerritoryService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The neighbourhoods over REST. */
@Path("/api/v1/neighbourhoods")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "neighbourhoods")
public final class PlaceResource {

    private final TerritoryService territory;
    private final PlaceFinder places;

    PlaceResource(TerritoryService territory, PlaceFinder places) {
        this.territory = territory;
        this.places = places;
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
    @Path("at")
    @Operation(summary = "The neighbourhood that covers a point (WGS84, degrees); its border belongs to it")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = PlaceView.class)))
    @ApiResponse(responseCode = "404", description = "core.no-neighbourhood-here")
    public PlaceView at(
            @Context Caller caller,
            @QueryParam("longitude") @Nullable String longitude,
            @QueryParam("latitude") @Nullable String latitude) {
        Fields fields = new Fields();
        double east = degrees(fields, "longitude", longitude, 180);
        double north = degrees(fields, "latitude", latitude, 90);
        fields.verify();
        return places.at(east, north)
                .map(n -> PlaceView.of(n, caller.language()))
                .orElseThrow(() -> new NotFoundException("core.no-neighbourhood-here"));
    }

    private static double degrees(Fields fields, String field, @Nullable String value, int max) {
        String text = fields.line(field, value, 1, 30);
        try {
            double degrees = text.isEmpty() ? 0 : Double.parseDouble(text);
            if (Math.abs(degrees) <= max) {
                return degrees;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        fields.add(field, "core.degrees", Map.of("max", max));
        return 0;
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
     * @param boundary GeoJSON MultiPolygon (RFC 7946), null if it is not known
     */
    public record PlaceView(
            String id,
            String borough,
            String name,
            String description,
            @Schema(nullable = true) @Nullable MultiPolygon boundary) {

        static PlaceView of(Neighbourhood place, Locale language) {
            List<List<List<List<Double>>>> polygons = place.boundary().stream()
                    .map(polygon -> polygon.rings().stream()
                            .map(ring -> ring.stream()
                                    .map(p -> List.of(p.longitude(), p.latitude()))
                                    .toList())
                            .toList())
                    .toList();
            return new PlaceView(
                    place.id(),
                    place.borough(),
                    place.name(),
                    place.description(language),
                    polygons.isEmpty() ? null : new MultiPolygon("MultiPolygon", polygons));
        }
    }

    /** A GeoJSON MultiPolygon: polygons of rings of positions, each longitude and latitude. */
    public record MultiPolygon(String type, List<List<List<List<Double>>>> coordinates) {}

    /** A list in the form of all lists. */
    public record Items<T>(
            List<T> items,
            @Schema(nullable = true) @Nullable String next) {}
}
