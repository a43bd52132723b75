// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.internal.imports.Uploads;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.ideas.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.NavEntry;
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
import org.osgi.service.component.annotations.Component;

/** The administrator's pages of imports. */
@Path("/ideas/imports")
@Produces(MediaType.TEXT_HTML)
public final class ImportPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final ImportService imports;

    public ImportPages(ImportService imports) {
        this.imports = imports;
    }

    @GET
    public Answer list(@Context Visit visit) {
        return page(visit, Form.empty());
    }

    private Page page(Visit visit, Form form) {
        return Page.of(visit.text("ideas.imports.title"), VIEWS.imports(visit, form, imports.latest(visit.caller())));
    }

    @POST
    public Answer start(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> Uploads.start(imports, visit.caller(), form))
                .then(started -> Redirect.to("/ideas/imports/" + started.id()))
                .orAgain(wrong -> page(visit, wrong));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        Import known = imports.get(visit.caller(), id);
        if (visit.wantsFragment()) {
            return Page.fragment(VIEWS.importProgress(visit, known));
        }
        return Page.of(visit.text("ideas.imports.title"), VIEWS.importPage(visit, VIEWS.importProgress(visit, known)));
    }

    /** The entry in the navigation, for those who may import. */
    @Component
    public static final class ImportsEntry implements NavEntry {

        @Override
        public String path() {
            return "/ideas/imports";
        }

        @Override
        public String label() {
            return "ideas.nav.imports";
        }

        @Override
        public int rank() {
            return 950;
        }

        @Override
        public String action() {
            return ImportService.IMPORT;
        }
    }
}
