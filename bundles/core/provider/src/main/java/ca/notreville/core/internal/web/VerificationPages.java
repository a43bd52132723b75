// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.verification.PostalAddress;
import ca.notreville.core.api.verification.ResidentClaim;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.util.List;
import java.util.function.Supplier;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where a member shows that they live here. */
@Component(service = VerificationPages.class)
@Path("/members/verification")
@Produces(MediaType.TEXT_HTML)
public final class VerificationPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final Redirect BACK = Redirect.to("/members/verification");

    private final VerificationService verification;

    @Activate
    public VerificationPages(@Reference VerificationService verification) {
        this.verification = verification;
    }

    @GET
    public Answer show(@Context Visit visit) {
        return page(visit, Form.empty());
    }

    private Page page(Visit visit, Form form) {
        long member = visit.caller().requireMember();
        return Page.of(
                visit.text("core.verification.title"),
                VIEWS.verification(
                        visit,
                        form,
                        verification.of(member),
                        verification.ways(),
                        verification.letter(visit.caller()).orElse(null)));
    }

    /** What stands in the way is told at the field that it concerns. */
    private static <T> T at(String field, Supplier<T> act) {
        try {
            return act.get();
        } catch (ConflictException | TooManyRequestsException e) {
            throw atField(field, e);
        }
    }

    private static InvalidException atField(String field, DomainException e) {
        return new InvalidException(List.of(new FieldError(field, e.code(), e.arguments())));
    }

    @POST
    @Path("declare")
    public Answer declare(@Context Visit visit) {
        verification.declare(visit.caller());
        return BACK.saying("core.verification.declared");
    }

    @POST
    @Path("letter")
    public Answer letter(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> at(
                        "postalCode",
                        () -> verification.requestLetter(
                                visit.caller(),
                                new PostalAddress(
                                        form.value("name"),
                                        form.value("street"),
                                        form.value("unit"),
                                        form.value("city"),
                                        form.value("postalCode")))))
                .then(letter -> BACK.saying("core.verification.letter-asked"))
                .orAgain(wrong -> page(visit, wrong));
    }

    @POST
    @Path("code")
    public Answer code(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> at("code", () -> verification.enterCode(visit.caller(), form.value("code"))))
                .then(residence -> BACK.saying("core.verification.done"))
                .orAgain(wrong -> page(visit, wrong));
    }

    /** The fields have names of their own, since the form of the letter is on the same page. */
    @POST
    @Path("match")
    public Answer match(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> {
                    try {
                        return at(
                                "name",
                                () -> verification.match(
                                        visit.caller(),
                                        new ResidentClaim(
                                                form.value("list-name"),
                                                form.value("list-birthDate"),
                                                form.value("list-postalCode"))));
                    } catch (InvalidException e) {
                        throw new InvalidException(e.errors().stream()
                                .map(error -> new FieldError("list-" + error.field(), error.code(), error.arguments()))
                                .toList());
                    }
                })
                .then(residence -> BACK.saying("core.verification.done"))
                .orAgain(wrong -> page(visit, wrong));
    }
}
