// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.api.privacy.PrivacyService;
import ca.notreville.core.api.privacy.PrivacyService.Archive;
import ca.notreville.core.api.privacy.PrivacyService.Erasure;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One's own data over REST; never with an API token. */
@Component(service = PrivacyResource.class)
@Path("/api/v1/privacy")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "privacy")
public final class PrivacyResource {

    private final PrivacyService privacy;
    private final ConsentService consents;

    @Activate
    public PrivacyResource(@Reference PrivacyService privacy, @Reference ConsentService consents) {
        this.privacy = privacy;
        this.consents = consents;
    }

    @GET
    @Path("consents")
    @Operation(summary = "What the caller agreed to or refused, newest first")
    public Items<ConsentView> consents(@Context Caller caller) {
        return new Items<>(
                consents.mine(caller).stream()
                        .map(c -> new ConsentView(c.kind().word(), c.edition(), c.given(), c.decidedAt()))
                        .toList(),
                null);
    }

    @POST
    @Path("archive")
    @Operation(summary = "Have an archive made of everything that is known of the caller")
    @ApiResponse(responseCode = "202", content = @Content(schema = @Schema(implementation = ArchiveView.class)))
    public Response request(@Context Caller caller) {
        return Response.accepted(view(privacy.requestArchive(caller))).build();
    }

    @GET
    @Path("archive")
    @Operation(summary = "How the latest archive stands")
    public ArchiveView archive(@Context Caller caller) {
        return view(privacy.archive(caller).orElseThrow(NotFoundException::new));
    }

    private static ArchiveView view(Archive archive) {
        return new ArchiveView(
                String.valueOf(archive.id()),
                archive.state(),
                archive.steps(),
                archive.stepsDone(),
                archive.size(),
                archive.requestedAt(),
                archive.expiresAt());
    }

    @GET
    @Path("archive/file")
    @Produces("application/zip")
    @Operation(summary = "The latest archive, a ZIP of JSON files")
    @ApiResponse(responseCode = "200", description = "the archive")
    public Response file(@Context Caller caller) {
        return Response.ok(privacy.openArchive(caller), "application/zip")
                .header("Cache-Control", "private, no-store")
                .build();
    }

    @PUT
    @Path("erasure")
    @Operation(summary = "Wish the caller's account to end in 30 days")
    public ErasureView end(@Context Caller caller) {
        Erasure erasure = privacy.requestErasure(caller);
        return new ErasureView(erasure.requestedAt(), erasure.dueAt());
    }

    @DELETE
    @Path("erasure")
    @Operation(summary = "Take that wish back")
    @ApiResponse(responseCode = "204", description = "done")
    public Response keep(@Context Caller caller) {
        privacy.cancelErasure(caller);
        return Response.noContent().build();
    }

    /** A decision: terms, privacy or email. */
    public record ConsentView(String kind, String edition, boolean given, Instant decidedAt) {}

    /**
     * An archive.
     *
     * @param state running, done, failed or expired
     */
    public record ArchiveView(
            String id,
            String state,
            int steps,
            int stepsDone,
            long size,
            Instant requestedAt,
            @Schema(nullable = true) @Nullable Instant expiresAt) {}

    /** When the account ends. */
    public record ErasureView(Instant requestedAt, Instant dueAt) {}
}
