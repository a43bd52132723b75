// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.organisation.Invitation;
import ca.notreville.core.api.organisation.Membership;
import ca.notreville.core.api.organisation.MembershipRole;
import ca.notreville.core.api.organisation.Organisation;
import ca.notreville.core.api.organisation.OrganisationDraft;
import ca.notreville.core.api.organisation.OrganisationQuery;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** Organisations, their people and invitations over REST. */
@Component(service = OrganisationResource.class)
@Path("/api/v1/organisations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "organisations")
public final class OrganisationResource {

    private final OrganisationService organisations;

    @Activate
    public OrganisationResource(@Reference OrganisationService organisations) {
        this.organisations = organisations;
    }

    @GET
    @Operation(summary = "Organisations by name, or best match first")
    public Items<OrganisationView> list(
            @Context Caller caller,
            @QueryParam("q") @Nullable String q,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after) {
        OrganisationQuery query = new OrganisationQuery(q, kind, neighbourhood);
        var slice = organisations.list(query, Paging.of(limit, after, query.cursorSize()));
        return new Items<>(
                slice.items().stream()
                        .map(o -> OrganisationView.of(o, caller.language()))
                        .toList(),
                slice.next());
    }

    @POST
    @Operation(summary = "Register an organisation and become its owner")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    public Response create(@Context Caller caller, @Nullable OrganisationDraft body) {
        Organisation created = organisations.create(caller, draft(body));
        return Response.created(URI.create("/api/v1/organisations/" + created.id()))
                .entity(OrganisationView.of(created, caller.language()))
                .tag(Tags.of(created.version()))
                .build();
    }

    private static OrganisationDraft draft(@Nullable OrganisationDraft body) {
        return body == null ? new OrganisationDraft(null, null, null, null, null, null) : body;
    }

    @GET
    @Path("{id: [0-9]+}")
    @Operation(summary = "One organisation; its version is the entity tag")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    public Response get(@Context Caller caller, @PathParam("id") long id) {
        return answer(caller, organisations.show(caller, id));
    }

    private static Response answer(Caller caller, Organisation organisation) {
        return Response.ok(OrganisationView.of(organisation, caller.language()))
                .tag(Tags.of(organisation.version()))
                .build();
    }

    @PUT
    @Path("{id: [0-9]+}")
    @Operation(summary = "Edit an organisation; with If-Match only the version that was seen")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = OrganisationView.class)))
    public Response update(
            @Context Caller caller,
            @PathParam("id") long id,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @Nullable OrganisationDraft body) {
        return answer(caller, Tags.save(ifMatch, version -> organisations.update(caller, id, draft(body), version)));
    }

    @PUT
    @Path("{id: [0-9]+}/verification")
    @Operation(summary = "Say that staff know this organisation")
    public OrganisationView verify(@Context Caller caller, @PathParam("id") long id) {
        return OrganisationView.of(organisations.verify(caller, id, true), caller.language());
    }

    @DELETE
    @Path("{id: [0-9]+}/verification")
    @Operation(summary = "Take the verification back")
    public OrganisationView unverify(@Context Caller caller, @PathParam("id") long id) {
        return OrganisationView.of(organisations.verify(caller, id, false), caller.language());
    }

    @GET
    @Path("mine")
    @Operation(summary = "The caller's own memberships")
    public Items<MembershipView> mine(@Context Caller caller) {
        caller.requireMember();
        return new Items<>(
                organisations.mine(caller).stream().map(MembershipView::of).toList(), null);
    }

    @GET
    @Path("{id: [0-9]+}/members")
    @Operation(summary = "Who belongs to it; for others than its people only those who show it")
    public Items<MembershipView> members(@Context Caller caller, @PathParam("id") long id) {
        return new Items<>(
                organisations.members(caller, id).stream()
                        .map(MembershipView::of)
                        .toList(),
                null);
    }

    @PUT
    @Path("{id: [0-9]+}/members/{member: [0-9]+}/role")
    @Operation(summary = "Give somebody who belongs to it another role")
    @ApiResponse(responseCode = "204", description = "done")
    public Response changeRole(
            @Context Caller caller,
            @PathParam("id") long id,
            @PathParam("member") long member,
            @Nullable RoleBody body) {
        caller.requireMember();
        String word = body == null || body.role() == null ? "" : body.role();
        organisations.changeRole(
                caller,
                id,
                member,
                MembershipRole.of(word).orElseThrow(() -> InvalidException.of("role", "not-one-of")));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{id: [0-9]+}/members/{member: [0-9]+}")
    @Operation(summary = "Leave, or take somebody out")
    @ApiResponse(responseCode = "204", description = "done")
    public Response remove(@Context Caller caller, @PathParam("id") long id, @PathParam("member") long member) {
        organisations.remove(caller, id, member);
        return Response.noContent().build();
    }

    @PUT
    @Path("{id: [0-9]+}/owner/{member: [0-9]+}")
    @Operation(summary = "Hand the organisation over; the caller becomes a manager")
    @ApiResponse(responseCode = "204", description = "done")
    public Response handOver(@Context Caller caller, @PathParam("id") long id, @PathParam("member") long member) {
        organisations.handOver(caller, id, member);
        return Response.noContent().build();
    }

    @POST
    @Path("{id: [0-9]+}/invitations")
    @Operation(summary = "Invite somebody by e-mail")
    @ApiResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = InvitationView.class)))
    public Response invite(@Context Caller caller, @PathParam("id") long id, @Nullable InvitationBody body) {
        Invitation sent = organisations.invite(
                caller,
                id,
                body == null ? new Invitation.Draft(null, null) : new Invitation.Draft(body.email(), body.role()));
        return Response.status(Response.Status.CREATED)
                .entity(InvitationView.of(sent))
                .build();
    }

    @GET
    @Path("{id: [0-9]+}/invitations")
    @Operation(summary = "Invitations that wait, newest first")
    public Items<InvitationView> invitations(@Context Caller caller, @PathParam("id") long id) {
        return new Items<>(
                organisations.invitations(caller, id).stream()
                        .map(InvitationView::of)
                        .toList(),
                null);
    }

    @DELETE
    @Path("{id: [0-9]+}/invitations/{invitation: [0-9]+}")
    @Operation(summary = "Take an invitation back")
    @ApiResponse(responseCode = "204", description = "done")
    public Response revoke(@Context Caller caller, @PathParam("id") long id, @PathParam("invitation") long invitation) {
        organisations.revoke(caller, id, invitation);
        return Response.noContent().build();
    }

    @PUT
    @Path("invitations/{token}/acceptance")
    @Operation(summary = "Accept an invitation with the token of its link")
    public OrganisationView accept(
            @Context Caller caller, @PathParam("token") String token, @Nullable AcceptanceBody body) {
        boolean shown = body != null && Boolean.TRUE.equals(body.shown());
        return OrganisationView.of(organisations.accept(caller, token, shown), caller.language());
    }

    @DELETE
    @Path("invitations/{token}")
    @Operation(summary = "Decline an invitation; no account is needed")
    @ApiResponse(responseCode = "204", description = "done")
    public Response decline(@PathParam("token") String token) {
        organisations.decline(token);
        return Response.noContent().build();
    }

    /** @param role owner, manager or member */
    public record RoleBody(
            @Schema(nullable = true) @Nullable String role) {}

    /** @param role manager or member */
    public record InvitationBody(
            @Schema(nullable = true) @Nullable String email,
            @Schema(nullable = true) @Nullable String role) {}

    /** @param shown whether everybody may know of the membership */
    public record AcceptanceBody(
            @Schema(nullable = true) @Nullable Boolean shown) {}

    /**
     * @param kind community, round-table, social-economy, business or institution
     * @param mission in the language of the request, if it was written in it
     */
    public record OrganisationView(
            String id,
            String name,
            String kind,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String address,
            String mission,
            boolean verified,
            int members) {

        static OrganisationView of(Organisation organisation, Locale language) {
            return new OrganisationView(
                    String.valueOf(organisation.id()),
                    organisation.name(),
                    organisation.kind(),
                    organisation.neighbourhood(),
                    organisation.address(),
                    organisation.mission(language),
                    organisation.verified(),
                    organisation.members());
        }
    }

    /** @param role owner, manager or member */
    public record MembershipView(
            String organisation,
            String organisationName,
            String member,
            String displayName,
            String role,
            boolean shown) {
        static MembershipView of(Membership m) {
            return new MembershipView(
                    String.valueOf(m.organisation()),
                    m.organisationName(),
                    String.valueOf(m.member()),
                    m.displayName(),
                    m.role().word(),
                    m.shown());
        }
    }

    /** An invitation that waits. */
    public record InvitationView(String id, String email, String role, String invitedBy, Instant expiresAt) {
        static InvitationView of(Invitation i) {
            return new InvitationView(
                    String.valueOf(i.id()), i.email(), i.role().word(), i.invitedBy(), i.expiresAt());
        }
    }
}
