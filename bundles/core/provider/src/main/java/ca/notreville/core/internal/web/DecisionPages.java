// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What moderation did, for everybody; what it decided about what somebody wrote, for its author. */
@Component(service = DecisionPages.class)
@Path("/moderation")
@Produces(MediaType.TEXT_HTML)
public final class DecisionPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final ModerationService moderation;

    @Activate
    public DecisionPages(@Reference ModerationService moderation) {
        this.moderation = moderation;
    }

    /** In numbers, for everybody. */
    @GET
    public Answer numbers(@Context Visit visit) {
        return Page.of(visit.text("core.numbers.title"), VIEWS.moderationNumbers(visit, moderation.numbers()));
    }

    /** What was decided about what somebody wrote, for its author. */
    @GET
    @Path("cases/{id: [0-9]+}")
    public Answer decision(@Context Visit visit, @PathParam("id") long id) {
        return decision(visit, id, Form.empty());
    }

    private Page decision(Visit visit, long id, Form form) {
        return Page.of(
                visit.text("core.decision.title"),
                VIEWS.moderationDecision(visit, moderation.get(visit.caller(), id), form));
    }

    @POST
    @Path("cases/{id: [0-9]+}/appeal")
    public Answer appeal(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> moderation.appeal(visit.caller(), id, form.value("appeal")))
                .then(done -> Redirect.to("/moderation/cases/" + id).saying("core.decision.appealed"))
                .orAgain(wrong -> decision(visit, id, wrong));
    }
}
