// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.privacy.PrivacyRegister;
import ca.notreville.core.api.privacy.PrivacyRegister.Access;
import ca.notreville.core.api.privacy.PrivacyRegister.Incident;
import ca.notreville.core.api.privacy.PrivacyRegister.IncidentDraft;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.ws.rs.GET;
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

/** The registers that Law 25 asks for. */
@Component(service = PrivacyAdminPages.class)
@Path("/admin/privacy")
@Produces(MediaType.TEXT_HTML)
public final class PrivacyAdminPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String PATH = "/admin/privacy";

    private final PrivacyRegister register;
    private final MemberService members;

    @Activate
    public PrivacyAdminPages(@Reference PrivacyRegister register, @Reference MemberService members) {
        this.register = register;
        this.members = members;
    }

    @GET
    public Answer incidents(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        return Page.of(
                visit.text("core.incidents.title"),
                VIEWS.incidents(visit, register.incidents(visit.caller(), Paging.of(null, after, 1))));
    }

    @GET
    @Path("new")
    public Answer form(@Context Visit visit) {
        register.incidents(visit.caller(), Paging.first(1));
        return editor(visit, 0, Form.empty());
    }

    @POST
    public Answer add(@Context Visit visit, @Context Form form) {
        return record(visit, 0, form);
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer edit(@Context Visit visit, @PathParam("id") long id) {
        Incident known = register.incident(visit.caller(), id);
        return editor(
                visit,
                id,
                Form.empty()
                        .with("happenedOn", known.happenedOn().toString())
                        .with("noticedOn", known.noticedOn().toString())
                        .with("circumstances", known.circumstances())
                        .with("information", known.information())
                        .with("persons", String.valueOf(known.persons()))
                        .with("serious", known.serious() ? "1" : "")
                        .with("assessment", known.assessment())
                        .with("measures", known.measures())
                        .with("authorityToldOn", text(known.authorityToldOn()))
                        .with("personsToldOn", text(known.personsToldOn())));
    }

    private static String text(@Nullable LocalDate day) {
        return day == null ? "" : day.toString();
    }

    @POST
    @Path("{id: [0-9]+}")
    public Answer change(@Context Visit visit, @PathParam("id") long id, @Context Form form) {
        return record(visit, id, form);
    }

    private Answer record(Visit visit, long id, Form form) {
        IncidentDraft draft = new IncidentDraft(
                form.value("happenedOn"),
                form.value("noticedOn"),
                form.value("circumstances"),
                form.value("information"),
                form.value("persons"),
                !form.value("serious").isEmpty(),
                form.value("assessment"),
                form.value("measures"),
                form.value("authorityToldOn"),
                form.value("personsToldOn"));
        return form.attempt(() -> register.record(visit.caller(), id, draft))
                .then(incident -> Redirect.to(PATH).saying("core.incident.recorded"))
                .orAgain(wrong -> editor(visit, id, wrong));
    }

    private static Page editor(Visit visit, long id, Form form) {
        return Page.of(
                visit.text(id == 0 ? "core.incident.new" : "core.incident.edit"), VIEWS.incidentForm(visit, form, id));
    }

    @GET
    @Path("access")
    public Answer accesses(@Context Visit visit, @QueryParam("after") @Nullable String after) {
        Slice<Access> slice = register.accesses(visit.caller(), null, Paging.of("50", after, 1));
        Map<Long, String> names = members.displayNames(slice.items().stream()
                .flatMap(one -> Stream.of(one.actor(), one.member()))
                .filter(id -> id != 0)
                .distinct()
                .toList());
        return Page.of(visit.text("core.accesses.title"), VIEWS.accesses(visit, slice, names));
    }

    /** The register of incidents for a spreadsheet, whole. */
    @GET
    @Path("incidents.csv")
    @Produces(MediaType.WILDCARD)
    public Response csv(@Context Visit visit) {
        List<String> lines = new ArrayList<>();
        lines.add(line(Stream.of(
                        "happenedOn",
                        "noticedOn",
                        "circumstances",
                        "information",
                        "persons",
                        "serious",
                        "assessment",
                        "measures",
                        "authorityToldOn",
                        "personsToldOn")
                .map(field -> visit.text("core.incident." + field))
                .toList()));
        Paging paging = Paging.first(Paging.MAX);
        Slice<Incident> slice;
        do {
            slice = register.incidents(visit.caller(), paging);
            for (Incident one : slice.items()) {
                lines.add(line(List.of(
                        one.happenedOn().toString(),
                        one.noticedOn().toString(),
                        one.circumstances(),
                        one.information(),
                        String.valueOf(one.persons()),
                        visit.text(one.serious() ? "core.yes" : "core.no"),
                        one.assessment(),
                        one.measures(),
                        text(one.authorityToldOn()),
                        text(one.personsToldOn()))));
            }
            if (slice.next() != null) {
                paging = Paging.of(String.valueOf(Paging.MAX), slice.next(), 1);
            }
        } while (slice.next() != null);
        // with the mark by which spreadsheets know UTF-8
        return Response.ok("\uFEFF" + String.join("\r\n", lines) + "\r\n")
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        DocumentAnswer.disposition(false, visit.text("core.incidents.file") + ".csv"))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .build();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(PrivacyAdminPages::cell).collect(Collectors.joining(","));
    }

    /** A text that a spreadsheet would take for a formula is kept from being one. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /** The way to the registers. */
    @Component
    public static final class Entry implements AdminEntry {

        @Override
        public String path() {
            return PATH;
        }

        @Override
        public String label() {
            return "core.incidents.entry";
        }

        @Override
        public String hint() {
            return "core.incidents.entry.hint";
        }

        @Override
        public int rank() {
            return 60;
        }

        @Override
        public String action() {
            return PrivacyRegister.REGISTER;
        }
    }
}
