// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.ConsultationDraft;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.VotingRule;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.NavEntry;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Consultations: the list, and each of them with its ballot and what came of it. */
@Path("/consultations")
@Produces(MediaType.TEXT_HTML)
public final class ConsultationPages {

    static final String PATH = "/consultations";

    private static final Templates VIEWS = new StaticTemplates();
    private static final String ID = "{id: [0-9]{1,18}}";
    private static final String WITHDRAW = "withdraw";

    private final ConsultationService consultations;
    private final TerritoryService territory;

    public ConsultationPages(ConsultationService consultations, TerritoryService territory) {
        this.consultations = consultations;
        this.territory = territory;
    }

    @GET
    public Answer list(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        return Page.of(
                        visit.text("ideas.consultations.title"),
                        VIEWS.consultations(
                                visit,
                                consultations.list(Paging.of(null, after, ConsultationService.CURSOR_SIZE)),
                                visit.may(ConsultationService.HOLD)))
                .describedAs(visit.text("ideas.consultations.lead"));
    }

    @GET
    @Path(ID)
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return page(visit, id, Form.empty(), "");
    }

    /** @param withdrawn receipt of a ballot that was just taken back, or "" */
    private Page page(Visit visit, long id, Form form, String withdrawn) {
        Consultation consultation = consultations.get(id);
        VotingRule rule = ConsultationView.rule(consultations, consultation);
        ConsultationView view = new ConsultationView(
                consultation,
                rule,
                consultations.find(visit.caller(), id).orElse(null),
                consultations.obstacle(visit.caller(), id).orElse(""),
                rule == null ? null : consultations.results(id),
                territory.neighbourhoods());
        return Page.of(
                        consultation.title(),
                        VIEWS.consultation(
                                visit,
                                view,
                                form,
                                withdrawn,
                                visit.may(ConsultationService.HOLD),
                                visit.panels(new Initiative(ConsultationService.KIND, id))))
                .describedAs(consultation.description());
    }

    @POST
    @Path(ID + "/ballot")
    public Answer vote(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        if (form.value("act").equals(WITHDRAW)) {
            // its receipt is shown this once
            return page(
                    visit,
                    id,
                    Form.empty(),
                    consultations.withdraw(visit.caller(), id).orElse(""));
        }
        return form.attempt(() -> consultations.vote(visit.caller(), id, values(form)))
                .then(ballot -> Redirect.to(PATH + "/" + id + "#ballot").saying("ideas.ballot.taken"))
                .orAgain(wrong -> page(visit, id, wrong, ""));
    }

    static Map<Integer, Integer> values(Form form) {
        Map<Integer, Integer> values = new LinkedHashMap<>();
        for (int number = 1; number <= ConsultationDraft.MAX_OPTIONS; number++) {
            String value = form.value("o" + number);
            if (!value.isBlank()) {
                try {
                    values.put(number, Integer.valueOf(value));
                } catch (NumberFormatException e) {
                    throw InvalidException.of("ballot", "ideas.ballot-unknown");
                }
            }
        }
        return values;
    }

    @POST
    @Path(ID + "/close")
    public Answer close(@Context Visit visit, @PathParam("id") long id) {
        consultations.close(visit.caller(), id);
        return Redirect.to(PATH + "/" + id).saying("ideas.consultation.closed");
    }

    /** The entry in the navigation. */
    @Component
    public static final class ConsultationsEntry implements NavEntry {

        @Override
        public String path() {
            return PATH;
        }

        @Override
        public String label() {
            return "ideas.consultations.nav";
        }

        @Override
        public int rank() {
            return 110;
        }
    }
}
