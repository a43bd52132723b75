// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.PaperService;
import ca.notreville.ideas.api.ReceiptService;
import ca.notreville.ideas.api.VotingService;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ideas as a module: works when its services do. */
@Component
public final class IdeasModule implements CommunityModule {

    @Activate
    public IdeasModule(
            @Reference IdeaService ideas,
            @Reference VotingService votes,
            @Reference LifeService life,
            @Reference ImportService imports,
            @Reference ReceiptService receipts,
            @Reference ConsultationService consultations,
            @Reference PaperService papers) {}

    @Override
    public String id() {
        return "ideas";
    }

    @Override
    public Set<Action> actions() {
        return Set.of(
                Action.of(IdeaService.SUBMIT, Role.MEMBER),
                Action.of(VotingService.VOTE, Role.MEMBER),
                Action.of(PaperService.ENTER, Role.STAFF, Role.ADMINISTRATOR),
                Action.of(ConsultationService.HOLD, Role.STAFF, Role.ADMINISTRATOR),
                Action.of(LifeService.ANSWER, Role.STAFF, Role.ADMINISTRATOR),
                Action.of(LifeService.MERGE, Role.STAFF, Role.ADMINISTRATOR),
                Action.of(ImportService.IMPORT, Role.STAFF, Role.ADMINISTRATOR));
    }
}
