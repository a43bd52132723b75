// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.ideas.api.DraftService;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.SavedDraft;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

/** What somebody is still writing: saved while it is typed, and found again. */
@Path("/ideas/drafts")
@Produces(MediaType.TEXT_HTML)
public final class DraftPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final DraftService drafts;
    private final IdeaPages editor;

    public DraftPages(DraftService drafts, IdeaPages editor) {
        this.drafts = drafts;
        this.editor = editor;
    }

    @GET
    public Answer list(@Context Visit visit) {
        return Page.of(visit.text("ideas.drafts.title"), VIEWS.drafts(visit, drafts.list(visit.caller())));
    }

    /** From the page's script each few seconds, and from the button. */
    @POST
    public Answer save(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> save(visit.caller(), form))
                .then(saved -> visit.wantsFragment()
                        ? Page.fragment(VIEWS.draftState(visit, Drafts.form(saved), saved.savedAt(), List.of()))
                        : Redirect.to("/ideas/drafts").saying("ideas.drafts.saved"))
                .orAgain(wrong -> visit.wantsFragment()
                        ? Page.fragment(VIEWS.draftState(visit, wrong, null, wrong.errors()))
                        : editor.editor(visit, wrong));
    }

    /** What was published or deleted from another window meanwhile, and is still being written in this one, is kept anew. */
    private SavedDraft save(Caller caller, Form form) {
        IdeaDraft draft = Drafts.of(form);
        try {
            return drafts.save(caller, Drafts.id(form), Drafts.version(form), draft);
        } catch (NotFoundException e) {
            return drafts.save(caller, 0, 0, draft);
        }
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer edit(@Context Visit visit, @PathParam("id") long id) {
        SavedDraft saved = drafts.get(visit.caller(), id);
        return editor.editor(visit, Drafts.form(saved));
    }

    @POST
    @Path("{id: [0-9]+}/delete")
    public Answer delete(@Context Visit visit, @PathParam("id") long id) {
        drafts.delete(visit.caller(), id);
        return Redirect.to("/ideas/drafts").saying("ideas.drafts.deleted");
    }
}
