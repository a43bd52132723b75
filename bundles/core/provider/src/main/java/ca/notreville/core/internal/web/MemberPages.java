// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.List;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Sign-in, sign-up and one's own page. */
@Path("/members")
@Produces(MediaType.TEXT_HTML)
public final class MemberPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final Redirect HOME = Redirect.to("/");

    private final MemberService members;
    private final SessionService sessions;
    private final TerritoryService territory;

    public MemberPages(MemberService members, SessionService sessions, TerritoryService territory) {
        this.members = members;
        this.sessions = sessions;
        this.territory = territory;
    }

    @GET
    @Path("sign-in")
    public Answer signInForm(@Context Visit visit, @QueryParam("next") @Nullable String next) {
        return signInPage(visit, Form.empty().with("next", next));
    }

    /** The sign-in page for somebody who was about to send something, which the form carries along. */
    @POST
    @Path("sign-in/start")
    public Answer startSignIn(@Context Visit visit, @Context Form form) {
        return signInPage(visit, form);
    }

    @POST
    @Path("sign-in")
    public Answer signIn(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> open(visit, form))
                .then(session -> {
                    visit.startSession(session);
                    return visit.proceed(form, HOME.saying("core.signed-in"));
                })
                .orAgain(wrong -> signInPage(visit, wrong));
    }

    /** On the page, wrong credentials are told at the field. */
    private Session open(Visit visit, Form form) {
        try {
            return sessions.open(new Credentials(form.value("email"), form.value("password"), visit.address()));
        } catch (UnauthenticatedException | TooManyRequestsException e) {
            throw atField(e);
        }
    }

    private static InvalidException atField(DomainException e) {
        return new InvalidException(List.of(new FieldError("password", e.code(), e.arguments())));
    }

    private static Page signInPage(Visit visit, Form form) {
        return Page.of(visit.text("core.sign-in.title"), VIEWS.signIn(visit, form));
    }

    @GET
    @Path("sign-up")
    public Answer signUpForm(@Context Visit visit, @QueryParam("next") @Nullable String next) {
        return signUpPage(visit, Form.empty().with("next", next));
    }

    @POST
    @Path("sign-up/start")
    public Answer startSignUp(@Context Visit visit, @Context Form form) {
        return signUpPage(visit, form);
    }

    @POST
    @Path("sign-up")
    public Answer signUp(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> members.signUp(visit.caller(), draft(visit, form)))
                .then(member -> {
                    visit.startSession(sessions.openFor(member));
                    return visit.proceed(form, HOME.saying("core.signed-up"));
                })
                .orAgain(wrong -> signUpPage(visit, wrong));
    }

    private static SignUp draft(Visit visit, Form form) {
        return new SignUp(
                form.value("email"),
                form.value("password"),
                form.value("displayName"),
                form.optional("profile"),
                form.optional("neighbourhood"),
                visit.locale().getLanguage());
    }

    private Page signUpPage(Visit visit, Form form) {
        return Page.of(visit.text("core.sign-up.title"), VIEWS.signUp(visit, form, places(visit)));
    }

    private List<Option> places(Visit visit) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text("core.neighbourhood.none")));
        for (Neighbourhood place : territory.neighbourhoods()) {
            options.add(new Option(place.id(), place.name()));
        }
        return options;
    }

    @POST
    @Path("sign-out")
    public Answer signOut(@Context Visit visit) {
        visit.endSession();
        return HOME.saying("core.signed-out");
    }

    @GET
    @Path("me")
    public Answer me(@Context Visit visit) {
        Member member = members.find(visit.caller().requireMember()).orElseThrow(NotFoundException::new);
        return Page.of(visit.text("core.me.title"), VIEWS.me(visit, member, place(member)));
    }

    @GET
    @Path("{id: [0-9]+}")
    public Answer show(@Context Visit visit, @PathParam("id") long id) {
        Member member = members.find(id).orElseThrow(NotFoundException::new);
        return Page.of(
                member.displayName(),
                VIEWS.member(visit, member, place(member), visit.panels(new Initiative("member", id))));
    }

    private @Nullable Neighbourhood place(Member member) {
        String place = member.neighbourhood();
        return place == null ? null : territory.neighbourhood(place).orElse(null);
    }

    @GET
    @Path("claim")
    public Answer claimForm(@Context Visit visit, @QueryParam("token") @DefaultValue("") String token) {
        if (!members.administrationClaimable(token)) {
            throw new NotFoundException("core.claim-not-good");
        }
        return claimPage(visit, Form.empty().with("token", token));
    }

    @POST
    @Path("claim")
    public Answer claim(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> members.claimAdministration(visit.caller(), form.value("token"), draft(visit, form)))
                .then(member -> {
                    visit.startSession(sessions.openFor(member));
                    return HOME.saying("core.claimed");
                })
                .orAgain(wrong -> claimPage(visit, wrong));
    }

    private static Page claimPage(Visit visit, Form form) {
        return Page.of(visit.text("core.claim.title"), VIEWS.claim(visit, form));
    }
}
