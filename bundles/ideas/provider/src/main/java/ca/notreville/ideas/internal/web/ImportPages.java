// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.ideas.api.ExportService;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.ideas.api.ImportPreview;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final String PATH = "/ideas/imports/";
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
        List<Import> latest = imports.latest(visit.caller());
        return Page.of(
                visit.text("ideas.imports.title"),
                VIEWS.imports(visit, form, latest, imports.mappings(visit.caller()), visit.may(ExportService.EXPORT)));
    }

    @POST
    public Answer start(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> Uploads.start(imports, visit.caller(), form, true))
                .then(ImportPages::follow)
                .orAgain(wrong -> page(visit, wrong));
    }

    private static Redirect follow(Import started) {
        return Redirect.to(PATH + started.id() + (started.state() == Import.State.WAITING ? "/columns" : ""));
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

    @GET
    @Path("{id: [0-9]+}/columns")
    public Answer columns(@Context Visit visit, @PathParam("id") long id) {
        Form form = Form.empty();
        ImportPreview preview = imports.preview(visit.caller(), id);
        for (Map.Entry<String, List<String>> guess : preview.guess().columns().entrySet()) {
            form = form.with(guess.getKey(), guess.getValue().get(0));
        }
        return columns(visit, id, form, preview);
    }

    private static Page columns(Visit visit, long id, Form form, ImportPreview preview) {
        return Page.of(visit.text("ideas.columns.page"), VIEWS.importColumns(visit, form, id, preview));
    }

    @POST
    @Path("{id: [0-9]+}/columns")
    public Answer map(@Context Visit visit, @Context Form form, @PathParam("id") long id) {
        return form.attempt(() -> imports.map(
                        visit.caller(), id, mapping(form), form.value("dryRun").equals("true")))
                .then(ImportPages::follow)
                .orAgain(wrong -> columns(visit, id, wrong, imports.preview(visit.caller(), id)));
    }

    private static ImportMapping mapping(Form form) {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (String field : ImportMapping.FIELDS) {
            String column = form.optional(field);
            if (column != null) {
                columns.put(field, List.of(column));
            }
        }
        return new ImportMapping(form.value("name"), columns, Map.of());
    }

    @POST
    @Path("{id: [0-9]+}/in-earnest")
    public Answer inEarnest(@Context Visit visit, @PathParam("id") long id) {
        return follow(imports.inEarnest(visit.caller(), id));
    }

    @POST
    @Path("forget")
    public Answer forget(@Context Visit visit, @Context Form form) {
        imports.forget(visit.caller(), form.value("name"));
        return Redirect.to("/ideas/imports").saying("ideas.mapping.forgotten");
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
