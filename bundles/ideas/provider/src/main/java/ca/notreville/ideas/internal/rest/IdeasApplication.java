// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.DraftService;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.PaperService;
import ca.notreville.ideas.api.ReceiptService;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.internal.web.ConsultationAdminPages;
import ca.notreville.ideas.internal.web.ConsultationPages;
import ca.notreville.ideas.internal.web.DraftPages;
import ca.notreville.ideas.internal.web.IdeaPages;
import ca.notreville.ideas.internal.web.ImportPages;
import ca.notreville.ideas.internal.web.LifeDesk;
import ca.notreville.ideas.internal.web.LifePages;
import ca.notreville.ideas.internal.web.PaperPages;
import ca.notreville.ideas.internal.web.ReceiptPages;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the module serves: {@code /api/v1/ideas}, {@code /ideas} and {@code /admin/ideas}. */
@Component(service = Application.class)
public final class IdeasApplication extends Application {

    private final Set<Object> resources;

    @Activate
    public IdeasApplication(
            @Reference IdeaService ideas,
            @Reference DraftService drafts,
            @Reference VotingService votes,
            @Reference ImportService imports,
            @Reference LifeService life,
            @Reference CommentService comments,
            @Reference TerritoryService territory,
            @Reference ReceiptService receipts,
            @Reference Initiatives initiatives,
            @Reference ConsultationService consultations,
            @Reference PaperService papers,
            @Reference AccessControl access) {
        IdeaPages pages = new IdeaPages(ideas, drafts, votes, life, territory);
        resources = Set.of(
                new IdeaResource(ideas, votes, comments),
                new DraftResource(drafts),
                new ImportResource(imports),
                pages,
                new DraftPages(drafts, pages),
                new LifeResource(life),
                new AwaitingResource(life),
                new LifePages(ideas, life),
                new LifeDesk(ideas, life, territory, access),
                new ImportPages(imports),
                new ReceiptResource(receipts),
                new ReceiptPages(receipts, initiatives, consultations),
                new ConsultationResource(consultations, papers),
                new PaperPages(consultations, papers),
                new ConsultationPages(consultations, territory),
                new ConsultationAdminPages(consultations, territory));
    }

    @Override
    public Set<Object> getSingletons() {
        return resources;
    }
}
