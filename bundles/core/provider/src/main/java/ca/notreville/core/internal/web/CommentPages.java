// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The discussion of any initiative apart from its page: the rest of a long one, and a comment that was not taken. */
@Path("/comments")
@Produces(MediaType.TEXT_HTML)
public final class CommentPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final CommentService comments;
    private final Initiatives initiatives;

    public CommentPages(CommentService comments, Initiatives initiatives) {
        this.comments = comments;
        this.initiatives = initiatives;
    }

    @GET
    public Answer list(
            @Context Visit visit,
            @QueryParam("initiative") @DefaultValue("") String on,
            @QueryParam("after") @Nullable String after) {
        Initiative initiative = initiative(on);
        var slice = comments.list(
                visit.caller(),
                initiative,
                Paging.of(String.valueOf(Discussion.SHOWN), after, CommentService.CURSOR_SIZE));
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.comments(visit, initiative, slice));
        }
        return Page.of(
                visit.text("core.discussion.title"),
                VIEWS.discussionPage(visit, summary(visit, initiative), VIEWS.comments(visit, initiative, slice)));
    }

    @POST
    public Answer add(@Context Visit visit, @Context Form form) {
        Initiative initiative = initiative(form.value("initiative"));
        return form.attempt(() -> comments.add(visit.caller(), initiative, draft(form)))
                .then(comment -> Redirect.to(address(visit, comment)).saying("core.commented"))
                .orAgain(wrong -> Page.of(
                        visit.text("core.discussion.write"),
                        VIEWS.commentPage(visit, summary(visit, initiative), wrong)));
    }

    private String address(Visit visit, Comment comment) {
        return summary(visit, comment.initiative()).path() + "#comment-" + comment.id();
    }

    private static CommentDraft draft(Form form) {
        String parent = form.optional("parent");
        try {
            return new CommentDraft(form.value("body"), parent == null ? null : Long.valueOf(parent));
        } catch (NumberFormatException e) {
            throw InvalidException.of("parent", "unknown");
        }
    }

    private InitiativeSummary summary(Visit visit, Initiative initiative) {
        return initiatives.find(visit.caller(), initiative).orElseThrow(NotFoundException::new);
    }

    private static Initiative initiative(String text) {
        return Initiative.parse(text).orElseThrow(NotFoundException::new);
    }
}
