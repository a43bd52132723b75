// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The conversation on the page of any initiative. */
@Component
public final class Discussion implements InitiativePanel {

    /** How many comments a page shows at first. */
    static final int SHOWN = 30;

    private static final Templates VIEWS = new StaticTemplates();

    private final CommentService comments;
    private final Initiatives initiatives;

    @Activate
    public Discussion(@Reference CommentService comments, @Reference Initiatives initiatives) {
        this.comments = comments;
        this.initiatives = initiatives;
    }

    @Override
    public int rank() {
        return 900;
    }

    @Override
    public Optional<Content> render(Visit visit, Initiative initiative) {
        return initiatives.find(visit.caller(), initiative).filter(this::isThereToShow).map(summary -> {
            var slice = comments.list(visit.caller(), initiative, Paging.first(SHOWN));
            Map<Long, Integer> count = comments.counts(initiative.kind(), List.of(initiative.id()));
            return VIEWS.discussion(
                    visit, summary, count.getOrDefault(initiative.id(), 0), VIEWS.comments(visit, initiative, slice));
        });
    }

    /** Nobody talks on the pages of people and organisations, and nothing is said of that. */
    private boolean isThereToShow(InitiativeSummary summary) {
        Initiative initiative = summary.initiative();
        return summary.discussable()
                || comments.counts(initiative.kind(), List.of(initiative.id())).getOrDefault(initiative.id(), 0) > 0;
    }
}
