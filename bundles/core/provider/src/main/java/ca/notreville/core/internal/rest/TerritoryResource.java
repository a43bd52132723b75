// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.territory.GeoImport;
import ca.notreville.core.api.territory.PlaceTexts;
import ca.notreville.core.api.territory.TerritoryAdmin;
import ca.notreville.core.internal.rest.PlaceResource.PlaceView;
import ca.notreville.core.internal.territory.GeoUpload;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Visit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import javax.ws.rs.Consumes;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drawing the territory over REST. */
@Component(service = TerritoryResource.class)
@Path("/api/v1/territory")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "territory")
public final class TerritoryResource {

    private final TerritoryAdmin territory;
    private final AccessControl access;

    @Activate
    public TerritoryResource(@Reference TerritoryAdmin territory, @Reference AccessControl access) {
        this.territory = territory;
        this.access = access;
    }

    @POST
    @Path("imports")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Read a territory from GeoJSON and say what it would change; changes nothing yet")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = GeoBody.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response prepare(@Context Visit visit, @Context Form form) {
        // who may not is told so before what is missing
        access.require(visit.caller(), TerritoryAdmin.TERRITORY);
        GeoImport made = GeoUpload.prepare(territory, visit.caller(), form);
        return Response.created(URI.create("/api/v1/territory/imports/" + made.id()))
                .entity(view(visit, made))
                .build();
    }

    @GET
    @Path("imports/{id: [0-9]{1,18}}")
    @Operation(summary = "What an import would change now")
    public ImportView get(@Context Visit visit, @PathParam("id") long id) {
        return view(visit, territory.get(visit.caller(), id));
    }

    @POST
    @Path("imports/{id: [0-9]{1,18}}/apply")
    @Operation(summary = "Make it the territory, all or nothing")
    public ImportView apply(@Context Visit visit, @PathParam("id") long id) {
        return view(visit, territory.apply(visit.caller(), id));
    }

    @PUT
    @Path("neighbourhoods/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Write a neighbourhood's name and descriptions anew")
    public PlaceView describe(@Context Caller caller, @PathParam("id") String id, @Nullable PlaceTexts body) {
        return PlaceView.of(
                territory.describe(caller, id, body == null ? new PlaceTexts(null, null, null) : body),
                caller.language());
    }

    private static ImportView view(Visit visit, GeoImport made) {
        return new ImportView(
                String.valueOf(made.id()),
                made.madeAt(),
                made.appliedAt(),
                made.refused(),
                made.changes().stream()
                        .map(c -> new ChangeView(c.fate().word(), c.neighbourhood(), c.name()))
                        .toList(),
                made.notices().stream()
                        .map(n -> new NoticeView(
                                n.severity().word(), n.feature(), n.name(), n.code(), GeoUpload.text(visit, n)))
                        .toList());
    }

    /**
     * @param file the GeoJSON
     * @param name property with the name; name if missing
     * @param borough property with the borough's name
     * @param id property that tells a neighbourhood apart
     * @param replace yes, if neighbourhoods that the file does not have are to go
     */
    public record GeoBody(
            @Schema(type = "string", format = "binary") String file,
            @Schema(nullable = true) @Nullable String name,
            @Schema(nullable = true) @Nullable String borough,
            @Schema(nullable = true) @Nullable String id,
            @Schema(nullable = true) @Nullable String replace) {}

    /** What a file would change, or did. */
    public record ImportView(
            String id,
            Instant madeAt,
            @Schema(nullable = true) @Nullable Instant appliedAt,
            boolean refused,
            List<ChangeView> changes,
            List<NoticeView> notices) {}

    /**
     * @param fate added, changed, unchanged, kept or removed
     */
    public record ChangeView(String fate, String neighbourhood, String name) {}

    /**
     * @param severity refused, mended or noted
     * @param feature index in the file, from 0
     */
    public record NoticeView(String severity, int feature, String name, String code, String message) {}
}
