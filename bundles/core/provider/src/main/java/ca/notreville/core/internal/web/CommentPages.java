// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.text.Markdown;
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
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The discussion of any initiative apart from its page: the rest of a long one, writing, changing, finding useful. */
@Component(service = CommentPages.class)
@Path("/comments")
@Produces(MediaType.TEXT_HTML)
public final class CommentPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final CommentService comments;
    private final Initiatives initiatives;
    private final Markdown markdown;

    @Activate
    public CommentPages(
            @Reference CommentService comments, @Reference Initiatives initiatives, @Reference Markdown markdown) {
        this.comments = comments;
        this.initiatives = initiatives;
        this.markdown = markdown;
    }

    @GET
    public Answer list(
            @Context Visit visit,
            @QueryParam("initiative") @DefaultValue("") String on,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("stance") @Nullable String stance,
            @QueryParam("after") @Nullable String after) {
        InitiativeSummary summary = summary(visit, initiative(on));
        CommentQuery query = new CommentQuery(sort, stance);
        var slice = comments.list(
                visit.caller(),
                summary.initiative(),
                query,
                Paging.of(String.valueOf(Discussion.SHOWN), after, CommentService.CURSOR_SIZE));
        Talk talk = new Talk(summary, query, slice, comments.balance(summary.initiative()), markdown);
        if (visit.wantsFragment()) {
            return Page.fragment(after == null ? VIEWS.conversation(visit, talk) : VIEWS.comments(visit, talk));
        }
        return Page.of(visit.text("core.discussion.title"), VIEWS.discussionPage(visit, talk));
    }

    /** The form of an answer, in the page or on one of its own. */
    @GET
    @Path("new")
    public Answer form(
            @Context Visit visit,
            @QueryParam("initiative") @DefaultValue("") String on,
            @QueryParam("parent") @Nullable String parent) {
        return writing(visit, summary(visit, initiative(on)), Form.empty().with("parent", parent), "");
    }

    private Page writing(Visit visit, InitiativeSummary summary, Form form, String preview) {
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.commentForm(visit, summary.initiative(), form, form.value("parent"), ""));
        }
        Comment answered = form.value("parent").isEmpty() ? null : answered(visit, form);
        return Page.of(
                visit.text("core.discussion.write"),
                VIEWS.commentPage(visit, summary, form, answered, preview, markdown));
    }

    private @Nullable Comment answered(Visit visit, Form form) {
        try {
            return comments.get(visit.caller(), parent(form));
        } catch (InvalidException | NotFoundException e) {
            // the message stands at the form
            return null;
        }
    }

    @POST
    public Answer add(@Context Visit visit, @Context Form form) {
        Initiative initiative = initiative(form.value("initiative"));
        return form.attempt(() -> comments.add(visit.caller(), initiative, draft(form)))
                .then(comment -> Redirect.to(address(visit, comment))
                        .saying(comment.state() == Comment.State.HELD ? "core.comment.held" : "core.commented"))
                .orAgain(wrong -> writing(visit, summary(visit, initiative), wrong, ""));
    }

    /** How it will look: in the page while somebody types, or on a page of its own with what was typed. */
    @POST
    @Path("preview")
    public Answer preview(@Context Visit visit, @Context Form form) {
        String body = Fields.clean(form.value("body"));
        if (body.length() > 2 * CommentDraft.MAX_BODY) {
            throw InvalidException.of("body", "too-long");
        }
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.preview(visit, markdown.html(body)));
        }
        return writing(visit, summary(visit, initiative(form.value("initiative"))), form, markdown.html(body));
    }

    @GET
    @Path("{id: [0-9]+}/edit")
    public Answer editForm(@Context Visit visit, @PathParam("id") long id) {
        Comment comment = own(visit, id);
        return editor(visit, comment, Form.empty().with("body", comment.body()));
    }

    private Comment own(Visit visit, long id) {
        visit.caller().requireMember();
        Comment comment = comments.get(visit.caller(), id);
        if (!comment.mine() || comment.state().gone()) {
            throw new NotFoundException();
        }
        return comment;
    }

    private Page editor(Visit visit, Comment comment, Form form) {
        return Page.of(
                visit.text("core.comment.edit-title"),
                VIEWS.commentEditor(visit, summary(visit, comment.initiative()), comment, form, markdown));
    }

    @POST
    @Path("{id: [0-9]+}")
    public Answer edit(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> comments.edit(visit.caller(), id, new CommentDraft(form.value("body"), null)))
                .then(comment -> Redirect.to(address(visit, comment))
                        .saying(comment.state() == Comment.State.HELD ? "core.comment.held" : "core.comment.edited"))
                .orAgain(wrong -> editor(visit, own(visit, id), wrong));
    }

    @POST
    @Path("{id: [0-9]+}/delete")
    public Answer delete(@Context Visit visit, @PathParam("id") long id) {
        Comment comment = own(visit, id);
        comments.delete(visit.caller(), id);
        return Redirect.to(summary(visit, comment.initiative()).path() + "#discussion")
                .saying("core.comment.deleted");
    }

    @POST
    @Path("{id: [0-9]+}/useful")
    public Answer mark(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        Comment comment = comments.mark(visit.caller(), id, form.value("useful").equals("1"));
        return visit.wantsFragment()
                ? Page.fragment(VIEWS.useful(visit, comment))
                : Redirect.to(address(visit, comment));
    }

    private String address(Visit visit, Comment comment) {
        return summary(visit, comment.initiative()).path() + "#comment-" + comment.id();
    }

    private static CommentDraft draft(Form form) {
        return new CommentDraft(
                form.value("body"),
                form.optional("parent") == null ? null : parent(form),
                form.optional("stance"),
                form.value("official").equals("1"));
    }

    private static long parent(Form form) {
        try {
            return Long.parseLong(form.value("parent"));
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
