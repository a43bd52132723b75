// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.territory.PlaceFinder;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.member.Organisations;
import ca.notreville.core.internal.territory.PlaceLife;
import ca.notreville.core.internal.web.AccessPages;
import ca.notreville.core.internal.web.AuditPages;
import ca.notreville.core.internal.web.CommentPages;
import ca.notreville.core.internal.web.MapPages;
import ca.notreville.core.internal.web.MemberPages;
import ca.notreville.core.internal.web.PlacePages;
import ca.notreville.core.internal.web.PosterPages;
import ca.notreville.core.internal.web.ResidentPages;
import ca.notreville.core.internal.web.TerritoryPages;
import ca.notreville.core.internal.web.VerificationPages;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the core serves: {@code /api/v1/members}, {@code /members} and so on, as each resource says. */
@Component(service = Application.class)
public final class CoreApplication extends Application {

    private final Set<Object> resources;

    @Activate
    public CoreApplication(
            @Reference MemberService members,
            @Reference SessionService sessions,
            @Reference TerritoryService territory,
            @Reference CommentService comments,
            @Reference Initiatives initiatives,
            @Reference AccessControl access,
            @Reference Organisations organisations,
            @Reference AccessPages accessPages,
            @Reference AccessResource accessResource,
            @Reference AuditPages auditPages,
            @Reference AuditResource auditResource,
            @Reference PlaceFinder places,
            @Reference TerritoryPages territoryPages,
            @Reference TerritoryResource territoryResource,
            @Reference PlaceLife life,
            @Reference MapPages mapPages,
            @Reference PosterPages posterPages,
            @Reference VerificationPages verificationPages,
            @Reference ResidentPages residentPages,
            @Reference VerificationResource verificationResource) {
        resources = Set.of(
                new MemberResource(members),
                new SessionResource(sessions),
                new PlaceResource(territory, places),
                new OrganisationResource(organisations),
                new MemberPages(members, sessions, territory),
                new PlacePages(territory, organisations, life),
                new CommentPages(comments, initiatives),
                accessPages,
                accessResource,
                auditPages,
                auditResource,
                territoryPages,
                territoryResource,
                mapPages,
                posterPages,
                verificationPages,
                residentPages,
                verificationResource);
    }

    @Override
    public Set<Object> getSingletons() {
        return resources;
    }
}
