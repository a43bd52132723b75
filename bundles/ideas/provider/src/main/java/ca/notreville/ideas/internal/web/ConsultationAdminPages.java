// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.ideas.api.Consultation.Phase;
import ca.notreville.ideas.api.ConsultationDraft;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Component;

/** The form by which staff announce a consultation. */
@Path("/admin/consultations")
@Produces(MediaType.TEXT_HTML)
public final class ConsultationAdminPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final ConsultationService consultations;
    private final TerritoryService territory;

    public ConsultationAdminPages(ConsultationService consultations, TerritoryService territory) {
        this.consultations = consultations;
        this.territory = territory;
    }

    @GET
    public Answer editor(@Context Visit visit) {
        return editor(visit, Form.empty());
    }

    private Page editor(Visit visit, Form form) {
        visit.caller().requireMember();
        if (!visit.may(ConsultationService.HOLD)) {
            throw new ForbiddenException();
        }
        List<Option> rules = new ArrayList<>();
        consultations.rules().forEach(rule -> rules.add(new Option(rule.id(), visit.text("ideas.rule." + rule.id()))));
        List<Option> levels = new ArrayList<>();
        for (Residence.Level level : Residence.Level.values()) {
            levels.add(new Option(level.word(), visit.text("ideas.consultation.level." + level.word())));
        }
        return Page.of(
                visit.text("ideas.consultation.new.title"),
                VIEWS.consultationForm(visit, form, rules, levels, territory.neighbourhoods()));
    }

    @POST
    public Answer create(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> consultations.create(
                        visit.caller(),
                        new ConsultationDraft(
                                form.value("title"),
                                form.value("description"),
                                form.optional("rule"),
                                form.optional("limit"),
                                form.value("options"),
                                form.optional("opensAt"),
                                form.optional("closesAt"),
                                form.value("hidden").equals("true"),
                                form.optional("level"),
                                form.values().getOrDefault("places", List.of()),
                                form.optional("threshold"))))
                .then(made -> Redirect.to(ConsultationPages.PATH + "/" + made.id())
                        .saying(
                                made.phase() == Phase.OPEN
                                        ? "ideas.consultation.opened"
                                        : "ideas.consultation.announced"))
                .orAgain(wrong -> editor(visit, wrong));
    }

    /** The form on the page {@code /admin}. */
    @Component
    public static final class HoldEntry implements AdminEntry {

        @Override
        public String path() {
            return "/admin/consultations";
        }

        @Override
        public String label() {
            return "ideas.consultation.new.title";
        }

        @Override
        public String hint() {
            return "ideas.consultation.new.hint";
        }

        @Override
        public int rank() {
            return 110;
        }

        @Override
        public String action() {
            return ConsultationService.HOLD;
        }
    }
}
