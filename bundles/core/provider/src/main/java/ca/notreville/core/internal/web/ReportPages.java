// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import ca.notreville.core.api.moderation.ModerationService;
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
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reporting something to the moderators. */
@Component(service = ReportPages.class)
@Path("/reports")
@Produces(MediaType.TEXT_HTML)
public final class ReportPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final ModerationService moderation;

    @Activate
    public ReportPages(@Reference ModerationService moderation) {
        this.moderation = moderation;
    }

    @GET
    @Path("new")
    public Answer form(@Context Visit visit, @QueryParam("item") @DefaultValue("") String item) {
        return page(visit, Form.empty().with("item", item));
    }

    private Page page(Visit visit, Form form) {
        Item item = moderation.item(visit.caller(), item(form.value("item")));
        if (item.hidden()) {
            throw new NotFoundException();
        }
        return Page.of(visit.text("core.report.title"), VIEWS.report(visit, item, form));
    }

    @POST
    public Answer report(@Context Visit visit, @Context Form form) {
        Initiative reported = item(form.value("item"));
        String back = moderation.item(visit.caller(), reported).path();
        return form.attempt(() -> {
                    moderation.report(visit.caller(), reported, form.optional("reason"), form.value("note"));
                    return back;
                })
                .then(path -> Redirect.to(path).saying("core.report.sent"))
                .orAgain(wrong -> page(visit, wrong));
    }

    private static Initiative item(String text) {
        return Initiative.parse(text).orElseThrow(NotFoundException::new);
    }
}
