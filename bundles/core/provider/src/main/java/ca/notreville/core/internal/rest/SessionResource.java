// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.web.api.Visit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
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
        Session session = sessions.open(new Credentials(body.email(), body.password(), visit.address()));
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

    /** What to sign in with. */
    public record SignIn(@Nullable String email, @Nullable String password) {}

    /** An open session. */
    public record SessionView(String token, Instant expiresAt) {}
}
