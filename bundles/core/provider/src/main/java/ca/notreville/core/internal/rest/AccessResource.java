// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.PermissionTable.Permission;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.RoleService;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.internal.rest.PlaceResource.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
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

/** The permission table and the roles over REST. */
@Component(service = AccessResource.class)
@Path("/api/v1/access")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "access")
public final class AccessResource {

    private final PermissionTable permissions;
    private final RoleService roles;

    @Activate
    public AccessResource(@Reference PermissionTable permissions, @Reference RoleService roles) {
        this.permissions = permissions;
        this.roles = roles;
    }

    @GET
    @Path("permissions")
    @Operation(summary = "Which roles may do what")
    public Items<PermissionView> permissions(@Context Caller caller) {
        return new Items<>(
                permissions.permissions(caller).stream().map(PermissionView::of).toList(), null);
    }

    @PUT
    @Path("permissions/{action}")
    @Operation(summary = "Decide which roles may do one thing")
    public PermissionView decide(
            @Context Caller caller, @PathParam("action") String action, @Nullable PermissionBody body) {
        if (body == null || body.roles() == null) {
            throw InvalidException.of("roles", "required");
        }
        Set<Role> wanted = EnumSet.noneOf(Role.class);
        for (String word : body.roles()) {
            wanted.add(Role.of(word).orElseThrow(() -> InvalidException.of("roles", "not-one-of")));
        }
        return PermissionView.of(permissions.decide(caller, action, wanted));
    }

    @GET
    @Path("roles")
    @Operation(summary = "Everybody who holds a role, newest first")
    public Items<HolderView> holders(@Context Caller caller) {
        return new Items<>(roles.holders(caller).stream().map(HolderView::of).toList(), null);
    }

    @PUT
    @Path("roles/{member}/{role}")
    @Operation(summary = "Grant a role, in the whole town or limited")
    @ApiResponse(responseCode = "204", description = "done")
    public Response grant(
            @Context Caller caller,
            @PathParam("member") long member,
            @PathParam("role") String role,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("where") @Nullable String where) {
        roles.grant(caller, member, grant(role, limit, where));
        return Response.noContent().build();
    }

    @DELETE
    @Path("roles/{member}/{role}")
    @Operation(summary = "Revoke a role")
    @ApiResponse(responseCode = "204", description = "done")
    public Response revoke(
            @Context Caller caller,
            @PathParam("member") long member,
            @PathParam("role") String role,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("where") @Nullable String where) {
        roles.revoke(caller, member, grant(role, limit, where));
        return Response.noContent().build();
    }

    private static Grant grant(String role, @Nullable String limit, @Nullable String where) {
        Fields fields = new Fields();
        fields.choice("role", role, Role.grantable().stream().map(Role::word).toList());
        String kind = fields.oneOf(
                "limit",
                limit,
                Stream.of(Grant.Limit.values()).map(Grant.Limit::word).toList());
        boolean limited = kind != null && !kind.equals(Grant.Limit.TOWN.word());
        String place = fields.line("where", where, limited ? 1 : 0, 60);
        fields.verify();
        Role known = Role.of(role).orElseThrow();
        return kind == null || !limited
                ? Grant.everywhere(known)
                : new Grant(known, Grant.Limit.valueOf(kind.toUpperCase(Locale.ROOT)), place);
    }

    /** Who may. */
    public record PermissionBody(
            @Schema(nullable = true) @Nullable List<String> roles) {}

    /**
     * One action.
     *
     * @param module that declares it
     * @param defaultRoles as the module declares
     * @param roles as it holds now
     */
    public record PermissionView(String action, String module, List<String> defaultRoles, List<String> roles) {
        static PermissionView of(Permission permission) {
            return new PermissionView(
                    permission.action(),
                    permission.module(),
                    words(permission.defaultRoles()),
                    words(permission.roles()));
        }

        private static List<String> words(Set<Role> roles) {
            return roles.stream().sorted().map(Role::word).toList();
        }
    }

    /**
     * Somebody with a role.
     *
     * @param limit town, borough, neighbourhood or organisation
     * @param where its id, empty for the whole town
     */
    public record HolderView(
            String member, String displayName, String role, String limit, String where, Instant since) {
        static HolderView of(RoleService.Holder holder) {
            return new HolderView(
                    String.valueOf(holder.member()),
                    holder.displayName(),
                    holder.grant().role().word(),
                    holder.grant().limit().word(),
                    holder.grant().where(),
                    holder.since());
        }
    }
}
