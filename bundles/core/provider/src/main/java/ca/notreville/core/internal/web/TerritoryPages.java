// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.territory.GeoImport;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.PlaceTexts;
import ca.notreville.core.api.territory.TerritoryAdmin;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.text.ReadingLevel;
import ca.notreville.core.internal.territory.GeoUpload;
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
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drawing the territory, and writing about its neighbourhoods. */
@Component(service = TerritoryPages.class)
@Path("/admin/territory")
@Produces(MediaType.TEXT_HTML)
public final class TerritoryPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final TerritoryService territory;
    private final TerritoryAdmin admin;
    private final AccessControl access;

    @Activate
    public TerritoryPages(
            @Reference TerritoryService territory, @Reference TerritoryAdmin admin, @Reference AccessControl access) {
        this.territory = territory;
        this.admin = admin;
        this.access = access;
    }

    @GET
    public Answer show(@Context Visit visit) {
        access.require(visit.caller(), TerritoryAdmin.TERRITORY);
        return page(visit, Form.empty());
    }

    private Page page(Visit visit, Form form) {
        return Page.of(
                visit.text("core.territory.title"),
                VIEWS.territory(
                        visit,
                        form,
                        territory.boroughs(),
                        territory.neighbourhoods(),
                        TownMap.of(territory.neighbourhoods(), "")));
    }

    @POST
    public Answer prepare(@Context Visit visit, @Context Form form) {
        access.require(visit.caller(), TerritoryAdmin.TERRITORY);
        return form.attempt(() -> GeoUpload.prepare(admin, visit.caller(), form))
                .then(made -> Redirect.to("/admin/territory/imports/" + made.id()))
                .orAgain(wrong -> page(visit, wrong));
    }

    @GET
    @Path("imports/{id: [0-9]{1,18}}")
    public Answer preview(@Context Visit visit, @PathParam("id") long id) {
        GeoImport made = admin.get(visit.caller(), id);
        return Page.of(
                visit.text("core.territory.preview"),
                VIEWS.territoryPreview(visit, made, TownMap.of(made.neighbourhoods(), "")));
    }

    @POST
    @Path("imports/{id: [0-9]{1,18}}")
    public Answer apply(@Context Visit visit, @PathParam("id") long id) {
        admin.apply(visit.caller(), id);
        return Redirect.to("/admin/territory").saying("core.territory.applied");
    }

    @GET
    @Path("neighbourhoods/{id}")
    public Answer edit(@Context Visit visit, @PathParam("id") String id) {
        access.require(visit.caller(), TerritoryAdmin.TERRITORY, Scope.in(id));
        Neighbourhood place = territory.neighbourhood(id).orElseThrow(NotFoundException::new);
        return editor(
                visit,
                place,
                Form.empty()
                        .with("name", place.name())
                        .with("descriptionFr", place.descriptions().get("fr"))
                        .with("descriptionEn", place.descriptions().get("en")));
    }

    private static Page editor(Visit visit, Neighbourhood place, Form form) {
        return Page.of(
                visit.text("core.territory.edit"),
                VIEWS.placeEditor(visit, form, place, ReadingLevel.of(form.value("descriptionFr"))));
    }

    @POST
    @Path("neighbourhoods/{id}")
    public Answer describe(@Context Visit visit, @PathParam("id") String id, @Context Form form) {
        Neighbourhood place = territory.neighbourhood(id).orElseThrow(NotFoundException::new);
        if (form.values().containsKey("measure")) {
            access.require(visit.caller(), TerritoryAdmin.TERRITORY, Scope.in(id));
            return editor(visit, place, form);
        }
        return form.attempt(() -> admin.describe(
                        visit.caller(),
                        id,
                        new PlaceTexts(form.value("name"), form.value("descriptionFr"), form.value("descriptionEn"))))
                .then(done -> Redirect.to("/neighbourhoods/" + id).saying("core.territory.described"))
                .orAgain(wrong -> editor(visit, place, wrong));
    }

    /** The territory on the page {@code /admin}. */
    @Component
    public static final class TerritoryEntry implements AdminEntry {

        @Override
        public String path() {
            return "/admin/territory";
        }

        @Override
        public String label() {
            return "core.territory.title";
        }

        @Override
        public String hint() {
            return "core.territory.hint";
        }

        @Override
        public int rank() {
            return 40;
        }

        @Override
        public String action() {
            return TerritoryAdmin.TERRITORY;
        }
    }
}
