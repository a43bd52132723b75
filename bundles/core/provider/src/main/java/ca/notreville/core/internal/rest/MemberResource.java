// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.web.api.Visit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Accounts over REST. */
@Path("/api/v1/members")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "members")
public final class MemberResource {

    private final MemberService members;
    private final AccountService accounts;

    MemberResource(MemberService members, AccountService accounts) {
        this.members = members;
        this.accounts = accounts;
    }

    @POST
    @Operation(
            summary = "Open an account",
            description =
                    "Where addresses are confirmed first, the answer is the same whether or not the address has an"
                            + " account, which is there once the link in the letter was opened.")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = MemberView.class)))
    public Response signUp(@Context Visit visit, @Nullable SignUp body) {
        if (body == null) {
            throw InvalidException.of("body", "required");
        }
        Member member =
                accounts.signUp(visit.caller(), body, visit.device(), "").member();
        return Response.created(URI.create("/api/v1/members/" + member.id()))
                .entity(MemberView.of(member))
                .build();
    }

    @GET
    @Path("me")
    @Operation(summary = "The caller's own account")
    public MemberView me(@Context Caller caller) {
        return members.find(caller.requireMember()).map(MemberView::of).orElseThrow(NotFoundException::new);
    }

    /**
     * An account as its owner sees it.
     *
     * @param profile citizen, expert, organisation, leader or partner
     * @param neighbourhood id, or null
     * @param roles granted beyond those of every account
     */
    public record MemberView(
            String id,
            String displayName,
            String email,
            String profile,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String language,
            List<String> roles,
            Instant createdAt) {

        static MemberView of(Member member) {
            return new MemberView(
                    String.valueOf(member.id()),
                    member.displayName(),
                    member.email(),
                    member.profile().word(),
                    member.neighbourhood(),
                    member.language().getLanguage(),
                    member.roles().stream().map(Role::word).sorted().toList(),
                    member.createdAt());
        }
    }
}
