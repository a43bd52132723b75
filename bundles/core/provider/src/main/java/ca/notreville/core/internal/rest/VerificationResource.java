// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.verification.PostalAddress;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.ResidentClaim;
import ca.notreville.core.api.verification.VerificationAdmin;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
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
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Verification of residence over REST. */
@Component(service = VerificationResource.class)
@Path("/api/v1/verification")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "verification")
public final class VerificationResource {

    private final VerificationService verification;
    private final VerificationAdmin admin;

    @Activate
    public VerificationResource(@Reference VerificationService verification, @Reference VerificationAdmin admin) {
        this.verification = verification;
        this.admin = admin;
    }

    @GET
    @Operation(summary = "What is known of the caller's residence")
    public ResidenceView get(@Context Caller caller) {
        return ResidenceView.of(verification.of(caller.requireMember()));
    }

    @POST
    @Path("declaration")
    @Operation(summary = "Declare that one lives here")
    public ResidenceView declare(@Context Caller caller) {
        return ResidenceView.of(verification.declare(caller));
    }

    @POST
    @Path("letters")
    @Operation(summary = "Ask for a letter with a code")
    @ApiResponse(responseCode = "204", description = "asked for")
    public Response letter(@Context Caller caller, @Nullable PostalAddress body) {
        verification.requestLetter(caller, body == null ? new PostalAddress(null, null, null, null, null) : body);
        return Response.noContent().build();
    }

    @POST
    @Path("code")
    @Operation(summary = "Enter the code of the letter")
    public ResidenceView code(@Context Caller caller, @Nullable LetterCodeBody body) {
        String code = body == null ? null : body.code();
        return ResidenceView.of(verification.enterCode(caller, code == null ? "" : code));
    }

    @POST
    @Path("match")
    @Operation(summary = "Be found on the municipality's list")
    public ResidenceView match(@Context Caller caller, @Nullable ResidentClaim body) {
        return ResidenceView.of(verification.match(caller, body == null ? new ResidentClaim(null, null, null) : body));
    }

    @PUT
    @Path("members/{member: [0-9]{1,18}}")
    @Operation(summary = "Verify a member at the counter")
    public ResidenceView verify(@Context Caller caller, @PathParam("member") long member) {
        return ResidenceView.of(admin.verify(caller, member));
    }

    @DELETE
    @Path("members/{member: [0-9]{1,18}}")
    @Operation(summary = "Take a verification back")
    @ApiResponse(responseCode = "204", description = "done")
    public Response revoke(
            @Context Caller caller, @PathParam("member") long member, @QueryParam("reason") @Nullable String reason) {
        admin.revoke(caller, member, reason == null ? "" : reason);
        return Response.noContent().build();
    }

    @GET
    @Path("rules")
    @Operation(summary = "Which level each action needs")
    public Items<RuleView> rules(@Context Caller caller) {
        return new Items<>(
                admin.rules(caller).entrySet().stream()
                        .map(rule -> new RuleView(rule.getKey(), rule.getValue().word()))
                        .toList(),
                null);
    }

    @PUT
    @Path("rules/{action}")
    @Operation(summary = "Decide which level an action needs: none, self-declared or verified")
    public RuleView decide(@Context Caller caller, @PathParam("action") String action, @Nullable RuleBody body) {
        String word = body == null ? null : body.level();
        if (word == null) {
            throw InvalidException.of("level", "required");
        }
        Level level = Level.of(word).orElseThrow(() -> InvalidException.of("level", "not-one-of"));
        admin.require(caller, action, level);
        return new RuleView(action, level.word());
    }

    /** A code as typed. */
    public record LetterCodeBody(
            @Schema(nullable = true) @Nullable String code) {}

    /** A level. */
    public record RuleBody(
            @Schema(nullable = true) @Nullable String level) {}

    /**
     * @param level none, self-declared or verified
     */
    public record RuleView(String action, String level) {}

    /**
     * @param level none, self-declared or verified
     * @param way declaration, post, list, counter or single-sign-on
     */
    public record ResidenceView(
            String level,
            @Schema(nullable = true) @Nullable String way,
            @Schema(nullable = true) @Nullable Instant since,
            @Schema(nullable = true) @Nullable Instant until) {
        static ResidenceView of(Residence residence) {
            var way = residence.way();
            return new ResidenceView(
                    residence.level().word(), way == null ? null : way.word(), residence.since(), residence.until());
        }
    }
}
