// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.document.Document;
import ca.notreville.core.api.document.DocumentDraft;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.document.FileDraft;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Upload;
import ca.notreville.web.api.Visit;
import java.util.List;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The resource centre of any initiative. */
@Component(service = DocumentPages.class)
@Path("/documents")
@Produces(MediaType.TEXT_HTML)
public final class DocumentPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String LINK = "link";

    private final DocumentService documents;
    private final Initiatives initiatives;

    @Activate
    public DocumentPages(@Reference DocumentService documents, @Reference Initiatives initiatives) {
        this.documents = documents;
        this.initiatives = initiatives;
    }

    @GET
    public Answer list(@Context Visit visit, @QueryParam("initiative") @DefaultValue("") String on) {
        Initiative initiative = initiative(on);
        InitiativeSummary summary = summary(visit, initiative);
        List<Document> all = documents.list(visit.caller(), initiative);
        boolean manages = documents.mayManage(visit.caller(), initiative);
        return Page.of(
                visit.text("core.documents.of", "title", summary.title()),
                VIEWS.documents(
                        visit,
                        summary,
                        all,
                        documents.mayAdd(visit.caller(), initiative),
                        manages ? documents.deleted(visit.caller(), initiative) : List.of()));
    }

    @GET
    @Path("new")
    public Answer form(
            @Context Visit visit,
            @QueryParam("initiative") @DefaultValue("") String on,
            @QueryParam("as") @DefaultValue("") String as) {
        return editor(visit, initiative(on), as.equals(LINK), Form.empty());
    }

    @POST
    public Answer add(@Context Visit visit, @Context Form form) {
        Initiative initiative = initiative(form.value("initiative"));
        boolean link = form.value("as").equals(LINK);
        return form.attempt(() -> link
                        ? documents.addLink(visit.caller(), initiative, draft(form))
                        : documents.addFile(visit.caller(), initiative, draft(form), file(form)))
                .then(added -> Redirect.to("/documents/" + added.id()).saying("core.document.added"))
                .orAgain(wrong -> editor(visit, initiative, link, wrong));
    }

    private Page editor(Visit visit, Initiative initiative, boolean link, Form form) {
        visit.caller().requireMember();
        return Page.of(
                visit.text(link ? "core.document.new-link" : "core.document.new-file"),
                VIEWS.documentNew(
                        visit,
                        form,
                        summary(visit, initiative),
                        link,
                        documents.mayManage(visit.caller(), initiative)));
    }

    static DocumentDraft draft(Form form) {
        return new DocumentDraft(
                form.value("title"),
                form.value("folder"),
                form.value("caption"),
                form.optional(LINK),
                !form.value("readFirst").isEmpty());
    }

    static FileDraft file(Form form) {
        Upload upload = form.upload("file").orElseThrow(() -> InvalidException.of("file", "required"));
        return new FileDraft(upload.name(), form.optional("note"), upload::open);
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        return page(visit, id, Form.empty());
    }

    private Page page(Visit visit, long id, Form form) {
        Document document = documents.get(visit.caller(), id);
        return Page.of(
                document.title(),
                VIEWS.document(
                        visit,
                        document,
                        summary(visit, document.initiative()),
                        form,
                        documents.mayManage(visit.caller(), document)));
    }

    @POST
    @Path("{id: [0-9]+}/versions")
    public Answer addVersion(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> documents.addVersion(visit.caller(), id, file(form)))
                .then(changed -> Redirect.to("/documents/" + id).saying("core.document.version-added"))
                .orAgain(wrong -> page(visit, id, wrong));
    }

    @GET
    @Path("{id: [0-9]+}/edit")
    public Answer edit(@Context Visit visit, @PathParam("id") long id) {
        Document document = documents.get(visit.caller(), id);
        if (!documents.mayManage(visit.caller(), document)) {
            throw new NotFoundException();
        }
        return edit(
                visit,
                document,
                Form.empty()
                        .with("title", document.title())
                        .with("folder", document.folder())
                        .with("caption", document.caption())
                        .with(LINK, document.link())
                        .with("readFirst", document.readFirst() ? "1" : ""));
    }

    private Page edit(Visit visit, Document document, Form form) {
        return Page.of(
                visit.text("core.document.edit"),
                VIEWS.documentEdit(visit, form, document, documents.mayManage(visit.caller(), document.initiative())));
    }

    @POST
    @Path("{id: [0-9]+}")
    public Answer change(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return form.attempt(() -> documents.change(visit.caller(), id, draft(form)))
                .then(changed -> Redirect.to("/documents/" + id).saying("core.document.changed"))
                .orAgain(wrong -> edit(visit, documents.get(visit.caller(), id), wrong));
    }

    @POST
    @Path("{id: [0-9]+}/delete")
    public Answer delete(@Context Visit visit, @PathParam("id") long id) {
        Initiative initiative = documents.get(visit.caller(), id).initiative();
        documents.delete(visit.caller(), id);
        return Redirect.to("/documents?initiative=" + initiative).saying("core.document.deleted");
    }

    @POST
    @Path("{id: [0-9]+}/restore")
    public Answer restore(@Context Visit visit, @PathParam("id") long id) {
        documents.restore(visit.caller(), id);
        return Redirect.to("/documents/" + id).saying("core.document.restored");
    }

    /** The content, of the newest version or of an older one. */
    @GET
    @Path("{id: [0-9]+}/file")
    @Produces(MediaType.WILDCARD)
    public Response file(
            @Context Visit visit,
            @PathParam("id") long id,
            @QueryParam("version") @DefaultValue("0") int version,
            @QueryParam("download") @Nullable String download,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        return DocumentAnswer.of(documents.open(visit.caller(), id, version), download != null, known);
    }

    private InitiativeSummary summary(Visit visit, Initiative initiative) {
        return initiatives.find(visit.caller(), initiative).orElseThrow(NotFoundException::new);
    }

    private static Initiative initiative(String text) {
        return Initiative.parse(text).orElseThrow(NotFoundException::new);
    }

    /** {@code 1,2 Mo}, {@code 340 Ko}. */
    public static String size(Visit visit, long bytes) {
        if (bytes < 1_000_000) {
            return visit.text("core.document.kilobytes", "n", Math.max(1, Math.round(bytes / 1_000.0)));
        }
        return visit.text("core.document.megabytes", "n", Math.round(bytes / 100_000.0) / 10.0);
    }
}
