// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.AccountService.Entered;
import ca.notreville.core.api.member.ApiTokenService;
import ca.notreville.core.api.member.ApiTokenService.ApiToken;
import ca.notreville.core.api.member.ApiTokenService.Made;
import ca.notreville.core.api.member.SecondFactorService;
import ca.notreville.core.api.member.SecondFactorService.Enrolment;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import ca.notreville.web.api.Visit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** One's own account over REST. */
@Component(service = AccountResource.class)
@Path("/api/v1/account")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "account")
public final class AccountResource {

    private final AccountService accounts;
    private final ApiTokenService tokens;
    private final SecondFactorService factors;

    @Activate
    public AccountResource(
            @Reference AccountService accounts,
            @Reference ApiTokenService tokens,
            @Reference SecondFactorService factors) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.factors = factors;
    }

    private static <T> T there(@Nullable T body) {
        if (body == null) {
            throw InvalidException.of("body", "required");
        }
        return body;
    }

    private static Response done() {
        return Response.noContent().build();
    }

    @POST
    @Path("confirmation")
    @Operation(summary = "Have the letter that confirms the address sent again")
    @ApiResponse(responseCode = "204", description = "done")
    public Response sendConfirmation(@Context Caller caller) {
        accounts.sendConfirmation(caller, "");
        return done();
    }

    @POST
    @Path("forgotten")
    @Operation(summary = "Have a link to a new password sent; the answer never tells whether there is such an account")
    @ApiResponse(responseCode = "204", description = "done")
    public Response forgotten(@Context Visit visit, @Nullable EmailBody body) {
        accounts.forgot(visit.caller(), there(body).email(), visit.device());
        return done();
    }

    @PUT
    @Path("password")
    @Operation(summary = "Change the password; all other sessions are closed")
    @ApiResponse(responseCode = "204", description = "done")
    public Response changePassword(@Context Visit visit, @Nullable PasswordBody body) {
        PasswordBody wanted = there(body);
        accounts.changePassword(visit.caller(), wanted.current(), wanted.password(), visit.device(), visit.sessionId());
        return done();
    }

    @PUT
    @Path("email")
    @Operation(summary = "Begin to change the address; a link goes to the new one")
    @ApiResponse(responseCode = "204", description = "done")
    public Response changeEmail(@Context Visit visit, @Nullable NewEmailBody body) {
        NewEmailBody wanted = there(body);
        accounts.changeEmail(visit.caller(), wanted.current(), wanted.email(), visit.device());
        return done();
    }

    @PUT
    @Path("language")
    @Operation(summary = "Change the language of the letters that the account gets")
    @ApiResponse(responseCode = "204", description = "done")
    public Response changeLanguage(@Context Caller caller, @Nullable LanguageBody body) {
        accounts.changeLanguage(caller, there(body).language());
        return done();
    }

    @GET
    @Path("tokens")
    @Operation(summary = "The caller's API tokens, newest first")
    public Items<TokenView> tokens(@Context Caller caller) {
        return new Items<>(tokens.list(caller).stream().map(TokenView::of).toList(), null);
    }

    @POST
    @Path("tokens")
    @Operation(summary = "Make an API token, which is told this once")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MadeView.class)))
    public Response makeToken(@Context Caller caller, @Nullable TokenBody body) {
        TokenBody wanted = there(body);
        List<String> actions = wanted.actions();
        Made made = tokens.make(caller, wanted.label(), actions == null ? List.of() : actions, wanted.days());
        return Response.status(Response.Status.CREATED)
                .entity(new MadeView(TokenView.of(made.about()), made.token()))
                .build();
    }

    @DELETE
    @Path("tokens/{id}")
    @Operation(summary = "Revoke an API token")
    @ApiResponse(responseCode = "204", description = "done")
    public Response revokeToken(@Context Caller caller, @PathParam("id") long id) {
        tokens.revoke(caller, id);
        return done();
    }

    @POST
    @Path("second-factor")
    @Operation(summary = "Begin to set up a second factor")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = EnrolmentView.class)))
    public Response enrol(@Context Caller caller) {
        Enrolment begun = factors.enrol(caller);
        return Response.status(Response.Status.CREATED)
                .entity(new EnrolmentView(begun.ticket(), begun.secret(), begun.address()))
                .build();
    }

    @PUT
    @Path("second-factor")
    @Operation(summary = "Set up the second factor; answers the recovery codes, which are told this once")
    public RecoveryView confirm(@Context Visit visit, @Nullable FactorBody body) {
        FactorBody given = there(body);
        String ticket = given.ticket() == null ? "" : given.ticket();
        return new RecoveryView(factors.confirm(visit.caller(), ticket, given.code(), visit.sessionId()));
    }

    @POST
    @Path("second-factor/remove")
    @Operation(summary = "Take the second factor away")
    @ApiResponse(responseCode = "204", description = "done")
    public Response remove(@Context Caller caller, @Nullable CodeBody body) {
        factors.remove(caller, there(body).code());
        return done();
    }

    @POST
    @Path("entered")
    @Operation(summary = "Enter an account for somebody at the counter; the code to take it over is told this once")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = EnteredView.class)))
    public Response enter(@Context Caller caller, @Nullable EnterBody body) {
        EnterBody wanted = there(body);
        Entered entered = accounts.enter(caller, wanted.displayName(), wanted.email(), wanted.neighbourhood());
        return Response.status(Response.Status.CREATED)
                .entity(new EnteredView(
                        String.valueOf(entered.member().id()), entered.member().displayName(), entered.code()))
                .build();
    }

    /** An address. */
    public record EmailBody(
            @Schema(nullable = true) @Nullable String email) {}

    /** The password as it is and as it shall be. */
    public record PasswordBody(
            @Schema(nullable = true) @Nullable String current,
            @Schema(nullable = true) @Nullable String password) {}

    /** The password, and the address as it shall be. */
    public record NewEmailBody(
            @Schema(nullable = true) @Nullable String current,
            @Schema(nullable = true) @Nullable String email) {}

    /** Code of a language that is installed, e.g. fr. */
    public record LanguageBody(
            @Schema(nullable = true) @Nullable String language) {}

    /** A token to be made: its scopes are ids of actions. */
    public record TokenBody(
            @Schema(nullable = true) @Nullable String label,
            @Schema(nullable = true) @Nullable List<String> actions,
            @Schema(nullable = true) @Nullable Integer days) {}

    /** What was begun, and the code that the application shows. */
    public record FactorBody(
            @Schema(nullable = true) @Nullable String ticket,
            @Schema(nullable = true) @Nullable String code) {}

    /** A code of the application, or a recovery code. */
    public record CodeBody(
            @Schema(nullable = true) @Nullable String code) {}

    /** Somebody at the counter. */
    public record EnterBody(
            @Schema(nullable = true) @Nullable String displayName,
            @Schema(nullable = true) @Nullable String email,
            @Schema(nullable = true) @Nullable String neighbourhood) {}

    /** An account that was entered. */
    public record EnteredView(String id, String displayName, String code) {}

    /** A second factor being set up. */
    public record EnrolmentView(String ticket, String secret, String address) {}

    /** Codes for who has lost their second factor, each good once. */
    public record RecoveryView(List<String> recoveryCodes) {}

    /** @param token for {@code Authorization: Bearer} */
    public record MadeView(TokenView about, String token) {}

    /** @param usedAt to the hour, null if never */
    public record TokenView(
            String id,
            String label,
            List<String> actions,
            Instant createdAt,
            Instant expiresAt,
            @Schema(nullable = true) @Nullable Instant usedAt) {
        static TokenView of(ApiToken token) {
            return new TokenView(
                    String.valueOf(token.id()),
                    token.label(),
                    List.copyOf(new TreeSet<>(token.actions())),
                    token.createdAt(),
                    token.expiresAt(),
                    token.usedAt());
        }
    }
}
