// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.RoleService;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.call.CallService;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.privacy.PrivacyRegister;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.territory.TerritoryAdmin;
import ca.notreville.core.api.verification.VerificationAdmin;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The core as a module: works when people can sign in and talk. */
@Component
public final class CoreModule implements CommunityModule {

    /** What the core declares itself. */
    public static final String ID = "core";

    public static final Set<Action> ACTIONS = Set.of(
            Action.of(CallService.CALL, Role.LEADER, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(CommentService.COMMENT, Role.MEMBER),
            Action.of(CommentService.OFFICIAL, Role.STAFF),
            Action.of(ModerationService.REPORT, Role.MEMBER),
            Action.of(ModerationService.MODERATE, Role.MODERATOR, Role.ADMINISTRATOR),
            Action.of(ModerationService.WORDS, Role.MODERATOR, Role.ADMINISTRATOR),
            Action.of(PermissionTable.PERMISSIONS, Role.ADMINISTRATOR),
            Action.of(RoleService.ROLES, Role.ADMINISTRATOR),
            Action.of(AuditLog.READ, Role.ADMINISTRATOR),
            Action.of(AccountService.COUNTER, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(KindService.PROFILES, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(OrganisationService.CREATE, Role.MEMBER),
            Action.of(OrganisationService.VERIFY, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(ContactService.CONNECT, Role.MEMBER),
            Action.of(TerritoryAdmin.TERRITORY, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(DocumentService.ADD, Role.MEMBER),
            Action.of(DocumentService.MANAGE, Role.MODERATOR, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(PrivacyRegister.REGISTER, Role.ADMINISTRATOR),
            Action.of(VerificationAdmin.VERIFY, Role.STAFF, Role.ADMINISTRATOR),
            Action.of(VerificationAdmin.RULES, Role.ADMINISTRATOR));

    @Activate
    public CoreModule(@Reference SessionService sessions, @Reference CommentService comments) {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<Action> actions() {
        return ACTIONS;
    }
}
