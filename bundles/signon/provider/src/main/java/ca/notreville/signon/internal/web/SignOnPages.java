// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal.web;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.member.IdentityService;
import ca.notreville.core.api.member.IdentityService.SignedOn;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.signon.internal.Attempts;
import ca.notreville.signon.internal.Attempts.Back;
import ca.notreville.signon.internal.Attempts.SetOut;
import ca.notreville.signon.internal.Provider;
import ca.notreville.signon.internal.Provider.Person;
import ca.notreville.signon.internal.ProviderException;
import ca.notreville.signon.internal.ProviderException.Reason;
import ca.notreville.signon.internal.view.StaticTemplates;
import ca.notreville.signon.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Away;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * To the provider and back. A form cannot lead to another site ({@code form-action 'self'}), so whoever comes with one (because
 * they had begun something, or want to link their account) is shown a page with a link.
 */
@Component(service = SignOnPages.class)
@Path("/signon")
@Produces(MediaType.TEXT_HTML)
public final class SignOnPages {

    private static final Logger LOG = LoggerFactory.getLogger(SignOnPages.class);
    private static final Templates VIEWS = new StaticTemplates();
    private static final Redirect HOME = Redirect.to("/");
    private static final Redirect ACCOUNT = Redirect.to("/members/account");
    private static final String COOKIE = "signon";
    private static final String PENDING = "pending";
    private static final String NEXT = "next";
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final Provider provider;
    private final Attempts attempts;
    private final IdentityService identities;
    private final VerificationService residences;

    @Activate
    public SignOnPages(
            @Reference Provider provider,
            @Reference Attempts attempts,
            @Reference IdentityService identities,
            @Reference VerificationService residences) {
        this.provider = provider;
        this.attempts = attempts;
        this.identities = identities;
        this.residences = residences;
    }

    /** Where somebody who came back goes on, or what they are told. */
    private record Ended(String code, int status) {}

    private void requireProvider() {
        if (!provider.configured()) {
            throw new NotFoundException();
        }
    }

    @GET
    @Path("start")
    public Answer start(@Context Visit visit, @QueryParam(NEXT) @Nullable String next) {
        requireProvider();
        Form carried = Form.empty().with(NEXT, next);
        try {
            return new Away(setOut(visit, carried, null));
        } catch (ProviderException e) {
            return failed(visit, carried, null, ended(e));
        }
    }

    /** For somebody who had begun something, which a link cannot carry. */
    @POST
    @Path("start")
    public Answer startWith(@Context Visit visit, @Context Form form) {
        requireProvider();
        Form carried = Form.empty().with(PENDING, form.optional(PENDING)).with(NEXT, form.optional(NEXT));
        return link(visit, carried, null);
    }

    /** Begins to link the caller's account. By a form, so that no other site can begin it. */
    @POST
    @Path("link")
    public Answer link(@Context Visit visit) {
        requireProvider();
        // refuses whoever may not
        identities.linked(visit.caller());
        return link(visit, Form.empty(), visit.sessionId());
    }

    private Answer link(Visit visit, Form carried, @Nullable String session) {
        try {
            URI address = setOut(visit, carried, session);
            String name = provider.name(visit.locale());
            return Page.of(
                    visit.text("signon.go.title", "name", name),
                    VIEWS.go(visit, name, address.toString(), session != null));
        } catch (ProviderException e) {
            return failed(visit, carried, session, ended(e));
        }
    }

    private URI setOut(Visit visit, Form carried, @Nullable String session) throws ProviderException {
        // first of all, so that nothing is kept of who cannot go
        provider.ready();
        SetOut setOut = attempts.setOut(
                visit.cookie(COOKIE), visit.address(), session, carried.value(NEXT), carried.value(PENDING));
        visit.setCookie(COOKIE, setOut.secret(), Attempts.LASTS);
        return provider.signIn(setOut, visit.locale());
    }

    @GET
    @Path("callback")
    public Answer callback(
            @Context Visit visit,
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @QueryParam("iss") @Nullable String issuer) {
        requireProvider();
        Optional<Back> found = attempts.back(state, visit.cookie(COOKIE));
        if (found.isEmpty()) {
            return failed(visit, Form.empty(), null, new Ended("signon.not-yours", BAD_REQUEST));
        }
        Back back = found.get();
        visit.setCookie(COOKIE, "", Duration.ZERO);
        Form carried = Form.empty()
                .with(NEXT, back.next().isEmpty() ? null : back.next())
                .with(PENDING, back.kept().isEmpty() ? null : back.kept());
        if (error != null) {
            boolean changedTheirMind = error.equals("access_denied");
            LOG.info("The identity provider answers {}", error.replaceAll("[^\\w.-]", "?"));
            return failed(
                    visit,
                    carried,
                    back.session(),
                    new Ended(changedTheirMind ? "signon.cancelled" : "signon.refused", BAD_REQUEST));
        }
        try {
            Person person = provider.redeem(back.setOut(), code, issuer, visit.locale());
            return back.session() == null ? signOn(visit, carried, person) : linked(visit, back.session(), person);
        } catch (ProviderException e) {
            return failed(visit, carried, back.session(), ended(e));
        } catch (ConflictException | TooManyRequestsException e) {
            return failed(visit, carried, back.session(), e, CONFLICT);
        }
    }

    private Answer signOn(Visit visit, Form carried, Person person) {
        SignedOn signedOn = identities.signOn(
                visit.caller(), person.identity(), provider.opensAccounts(), person.factor(), visit.device());
        vouch(signedOn.member().id(), person);
        Session session = signedOn.begun().session();
        if (session == null) {
            Form form = carried.with("ticket", signedOn.begun().ticket());
            return Page.of(visit.text("core.factor.title"), VIEWS.code(visit, form));
        }
        visit.startSession(session);
        String notice =
                switch (signedOn.how()) {
                    case KNOWN -> "core.signed-in";
                    case LINKED -> "signon.linked";
                    case OPENED -> "core.signed-up";
                };
        return visit.proceed(carried, HOME.saying(notice));
    }

    /** Who is verified already stays so as they are. */
    private void vouch(long member, Person person) {
        if (!person.resident() || residences.of(member).level() == Residence.Level.VERIFIED) {
            return;
        }
        try {
            residences.vouch(
                    member, person.identity().issuer(), person.identity().subject());
        } catch (ConflictException e) {
            // one person is one resident, whichever of their accounts came first
            LOG.info("The residence of member {} is not verified: {}", member, e.code());
        }
    }

    /** Only in the session in which it was begun: nobody's account is linked by whoever uses the browser later. */
    private Answer linked(Visit visit, String session, Person person) {
        if (!session.equals(visit.sessionId())) {
            return failed(visit, Form.empty(), session, new Ended("signon.not-yours", BAD_REQUEST));
        }
        identities.link(visit.caller(), person.identity());
        vouch(visit.caller().memberId(), person);
        return ACCOUNT.saying("signon.linked");
    }

    @POST
    @Path("unlink")
    public Answer unlink(@Context Visit visit, @Context Form form) {
        String id = form.value("identity");
        try {
            identities.unlink(visit.caller(), id.matches("[0-9]{1,18}") ? Long.parseLong(id) : 0);
        } catch (ConflictException e) {
            return failed(visit, Form.empty(), visit.sessionId(), e, CONFLICT);
        }
        return ACCOUNT.saying("signon.unlinked");
    }

    private static Ended ended(ProviderException e) {
        boolean down = e.reason() == Reason.DOWN;
        LOG.warn("Nobody signs in with the identity provider: {}", e.getMessage());
        return new Ended(down ? "signon.down" : "signon.refused", down ? UNAVAILABLE : BAD_REQUEST);
    }

    private Page failed(Visit visit, Form carried, @Nullable String session, Ended ended) {
        return failed(visit, carried, session, ended.code, visit.text("error." + ended.code), ended.status);
    }

    private Page failed(Visit visit, Form carried, @Nullable String session, DomainException e, int status) {
        String text = visit.ui().errorText(new FieldError("", e.code(), e.arguments()));
        return failed(visit, carried, session, e.code(), text, status);
    }

    private Page failed(Visit visit, Form carried, @Nullable String session, String code, String text, int status) {
        String name = provider.name(visit.locale());
        String title = code.equals("signon.cancelled") ? "signon.cancelled.title" : "signon.failed.title";
        // whoever wanted to link is signed in, and goes back to their account
        boolean account = session != null && visit.caller().signedIn();
        boolean again = code.startsWith("signon.") && !account;
        return Page.of(visit.text(title, "name", name), VIEWS.failed(visit, carried, title, text, name, account, again))
                .withStatus(status);
    }
}
