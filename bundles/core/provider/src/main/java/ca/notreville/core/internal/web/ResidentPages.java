// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.VerificationAdmin;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.AdminEntry;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Upload;
import ca.notreville.web.api.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where staff verify residents, and the municipality decides what needs it. */
@Component(service = ResidentPages.class)
@Path("/admin/verification")
@Produces(MediaType.TEXT_HTML)
public final class ResidentPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final String PATH = "/admin/verification";
    private static final String RULES_PATH = PATH + "/rules";

    private final VerificationAdmin admin;
    private final VerificationService verification;
    private final MemberService members;
    private final AccessControl access;

    @Activate
    public ResidentPages(
            @Reference VerificationAdmin admin,
            @Reference VerificationService verification,
            @Reference MemberService members,
            @Reference AccessControl access) {
        this.admin = admin;
        this.verification = verification;
        this.members = members;
        this.access = access;
    }

    @GET
    public Answer show(@Context Visit visit) {
        return page(visit, Form.empty(), null);
    }

    private Page page(Visit visit, Form form, @Nullable Member found) {
        access.require(visit.caller(), VerificationAdmin.VERIFY);
        return Page.of(
                visit.text("core.residents.title"),
                VIEWS.residents(
                        visit,
                        form,
                        found,
                        found == null ? Residence.NONE : verification.of(found.id()),
                        admin.waiting(visit.caller()),
                        admin.list(visit.caller())));
    }

    /** Looks somebody up who stands at the counter. */
    @POST
    @Path("find")
    public Answer find(@Context Visit visit, @Context Form form) {
        access.require(visit.caller(), VerificationAdmin.VERIFY);
        return form.attempt(() -> {
                    Fields fields = new Fields();
                    String email = fields.email("email", form.value("email"));
                    fields.verify();
                    return members.findByEmail(email)
                            .orElseThrow(() -> InvalidException.of("email", "core.no-such-account"));
                })
                .then(member -> page(visit, form, member))
                .orAgain(wrong -> page(visit, wrong, null));
    }

    @POST
    @Path("counter")
    public Answer counter(@Context Visit visit, @Context Form form) {
        admin.verify(visit.caller(), member(form));
        return Redirect.to(PATH).saying("core.residents.verified");
    }

    @POST
    @Path("revoke")
    public Answer revoke(@Context Visit visit, @Context Form form) {
        long id = member(form);
        return form.attempt(() -> {
                    admin.revoke(visit.caller(), id, form.value("reason"));
                    return true;
                })
                .then(done -> Redirect.to(PATH).saying("core.residents.revoked"))
                .orAgain(wrong -> page(visit, wrong, members.find(id).orElse(null)));
    }

    private static long member(Form form) {
        return id(form.value("member"));
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new NotFoundException();
        }
    }

    @POST
    @Path("letters")
    @Produces("application/pdf")
    public Response print(@Context Visit visit, @Context Form form) {
        List<Long> letters = form.values().getOrDefault("letter", List.of()).stream()
                .map(ResidentPages::id)
                .toList();
        return Response.ok(admin.print(visit.caller(), letters))
                .type("application/pdf")
                .header("Content-Disposition", "attachment; filename=\"letters.pdf\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    @POST
    @Path("list")
    public Answer list(@Context Visit visit, @Context Form form) {
        access.require(visit.caller(), VerificationAdmin.VERIFY);
        return form.attempt(() -> importList(visit, form))
                .then(done -> Redirect.to(PATH).saying("core.residents.list-taken"))
                .orAgain(wrong -> page(visit, wrong, null));
    }

    private VerificationAdmin.ResidentList importList(Visit visit, Form form) {
        Upload file = form.upload("file").orElseThrow(() -> InvalidException.of("file", "required"));
        try (InputStream in = file.open()) {
            return admin.importList(visit.caller(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @POST
    @Path("list/drop")
    public Answer dropList(@Context Visit visit) {
        admin.dropList(visit.caller());
        return Redirect.to(PATH).saying("core.residents.list-dropped");
    }

    @GET
    @Path("rules")
    public Answer rules(@Context Visit visit) {
        VerificationAdmin.Settings now = admin.settings(visit.caller());
        return rulesPage(
                visit,
                Form.empty()
                        .with("post", now.post() ? "yes" : "")
                        .with("validMonths", String.valueOf(now.validMonths()))
                        .with("counter", now.counter()));
    }

    private Page rulesPage(Visit visit, Form form) {
        return Page.of(
                visit.text("core.verification-rules.title"),
                VIEWS.verificationRules(visit, form, admin.rules(visit.caller())));
    }

    @POST
    @Path("rules")
    public Answer decide(@Context Visit visit, @Context Form form) {
        for (Map.Entry<String, Level> rule : admin.rules(visit.caller()).entrySet()) {
            Level wanted = Level.of(form.value("level." + rule.getKey())).orElse(rule.getValue());
            // what was not changed on the page is left alone, since somebody else may have changed it meanwhile
            if (!wanted.word().equals(form.value("was." + rule.getKey()))) {
                admin.require(visit.caller(), rule.getKey(), wanted);
            }
        }
        return Redirect.to(RULES_PATH).saying("core.verification-rules.saved");
    }

    @POST
    @Path("settings")
    public Answer set(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    int months = -1;
                    try {
                        months = Integer.parseInt(form.value("validMonths").strip());
                    } catch (NumberFormatException e) {
                        // told as any other number out of range
                    }
                    admin.set(
                            visit.caller(),
                            new VerificationAdmin.Settings(
                                    form.value("post").equals("yes"), months, form.value("counter")));
                    return true;
                })
                .then(done -> Redirect.to(RULES_PATH).saying("core.verification-rules.saved"))
                .orAgain(wrong -> rulesPage(visit, wrong));
    }

    /** The residents on the page {@code /admin}. */
    @Component
    public static final class ResidentsEntry implements AdminEntry {

        @Override
        public String path() {
            return PATH;
        }

        @Override
        public String label() {
            return "core.residents.title";
        }

        @Override
        public String hint() {
            return "core.residents.hint";
        }

        @Override
        public int rank() {
            return 50;
        }

        @Override
        public String action() {
            return VerificationAdmin.VERIFY;
        }
    }

    /** The rules on the page {@code /admin}. */
    @Component
    public static final class RulesEntry implements AdminEntry {

        @Override
        public String path() {
            return RULES_PATH;
        }

        @Override
        public String label() {
            return "core.verification-rules.title";
        }

        @Override
        public String hint() {
            return "core.verification-rules.hint";
        }

        @Override
        public int rank() {
            return 55;
        }

        @Override
        public String action() {
            return VerificationAdmin.RULES;
        }
    }
}
