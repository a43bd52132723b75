// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.rest;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.territory.PlaceFinder;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.territory.PlaceLife;
import ca.notreville.core.internal.web.AccessPages;
import ca.notreville.core.internal.web.AccountPages;
import ca.notreville.core.internal.web.AuditPages;
import ca.notreville.core.internal.web.CallPages;
import ca.notreville.core.internal.web.CommentPages;
import ca.notreville.core.internal.web.CounterPages;
import ca.notreville.core.internal.web.DecisionPages;
import ca.notreville.core.internal.web.DocumentPages;
import ca.notreville.core.internal.web.FollowPages;
import ca.notreville.core.internal.web.MapPages;
import ca.notreville.core.internal.web.MemberPages;
import ca.notreville.core.internal.web.MessagePages;
import ca.notreville.core.internal.web.ModerationPages;
import ca.notreville.core.internal.web.NotificationPages;
import ca.notreville.core.internal.web.OrganisationPages;
import ca.notreville.core.internal.web.PeopleAdminPages;
import ca.notreville.core.internal.web.PlacePages;
import ca.notreville.core.internal.web.PosterPages;
import ca.notreville.core.internal.web.PrivacyAdminPages;
import ca.notreville.core.internal.web.PrivacyPages;
import ca.notreville.core.internal.web.ProfilePages;
import ca.notreville.core.internal.web.ReportPages;
import ca.notreville.core.internal.web.ResidentPages;
import ca.notreville.core.internal.web.SearchPages;
import ca.notreville.core.internal.web.TermsPages;
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
            @Reference CommentPages commentPages,
            @Reference CommentResource commentResource,
            @Reference ModerationPages moderationPages,
            @Reference DecisionPages decisionPages,
            @Reference ReportPages reportPages,
            @Reference ModerationResource moderationResource,
            @Reference AccessControl access,
            @Reference OrganisationService organisations,
            @Reference AccessPages accessPages,
            @Reference AccessResource accessResource,
            @Reference AuditPages auditPages,
            @Reference AuditResource auditResource,
            @Reference SearchPages searchPages,
            @Reference SearchResource searchResource,
            @Reference AccountService accounts,
            @Reference AccountPages accountPages,
            @Reference CounterPages counterPages,
            @Reference AccountResource accountResource,
            @Reference ProfilePages profilePages,
            @Reference OrganisationPages organisationPages,
            @Reference MessagePages messagePages,
            @Reference PeopleAdminPages peopleAdminPages,
            @Reference ProfileResource profileResource,
            @Reference OrganisationResource organisationResource,
            @Reference ContactResource contactResource,
            @Reference KindResource kindResource,
            @Reference PlaceFinder places,
            @Reference TerritoryPages territoryPages,
            @Reference TerritoryResource territoryResource,
            @Reference FollowPages followPages,
            @Reference FollowResource followResource,
            @Reference NotificationPages notificationPages,
            @Reference NotificationResource notificationResource,
            @Reference CallPages callPages,
            @Reference CallResource callResource,
            @Reference DocumentPages documentPages,
            @Reference DocumentResource documentResource,
            @Reference PrivacyPages privacyPages,
            @Reference PrivacyAdminPages privacyAdminPages,
            @Reference PrivacyResource privacyResource,
            @Reference TermsPages termsPages,
            @Reference PlaceLife life,
            @Reference MapPages mapPages,
            @Reference PosterPages posterPages,
            @Reference VerificationPages verificationPages,
            @Reference ResidentPages residentPages,
            @Reference VerificationResource verificationResource) {
        resources = Set.of(
                new MemberResource(members, accounts),
                new SessionResource(sessions),
                new MemberPages(members, sessions, territory, accounts),
                new PlaceResource(territory, places),
                commentPages,
                commentResource,
                moderationPages,
                decisionPages,
                reportPages,
                moderationResource,
                new PlacePages(territory, organisations, life),
                accessPages,
                accessResource,
                auditPages,
                auditResource,
                searchPages,
                searchResource,
                accountPages,
                counterPages,
                accountResource,
                profilePages,
                organisationPages,
                messagePages,
                peopleAdminPages,
                profileResource,
                organisationResource,
                contactResource,
                kindResource,
                territoryPages,
                territoryResource,
                followPages,
                followResource,
                notificationPages,
                notificationResource,
                callPages,
                callResource,
                documentPages,
                documentResource,
                privacyPages,
                privacyAdminPages,
                privacyResource,
                termsPages,
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
