// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.api.privacy.PrivacyService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.FooterEntry;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Component;

/** How people treat each other here, and how the platform treats what it knows of them. */
@Component(service = TermsPages.class)
@Path(ConsentService.TERMS_PATH)
@Produces(MediaType.TEXT_HTML)
public final class TermsPages {

    private static final Templates VIEWS = new StaticTemplates();

    /** Sections of the page, in this order; each has a title and a text among the messages. */
    private static final List<String> RULES = List.of("respect", "true", "public", "decisions");

    private static final List<String> PRIVACY = List.of("kept", "seen", "votes", "letters", "long", "rights");

    @GET
    public Answer show(@Context Visit visit) {
        return Page.of(
                        visit.text("core.terms.title"),
                        VIEWS.terms(visit, RULES, PRIVACY, PrivacyService.GRACE_DAYS, ConsentService.EDITION))
                .describedAs(visit.text("core.terms.lead"));
    }

    /** The way to it from every page. */
    @Component
    public static final class TermsEntry implements FooterEntry {

        @Override
        public String path() {
            return ConsentService.TERMS_PATH;
        }

        @Override
        public String label() {
            return "core.terms.title";
        }

        @Override
        public int rank() {
            return 100;
        }
    }
}
