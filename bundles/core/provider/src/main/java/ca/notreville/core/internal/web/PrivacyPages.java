// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.notify.NotificationService;
import ca.notreville.core.api.notify.Preferences;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.api.privacy.PrivacyService;
import ca.notreville.core.api.privacy.PrivacyService.Archive;
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
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** One's own data. */
@Component(service = PrivacyPages.class)
@Path("/members/me/privacy")
@Produces(MediaType.TEXT_HTML)
public final class PrivacyPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String PATH = "/members/me/privacy";

    private final PrivacyService privacy;
    private final ConsentService consents;
    private final NotificationService notifications;

    @Activate
    public PrivacyPages(
            @Reference PrivacyService privacy,
            @Reference ConsentService consents,
            @Reference NotificationService notifications) {
        this.privacy = privacy;
        this.consents = consents;
        this.notifications = notifications;
    }

    @GET
    public Answer show(@Context Visit visit) {
        return page(visit, Form.empty());
    }

    private Page page(Visit visit, Form form) {
        Archive archive = privacy.archive(visit.caller()).orElse(null);
        return Page.of(
                visit.text("core.privacy.title"),
                VIEWS.privacy(
                        visit,
                        form,
                        consents.mine(visit.caller()),
                        VIEWS.privacyArchive(visit, archive),
                        privacy.erasure(visit.caller()).orElse(null)));
    }

    @POST
    @Path("letters")
    public Answer letters(@Context Visit visit, @Context Form form) {
        notifications.agreeToMail(visit.caller(), form.value("given").equals("1"), Preferences.Source.SETTINGS);
        return Redirect.to(PATH).saying("core.privacy.consent.noted");
    }

    @GET
    @Path("archive")
    public Answer progress(@Context Visit visit) {
        Archive archive = privacy.archive(visit.caller()).orElse(null);
        return visit.wantsFragment() ? Page.fragment(VIEWS.privacyArchive(visit, archive)) : page(visit, Form.empty());
    }

    @POST
    @Path("archive")
    public Answer request(@Context Visit visit) {
        privacy.requestArchive(visit.caller());
        return Redirect.to(PATH + "#archive").saying("core.privacy.archive.begun");
    }

    @GET
    @Path("archive/file")
    @Produces(MediaType.WILDCARD)
    public Response file(@Context Visit visit) {
        return Response.ok(privacy.openArchive(visit.caller()))
                .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        DocumentAnswer.disposition(false, visit.text("core.privacy.archive.name") + ".zip"))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }

    @POST
    @Path("end")
    public Answer end(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    if (form.value("sure").isEmpty()) {
                        throw InvalidException.of("sure", "core.account-sure");
                    }
                    return privacy.requestErasure(visit.caller());
                })
                .then(erasure -> Redirect.to(PATH + "#end").saying("core.privacy.end.noted"))
                .orAgain(wrong -> page(visit, wrong));
    }

    @POST
    @Path("keep")
    public Answer keep(@Context Visit visit) {
        privacy.cancelErasure(visit.caller());
        return Redirect.to(PATH).saying("core.privacy.keep.noted");
    }
}
