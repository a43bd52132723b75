// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.profile.SkillService;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
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
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What staff decide about people: requests for a kind of profile, and the list of skills. */
@Component(service = PeopleAdminPages.class)
@Path("/admin/profiles")
@Produces(MediaType.TEXT_HTML)
public final class PeopleAdminPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final KindService kinds;
    private final SkillService skills;
    private final TerritoryService territory;

    @Activate
    public PeopleAdminPages(
            @Reference KindService kinds, @Reference SkillService skills, @Reference TerritoryService territory) {
        this.kinds = kinds;
        this.skills = skills;
        this.territory = territory;
    }

    @GET
    public Answer queue(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        return queuePage(visit, Form.empty(), 0, after);
    }

    private Page queuePage(Visit visit, Form form, long deciding, @Nullable String after) {
        return Page.of(
                visit.text("core.kinds.title"),
                VIEWS.kindQueue(
                        visit,
                        form,
                        deciding,
                        kinds.waiting(visit.caller(), Paging.of(null, after, 1)),
                        territory.neighbourhoods()));
    }

    @POST
    @Path("{request: [0-9]+}")
    public Answer decide(@Context Visit visit, @PathParam("request") long request, @Context Form form) {
        boolean approve = form.value("decision").equals("approve");
        return form.attempt(() -> {
                    try {
                        return kinds.decide(visit.caller(), request, approve, form.value("answer"));
                    } catch (ConflictException e) {
                        throw InvalidException.of("answer", e.code());
                    }
                })
                .then(decided ->
                        Redirect.to("/admin/profiles").saying(approve ? "core.kinds.approved" : "core.kinds.refused"))
                .orAgain(wrong -> queuePage(visit, wrong, request, null));
    }

    @GET
    @Path("skills")
    public Answer skills(@Context Visit visit) {
        return skillsPage(visit, Form.empty());
    }

    private Page skillsPage(Visit visit, Form form) {
        if (!visit.may(KindService.PROFILES)) {
            // the service says why
            kinds.waiting(visit.caller(), Paging.first(1));
        }
        return Page.of(visit.text("core.skills.title"), VIEWS.skills(visit, form, skills.skills()));
    }

    @POST
    @Path("skills")
    public Answer add(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> skills.save(visit.caller(), 0, form.value("french"), form.value("english")))
                .then(skill -> Redirect.to("/admin/profiles/skills").saying("core.skills.saved"))
                .orAgain(wrong -> skillsPage(visit, wrong));
    }

    @POST
    @Path("skills/{id: [0-9]+}/remove")
    public Answer remove(@Context Visit visit, @PathParam("id") long id) {
        skills.remove(visit.caller(), id);
        return Redirect.to("/admin/profiles/skills").saying("core.skills.removed");
    }

    /** The requests on the page {@code /admin}. */
    @Component
    public static final class KindsEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/profiles";
        }

        @Override
        public String label() {
            return "core.kinds.title";
        }

        @Override
        public String hint() {
            return "core.kinds.hint";
        }

        @Override
        public int rank() {
            return 30;
        }

        @Override
        public String action() {
            return KindService.PROFILES;
        }
    }

    /** The skills on the page {@code /admin}. */
    @Component
    public static final class SkillsEntry implements AdminEntry {
        @Override
        public String path() {
            return "/admin/profiles/skills";
        }

        @Override
        public String label() {
            return "core.skills.title";
        }

        @Override
        public String hint() {
            return "core.skills.hint";
        }

        @Override
        public int rank() {
            return 31;
        }

        @Override
        public String action() {
            return KindService.PROFILES;
        }
    }
}
