// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

/** Where an author takes an idea back. */
@Path("/ideas/{id: [0-9]+}/withdraw")
@Produces(MediaType.TEXT_HTML)
public final class LifePages {

    private final IdeaService ideas;
    private final LifeService life;

    public LifePages(IdeaService ideas, LifeService life) {
        this.ideas = ideas;
        this.life = life;
    }

    @GET
    public Answer ask(@Context Visit visit, @PathParam("id") long id) {
        visit.caller().requireMember();
        if (!life.get(visit.caller(), id).possible().contains(IdeaState.WITHDRAWN)) {
            throw new ForbiddenException();
        }
        return page(visit, id, Form.empty());
    }

    private Page page(Visit visit, long id, Form form) {
        Idea idea = ideas.get(visit.caller(), id);
        return Page.of(visit.text("ideas.withdraw.title"), new StaticTemplates().withdraw(visit, idea, form));
    }

    @POST
    public Answer withdraw(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> life.withdraw(visit.caller(), id, new MoveDraft(null, form.value("text"), null)))
                .then(done -> Redirect.to("/ideas/" + id).saying("ideas.withdraw.done"))
                .orAgain(wrong -> page(visit, id, wrong));
    }
}
