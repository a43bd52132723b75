// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.PaperService;
import ca.notreville.ideas.api.PaperService.Paper;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Where clerks enter ballots on paper, one after the other; what another one entered is not shown. */
@Path("/admin/papers")
@Produces(MediaType.TEXT_HTML)
public final class PaperPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final ConsultationService consultations;
    private final PaperService papers;

    public PaperPages(ConsultationService consultations, PaperService papers) {
        this.consultations = consultations;
        this.papers = papers;
    }

    @GET
    @Path("{id: [0-9]{1,18}}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return page(visit, id, Form.empty(), null);
    }

    @POST
    @Path("{id: [0-9]{1,18}}")
    public Answer enter(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(
                        () -> papers.enter(visit.caller(), id, form.value("number"), ConsultationPages.values(form)))
                .then(paper -> page(visit, id, Form.empty(), paper))
                .orAgain(wrong -> page(visit, id, wrong, null));
    }

    private Page page(Visit visit, long id, Form form, @Nullable Paper entered) {
        ConsultationView view = ConsultationView.bare(consultations, id);
        return Page.of(
                visit.text("ideas.papers.title"),
                VIEWS.paper(
                        visit,
                        view,
                        form,
                        entered,
                        papers.open(visit.caller(), id),
                        papers.agreed(visit.caller(), id)));
    }
}
