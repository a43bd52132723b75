// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.CommentService.Balance;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.text.Markdown;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The conversation on the page of any initiative. */
@Component
public final class Discussion implements InitiativePanel {

    /** How many comments a page shows at first. */
    static final int SHOWN = 50;

    private static final Templates VIEWS = new StaticTemplates();

    private final CommentService comments;
    private final Initiatives initiatives;
    private final Markdown markdown;

    @Activate
    public Discussion(
            @Reference CommentService comments, @Reference Initiatives initiatives, @Reference Markdown markdown) {
        this.comments = comments;
        this.initiatives = initiatives;
        this.markdown = markdown;
    }

    @Override
    public int rank() {
        return 900;
    }

    @Override
    public Optional<Content> render(Visit visit, Initiative initiative) {
        return initiatives
                .find(visit.caller(), initiative)
                .filter(this::isThereToShow)
                .map(summary -> {
                    var slice = comments.list(visit.caller(), initiative, Paging.first(SHOWN));
                    Map<Long, Integer> count = comments.counts(initiative.kind(), List.of(initiative.id()));
                    Balance balance = comments.balance(initiative);
                    return VIEWS.discussion(
                            visit,
                            new Talk(summary, CommentQuery.NEWEST, slice, balance, markdown),
                            count.getOrDefault(initiative.id(), 0),
                            balance.inFavour() == 0 ? null : best(visit, initiative, Stance.FOR),
                            balance.against() == 0 ? null : best(visit, initiative, Stance.AGAINST));
                });
    }

    /** What speaks best for a stance, to stand side by side. */
    private @Nullable Comment best(Visit visit, Initiative initiative, Stance stance) {
        return comments
                .list(visit.caller(), initiative, new CommentQuery(CommentQuery.BEST, stance.word()), Paging.first(1))
                .items()
                .stream()
                .filter(comment -> comment.state() == Comment.State.SHOWN)
                .findFirst()
                .orElse(null);
    }

    /** Nobody talks on the pages of people and organisations, and nothing is said of that. */
    private boolean isThereToShow(InitiativeSummary summary) {
        Initiative initiative = summary.initiative();
        return summary.discussable()
                || comments.counts(initiative.kind(), List.of(initiative.id())).getOrDefault(initiative.id(), 0) > 0;
    }
}
