// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.internal.imports.Uploads;
import ca.notreville.ideas.internal.rest.IdeaViews.FilesBody;
import ca.notreville.ideas.internal.rest.IdeaViews.ImportView;
import ca.notreville.ideas.internal.rest.IdeaViews.RefusalView;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Visit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;

/** Imports over REST. */
@Path("/api/v1/ideas/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "ideas")
public final class ImportResource {

    private final ImportService imports;

    public ImportResource(ImportService imports) {
        this.imports = imports;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(
            summary = "Import proposals (part file) and comments (part comments, optional) exported by Decidim as CSV")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = FilesBody.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response start(@Context Visit visit, @Context Form form) {
        Import started = Uploads.start(imports, visit.caller(), form);
        return Response.accepted(view(visit, started))
                .location(URI.create("/api/v1/ideas/imports/" + started.id()))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "How an import stands")
    public ImportView get(@Context Visit visit, @PathParam("id") long id) {
        return view(visit, imports.get(visit.caller(), id));
    }

    private static ImportView view(Visit visit, Import known) {
        return new ImportView(
                String.valueOf(known.id()),
                known.state().word(),
                known.total(),
                known.read(),
                known.created(),
                known.updated(),
                known.unchanged(),
                known.refusedCount(),
                known.refused().stream()
                        .map(r -> new RefusalView(
                                r.file(),
                                r.line(),
                                r.column(),
                                r.reason(),
                                visit.text("error." + r.reason(), "detail", r.detail(), "max", r.detail())))
                        .toList());
    }
}
