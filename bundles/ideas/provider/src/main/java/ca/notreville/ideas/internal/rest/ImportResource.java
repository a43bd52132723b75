// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.ideas.api.ImportPreview;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.internal.imports.Uploads;
import ca.notreville.ideas.internal.rest.IdeaViews.FilesBody;
import ca.notreville.ideas.internal.rest.IdeaViews.ImportView;
import ca.notreville.ideas.internal.rest.IdeaViews.Items;
import ca.notreville.ideas.internal.rest.IdeaViews.MappingBody;
import ca.notreville.ideas.internal.rest.IdeaViews.MappingView;
import ca.notreville.ideas.internal.rest.IdeaViews.PreviewView;
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
import java.util.List;
import java.util.Map;
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
import javax.ws.rs.core.StreamingOutput;
import org.jspecify.annotations.Nullable;

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
            summary =
                    "Import ideas (part file) and comments (part comments, optional): CSV or JSON of Decidim, of the export here, or with a mapping")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = FilesBody.class)))
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response start(
            @Context Visit visit,
            @Context Form form,
            @QueryParam("dryRun") @Nullable String dryRun,
            @QueryParam("ask") @Nullable String ask) {
        Form whole = form.with("dryRun", dryRun).with("ask", ask);
        Import started =
                Uploads.start(imports, visit.caller(), whole, whole.value("ask").equals("true"));
        return Response.accepted(view(visit, started))
                .location(URI.create("/api/v1/ideas/imports/" + started.id()))
                .build();
    }

    @GET
    @Operation(summary = "The latest imports, latest first, without what was refused")
    public Items<ImportView> latest(@Context Visit visit) {
        return new Items<>(
                imports.latest(visit.caller()).stream()
                        .map(one -> view(visit, one))
                        .toList(),
                null);
    }

    @GET
    @Path("{id: [0-9]+}")
    @Operation(summary = "How an import stands")
    public ImportView get(@Context Visit visit, @PathParam("id") long id) {
        return view(visit, imports.get(visit.caller(), id));
    }

    @GET
    @Path("{id: [0-9]+}/columns")
    @Operation(summary = "The beginning of a file that waits for a mapping")
    public PreviewView columns(@Context Visit visit, @PathParam("id") long id) {
        ImportPreview preview = imports.preview(visit.caller(), id);
        return new PreviewView(
                preview.columns(), preview.rows(), preview.guess().columns());
    }

    @PUT
    @Path("{id: [0-9]+}/mapping")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Tell what the columns of a waiting file are, and have it worked through")
    public ImportView map(@Context Visit visit, @PathParam("id") long id, @Nullable MappingBody body) {
        return view(visit, imports.map(visit.caller(), id, mapping(body), body != null && body.dryRun()));
    }

    private static ImportMapping mapping(@Nullable MappingBody body) {
        String name = body == null ? null : body.name();
        Map<String, List<String>> columns = body == null ? null : body.columns();
        Map<String, String> states = body == null ? null : body.states();
        return new ImportMapping(
                name == null ? "" : name, columns == null ? Map.of() : columns, states == null ? Map.of() : states);
    }

    @POST
    @Path("{id: [0-9]+}/in-earnest")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Bring in the files of a dry run, as an import of its own")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ImportView.class)))
    public Response inEarnest(@Context Visit visit, @PathParam("id") long id) {
        Import started = imports.inEarnest(visit.caller(), id);
        return Response.accepted(view(visit, started))
                .location(URI.create("/api/v1/ideas/imports/" + started.id()))
                .build();
    }

    @GET
    @Path("{id: [0-9]+}/refusals")
    @Produces("text/csv")
    @Operation(summary = "All rows that were not brought in, as CSV: file, line, column, code, reason, value")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    public Response refusals(@Context Visit visit, @PathParam("id") long id) {
        imports.get(visit.caller(), id);
        StreamingOutput written = out -> RefusalFile.write(imports, visit, id, out);
        return Response.ok(written)
                .type("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"refused.csv\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    @GET
    @Path("mappings")
    @Operation(summary = "Mappings that were saved")
    public Items<MappingView> mappings(@Context Visit visit) {
        return new Items<>(
                imports.mappings(visit.caller()).stream()
                        .map(one -> new MappingView(one.name(), one.columns(), one.states()))
                        .toList(),
                null);
    }

    @DELETE
    @Path("mappings/{name}")
    @Operation(summary = "Forget a saved mapping")
    @ApiResponse(responseCode = "204", description = "done")
    public Response forget(@Context Visit visit, @PathParam("name") String name) {
        imports.forget(visit.caller(), name);
        return Response.noContent().build();
    }

    private static ImportView view(Visit visit, Import known) {
        return new ImportView(
                String.valueOf(known.id()),
                known.state().word(),
                known.dryRun(),
                known.mapping(),
                known.ready(),
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
