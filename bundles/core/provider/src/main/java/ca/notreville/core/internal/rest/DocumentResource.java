// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.document.Document;
import ca.notreville.core.api.document.DocumentDraft;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.document.FileDraft;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import ca.notreville.core.internal.web.DocumentAnswer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Upload;
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
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Documents over REST. */
@Component(service = DocumentResource.class)
@Path("/api/v1/documents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "documents")
public final class DocumentResource {

    private final DocumentService documents;

    @Activate
    public DocumentResource(@Reference DocumentService documents) {
        this.documents = documents;
    }

    @GET
    @Operation(summary = "The documents beside an initiative, e.g. idea:42, by folder and title")
    public Items<DocumentView> list(
            @Context Caller caller,
            @QueryParam("initiative") @Nullable String initiative,
            @QueryParam("readFirst") @DefaultValue("false") boolean readFirst) {
        Initiative on = initiative(initiative);
        List<Document> found = readFirst ? documents.readFirst(caller, on) : documents.list(caller, on);
        return new Items<>(found.stream().map(DocumentView::of).toList(), null);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Add a file (part file) of 25 MB at most, or a link (part link)")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = DocumentBody.class)))
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DocumentView.class)))
    public Response add(@Context Caller caller, @Context Form form) {
        // told before what is wrong with the form
        caller.requireMember();
        Initiative on = initiative(form.value("initiative"));
        DocumentDraft draft = new DocumentDraft(
                form.value("title"),
                form.value("folder"),
                form.value("caption"),
                form.optional("link"),
                form.value("readFirst").equals("true"));
        Document added = draft.link() == null
                ? documents.addFile(caller, on, draft, file(form))
                : documents.addLink(caller, on, draft);
        return Response.created(URI.create("/api/v1/documents/" + added.id()))
                .entity(DocumentView.of(added))
                .build();
    }

    private static FileDraft file(Form form) {
        Upload upload = form.upload("file").orElseThrow(() -> InvalidException.of("file", "required"));
        return new FileDraft(upload.name(), form.optional("note"), upload::open);
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A document with its versions, newest first")
    public DocumentView get(@Context Caller caller, @PathParam("id") long id) {
        return DocumentView.of(documents.get(caller, id));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Change what is said of a document")
    public DocumentView change(@Context Caller caller, @PathParam("id") long id, @Nullable ChangeBody body) {
        ChangeBody sent = body == null ? new ChangeBody(null, null, null, null, false) : body;
        return DocumentView.of(documents.change(
                caller,
                id,
                new DocumentDraft(sent.title(), sent.folder(), sent.caption(), sent.link(), sent.readFirst())));
    }

    @POST
    @Path("{id}/versions")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Add a newer version (part file)")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.MULTIPART_FORM_DATA,
                            schema = @Schema(implementation = VersionBody.class)))
    public DocumentView addVersion(@Context Caller caller, @PathParam("id") long id, @Context Form form) {
        caller.requireMember();
        return DocumentView.of(documents.addVersion(caller, id, file(form)));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Delete a document; it can be restored for 90 days")
    @ApiResponse(responseCode = "204", description = "done")
    public Response delete(@Context Caller caller, @PathParam("id") long id) {
        documents.delete(caller, id);
        return Response.noContent().build();
    }

    @POST
    @Path("{id}/restore")
    @Operation(summary = "Restore a deleted document")
    public DocumentView restore(@Context Caller caller, @PathParam("id") long id) {
        documents.restore(caller, id);
        return DocumentView.of(documents.get(caller, id));
    }

    @GET
    @Path("{id}/file")
    @Produces(MediaType.WILDCARD)
    @Operation(summary = "The content of the newest version, or of an older one")
    @ApiResponse(responseCode = "200", description = "the content, of the type that was found in it")
    public Response file(
            @Context Caller caller,
            @PathParam("id") long id,
            @QueryParam("version") @DefaultValue("0") int version,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        return DocumentAnswer.of(documents.open(caller, id, version), true, known);
    }

    private static Initiative initiative(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw InvalidException.of("initiative", "required");
        }
        return Initiative.parse(text).orElseThrow(NotFoundException::new);
    }

    /**
     * What is sent to add a document.
     *
     * @param file the content, for a file
     * @param link an https address, for a link
     */
    public record DocumentBody(
            String initiative,

            @Schema(type = "string", format = "binary") @Nullable
            String file,

            @Schema(nullable = true) @Nullable String link,
            @Schema(nullable = true) @Nullable String title,
            @Schema(nullable = true) @Nullable String folder,
            @Schema(nullable = true) @Nullable String caption,
            boolean readFirst) {}

    /** What is sent to add a version. */
    public record VersionBody(
            @Schema(type = "string", format = "binary") String file,
            @Schema(nullable = true) @Nullable String note) {}

    /** What is said of a document. */
    public record ChangeBody(
            @Schema(nullable = true) @Nullable String title,
            @Schema(nullable = true) @Nullable String folder,
            @Schema(nullable = true) @Nullable String caption,
            @Schema(nullable = true) @Nullable String link,
            boolean readFirst) {}

    /** A document. */
    public record DocumentView(
            String id,
            String initiative,
            String folder,
            String title,
            String caption,
            @Schema(nullable = true) @Nullable String link,
            boolean readFirst,
            @Schema(nullable = true) @Nullable String addedBy,
            Instant createdAt,
            @Schema(nullable = true) @Nullable Instant deletedAt,
            List<VersionView> versions) {
        static DocumentView of(Document document) {
            return new DocumentView(
                    String.valueOf(document.id()),
                    document.initiative().toString(),
                    document.folder(),
                    document.title(),
                    document.caption(),
                    document.link(),
                    document.readFirst(),
                    document.addedBy() == 0 ? null : String.valueOf(document.addedBy()),
                    document.createdAt(),
                    document.deletedAt(),
                    document.versions().stream()
                            .map(v -> new VersionView(
                                    v.number(),
                                    v.fileName(),
                                    v.mediaType(),
                                    v.size(),
                                    v.sha256(),
                                    v.note(),
                                    v.createdAt()))
                            .toList());
        }
    }

    /** One state of a file. */
    public record VersionView(
            int number, String fileName, String mediaType, long size, String sha256, String note, Instant createdAt) {}
}
