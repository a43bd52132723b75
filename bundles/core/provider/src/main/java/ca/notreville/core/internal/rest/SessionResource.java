// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.OpenSession;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import ca.notreville.web.api.Visit;
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
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Sign-in and sign-out for programs: the token goes into {@code Authorization: Bearer}. */
@Path("/api/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "sessions")
public final class SessionResource {

    private final SessionService sessions;

    SessionResource(SessionService sessions) {
        this.sessions = sessions;
    }

    @POST
    @Operation(summary = "Sign in")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = SessionView.class)))
    public Response open(@Context Visit visit, @Nullable SignIn body) {
        if (body == null) {
            throw InvalidException.of("body", "required");
        }
        Session session = sessions.open(new Credentials(body.email(), body.password(), visit.device(), body.code()));
        return Response.status(Response.Status.CREATED)
                .entity(new SessionView(session.token(), session.expiresAt()))
                .build();
    }

    @DELETE
    @Path("current")
    @Operation(summary = "Sign out")
    @ApiResponse(responseCode = "204", description = "done")
    public Response close(@Context Visit visit) {
        visit.caller().requireMember();
        visit.endSession();
        return Response.noContent().build();
    }

    @GET
    @Operation(summary = "The caller's open sessions, last used first")
    public Items<OpenSessionView> list(@Context Visit visit) {
        return new Items<>(
                sessions.list(visit.caller()).stream()
                        .map(open -> OpenSessionView.of(open, visit.sessionId()))
                        .toList(),
                null);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Close one of the caller's sessions")
    @ApiResponse(responseCode = "204", description = "done")
    public Response closeOne(@Context Visit visit, @PathParam("id") String id) {
        sessions.closeOne(visit.caller(), id);
        return Response.noContent().build();
    }

    @DELETE
    @Operation(summary = "Close all of the caller's sessions but the one that asks")
    @ApiResponse(responseCode = "204", description = "done")
    public Response closeOthers(@Context Visit visit) {
        sessions.closeOthers(visit.caller(), visit.sessionId());
        return Response.noContent().build();
    }

    /**
     * A session as its owner sees it.
     *
     * @param agent what the browser or program said it is
     * @param usedAt to the hour
     * @param current whether it is the one that asks
     */
    public record OpenSessionView(
            String id,
            String agent,
            String address,
            Instant openedAt,
            Instant usedAt,
            Instant expiresAt,
            boolean current) {
        static OpenSessionView of(OpenSession open, String current) {
            return new OpenSessionView(
                    open.id(),
                    open.device().agent(),
                    open.device().address(),
                    open.openedAt(),
                    open.usedAt(),
                    open.expiresAt(),
                    open.id().equals(current));
        }
    }

    /**
     * What to sign in with.
     *
     * @param code of the second factor, or a recovery code, where the account has one
     */
    public record SignIn(
            @Schema(nullable = true) @Nullable String email,
            @Schema(nullable = true) @Nullable String password,
            @Schema(nullable = true) @Nullable String code) {}

    /** An open session. */
    public record SessionView(String token, Instant expiresAt) {}
}
