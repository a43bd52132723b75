// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.PermissionTable.Permission;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.RoleService;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.access.Grants;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who may do what, and who holds which role. */
@Component(service = AccessPages.class)
@Path("/admin/access")
@Produces(MediaType.TEXT_HTML)
public final class AccessPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final PermissionTable permissions;
    private final RoleService roles;
    private final MemberService members;
    private final TerritoryService territory;
    private final OrganisationService organisations;

    @Activate
    public AccessPages(
            @Reference PermissionTable permissions,
            @Reference RoleService roles,
            @Reference MemberService members,
            @Reference TerritoryService territory,
            @Reference OrganisationService organisations) {
        this.permissions = permissions;
        this.roles = roles;
        this.members = members;
        this.territory = territory;
        this.organisations = organisations;
    }

    @GET
    public Answer table(@Context Visit visit) {
        return Page.of(
                visit.text("core.access.title"),
                VIEWS.permissions(visit, permissions.permissions(visit.caller()), List.of(Role.values())));
    }

    /**
     * Takes what was changed on the page and leaves the rest alone, which somebody else may have changed meanwhile: each row says
     * what it showed.
     */
    @POST
    public Answer decide(@Context Visit visit, @Context Form form) {
        for (Permission permission : permissions.permissions(visit.caller())) {
            String action = permission.action();
            if (!form.values().containsKey("was." + action)) {
                continue;
            }
            Set<Role> wanted = read(form.values().getOrDefault("may." + action, List.of()));
            Set<Role> shown = read(List.of(form.value("was." + action).split(" ")));
            if (!wanted.equals(shown)) {
                permissions.decide(visit.caller(), action, wanted);
            }
        }
        return Redirect.to("/admin/access").saying("core.access.saved");
    }

    private static Set<Role> read(List<String> words) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.forEach(word -> Role.of(word).ifPresent(roles::add));
        return roles;
    }

    @GET
    @Path("roles")
    public Answer holders(@Context Visit visit) {
        return rolesPage(visit, Form.empty());
    }

    private Page rolesPage(Visit visit, Form form) {
        List<Option> kinds = Role.grantable().stream()
                .map(role -> new Option(role.word(), visit.text("core.role." + role.word())))
                .toList();
        return Page.of(
                visit.text("core.roles.title"),
                VIEWS.roles(visit, form, roles.holders(visit.caller()), kinds, places(visit), this));
    }

    private List<Option> places(Visit visit) {
        List<Option> places = new ArrayList<>();
        places.add(new Option("town:", visit.text("core.roles.everywhere")));
        territory.boroughs().forEach(b -> places.add(new Option("borough:" + b.id(), b.name())));
        territory.neighbourhoods().forEach(n -> places.add(new Option("neighbourhood:" + n.id(), n.name())));
        organisations.list(null).forEach(o -> places.add(new Option("organisation:" + o.id(), o.name())));
        return places;
    }

    /** Where a role holds, in words. */
    public String where(Visit visit, Grant grant) {
        return switch (grant.limit()) {
            case TOWN -> visit.text("core.roles.everywhere");
            case BOROUGH ->
                territory.boroughs().stream()
                        .filter(b -> b.id().equals(grant.where()))
                        .map(b -> b.name())
                        .findFirst()
                        .orElse(grant.where());
            case NEIGHBOURHOOD ->
                territory.neighbourhood(grant.where()).map(n -> n.name()).orElse(grant.where());
            case ORGANISATION ->
                organisations
                        .find(Long.parseLong(grant.where()))
                        .map(o -> o.name())
                        .orElse(grant.where());
        };
    }

    @POST
    @Path("roles")
    public Answer grant(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    Fields fields = new Fields();
                    String email = fields.email("email", form.value("email"));
                    String role = fields.choice(
                            "role",
                            form.optional("role"),
                            Role.grantable().stream().map(Role::word).toList());
                    fields.verify();
                    Member member = members.findByEmail(email)
                            .orElseThrow(() -> InvalidException.of("email", "core.no-such-account"));
                    roles.grant(visit.caller(), member.id(), Grants.parse(role, form.value("where")));
                    return member;
                })
                .then(member -> Redirect.to("/admin/access/roles").saying("core.roles.granted"))
                .orAgain(wrong -> rolesPage(visit, wrong));
    }

    @POST
    @Path("roles/revoke")
    public Answer revoke(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    try {
                        roles.revoke(
                                visit.caller(),
                                Long.parseLong(form.value("member")),
                                Grants.parse(form.value("role"), form.value("where")));
                        return true;
                    } catch (ConflictException e) {
                        throw InvalidException.of("role", e.code());
                    } catch (NumberFormatException e) {
                        throw InvalidException.of("member", "unknown");
                    }
                })
                .then(done -> Redirect.to("/admin/access/roles").saying("core.roles.revoked"))
                .orAgain(wrong -> rolesPage(visit, Form.empty().withErrors(wrong.errors())));
    }

    /** The permission table on the page {@code /admin}. */
    @Component
    public static final class PermissionsEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/access";
        }

        @Override
        public String label() {
            return "core.access.title";
        }

        @Override
        public String hint() {
            return "core.access.hint";
        }

        @Override
        public int rank() {
            return 10;
        }

        @Override
        public String action() {
            return PermissionTable.PERMISSIONS;
        }
    }

    /** The roles on the page {@code /admin}. */
    @Component
    public static final class RolesEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/access/roles";
        }

        @Override
        public String label() {
            return "core.roles.title";
        }

        @Override
        public String hint() {
            return "core.roles.hint";
        }

        @Override
        public int rank() {
            return 20;
        }

        @Override
        public String action() {
            return RoleService.ROLES;
        }
    }
}
