// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.AccountService.Link;
import ca.notreville.core.api.member.ApiTokenService;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.SecondFactorService;
import ca.notreville.core.api.member.SecondFactorService.Enrolment;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.internal.language.Languages;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

/**
 * One's own account: address, password, sessions, tokens, second factor; and where the links in letters lead. The pages below
 * {@code /members} that need nobody signed in are here too.
 */
@Component(service = AccountPages.class)
@Path("/members")
@Produces(MediaType.TEXT_HTML)
public final class AccountPages {

    private static final Templates VIEWS = new StaticTemplates();
    private static final Redirect HOME = Redirect.to("/");
    private static final Redirect ACCOUNT = Redirect.to("/members/account");
    private static final List<Integer> DAYS = List.of(30, 90, 366);

    private final AccountService accounts;
    private final MemberService members;
    private final SessionService sessions;
    private final SecondFactorService factors;
    private final ApiTokenService tokens;
    private final Languages languages;

    @Activate
    public AccountPages(
            @Reference AccountService accounts,
            @Reference MemberService members,
            @Reference SessionService sessions,
            @Reference SecondFactorService factors,
            @Reference ApiTokenService tokens,
            @Reference Languages languages) {
        this.accounts = accounts;
        this.members = members;
        this.sessions = sessions;
        this.factors = factors;
        this.tokens = tokens;
        this.languages = languages;
    }

    /** Where too many tries are told: at the field, with what was typed kept. */
    private static <T> Supplier<T> limited(String field, Supplier<T> work) {
        return () -> {
            try {
                return work.get();
            } catch (TooManyRequestsException e) {
                throw new InvalidException(List.of(new FieldError(field, e.code(), e.arguments())));
            }
        };
    }

    /** What a link is for; without one, where to type a code from the counter. */
    @GET
    @Path("link")
    public Answer link(@Context Visit visit, @QueryParam("token") @Nullable String token) {
        return token == null || token.isBlank() ? codePage(visit, Form.empty()) : linkPage(visit, token);
    }

    private static Page codePage(Visit visit, Form form) {
        return Page.of(visit.text("core.code.title"), VIEWS.counterCode(visit, form));
    }

    private Page linkPage(Visit visit, String token) {
        return linkPage(visit, accounts.link(token), Form.empty().with("token", token));
    }

    private Page linkPage(Visit visit, Link link, Form form) {
        String word = link.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
        boolean own = visit.caller().memberId() == link.member();
        return Page.of(visit.text("core.link." + word), VIEWS.link(visit, form, link, word, own));
    }

    @POST
    @Path("link")
    public Answer open(@Context Visit visit, @Context Form form) {
        String token = form.value("token");
        if (form.values().containsKey("counter")) {
            return form.attempt(() -> {
                        String code = readable(form.value("counter"));
                        try {
                            return accounts.link(code).kind() == Link.Kind.CLAIM ? code : refuse();
                        } catch (NotFoundException e) {
                            throw InvalidException.of("counter", e.code());
                        }
                    })
                    .then(code -> Redirect.to("/members/link?token=" + code))
                    .orAgain(wrong -> codePage(visit, wrong));
        }
        Link link = accounts.link(token);
        return switch (link.kind()) {
            case SIGN_UP, CONFIRM -> confirm(visit, form, link);
            case RESET -> reset(visit, form, link);
            case EMAIL -> {
                Member member = accounts.confirmEmail(token);
                yield visit.caller().memberId() == member.id()
                        ? ACCOUNT.saying("core.email.changed")
                        : Redirect.to("/members/sign-in").saying("core.email.changed");
            }
            case CLAIM -> claim(visit, form, link);
        };
    }

    /** The address that a link is for; "" for an account that has none. */
    public static String shown(Link link) {
        return link.email().endsWith(".invalid") ? "" : link.email();
    }

    private static String refuse() {
        throw new NotFoundException("core.link-not-good");
    }

    /** As it is printed, however it was typed. */
    private static String readable(String typed) {
        String plain = typed.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
        return plain.replaceAll("(.{4})(?=.)", "$1-");
    }

    private Answer confirm(Visit visit, Form form, Link link) {
        return form.attempt(limited(
                        "password",
                        () -> accounts.confirm(
                                visit.caller(), form.value("token"), form.value("password"), visit.device())))
                .then(confirmed -> {
                    visit.startSession(confirmed.session());
                    return visit.proceed(
                            Form.empty().with("pending", confirmed.kept().isEmpty() ? null : confirmed.kept()),
                            HOME.saying("core.confirmed"));
                })
                .orAgain(wrong -> linkPage(visit, link, wrong));
    }

    private Answer reset(Visit visit, Form form, Link link) {
        return form.attempt(() -> accounts.reset(form.value("token"), form.value("password"), visit.device()))
                .then(member -> Redirect.to("/members/sign-in").saying("core.password.reset"))
                .orAgain(wrong -> linkPage(visit, link, wrong));
    }

    private Answer claim(Visit visit, Form form, Link link) {
        return form.attempt(() -> accounts.claim(
                        form.value("token"), form.optional("email"), form.value("password"), visit.device()))
                .then(member -> {
                    visit.startSession(sessions.openFor(member, visit.device()));
                    return HOME.saying("core.account-yours");
                })
                .orAgain(wrong -> linkPage(visit, link, wrong));
    }

    @GET
    @Path("forgotten")
    public Answer forgottenForm(@Context Visit visit) {
        return forgottenPage(visit, Form.empty());
    }

    private static Page forgottenPage(Visit visit, Form form) {
        return Page.of(visit.text("core.forgotten.title"), VIEWS.forgotten(visit, form));
    }

    @POST
    @Path("forgotten")
    public Answer forgotten(@Context Visit visit, @Context Form form) {
        return form.attempt(limited("email", () -> {
                    accounts.forgot(visit.caller(), form.value("email"), visit.device());
                    return true;
                }))
                .then(done -> Page.of(visit.text("core.forgotten.sent"), VIEWS.letterSent(visit, form.value("email"))))
                .orAgain(wrong -> forgottenPage(visit, wrong));
    }

    @GET
    @Path("account")
    public Answer account(@Context Visit visit) {
        Member member = members.find(visit.caller().requireMember()).orElseThrow(NotFoundException::new);
        return accountPage(visit, member, Form.empty().with("language", languages.code(member.language())));
    }

    private Page accountPage(Visit visit, Member member, Form form) {
        List<Option> choices = languages.codes().stream()
                .map(code -> new Option(code, languages.name(code)))
                .toList();
        return Page.of(
                visit.text("core.account.title"),
                VIEWS.account(
                        visit, form, member, choices, sessions.list(visit.caller()), factors.has(member.id()), this));
    }

    @POST
    @Path("account/language")
    public Answer changeLanguage(@Context Visit visit, @Context Form form) {
        Member member = members.find(visit.caller().requireMember()).orElseThrow(NotFoundException::new);
        return form.attempt(() -> {
                    accounts.changeLanguage(visit.caller(), form.value("language"));
                    return form.value("language");
                })
                .then(code -> Redirect.to("/members/account?lang=" + code).saying("core.account.language.changed"))
                .orAgain(wrong -> accountPage(visit, member, wrong));
    }

    /** What a person calls the device: browser and system, as far as they can be told. */
    public String device(Visit visit, Device device) {
        String agent = device.agent();
        String browser = Stream.of("Edg", "OPR", "Firefox", "SamsungBrowser", "Chrome", "Safari", "curl")
                .filter(agent::contains)
                .findFirst()
                .map(word -> switch (word) {
                    case "Edg" -> "Edge";
                    case "OPR" -> "Opera";
                    case "SamsungBrowser" -> "Samsung Internet";
                    default -> word;
                })
                .orElse("");
        String system = Stream.of("iPhone", "iPad", "Android", "Windows", "Mac OS", "CrOS", "Linux")
                .filter(agent::contains)
                .findFirst()
                .map(word -> word.equals("Mac OS") ? "macOS" : word.equals("CrOS") ? "ChromeOS" : word)
                .orElse("");
        if (browser.isEmpty() && system.isEmpty()) {
            return visit.text("core.sessions.unknown");
        }
        return browser.isEmpty() || system.isEmpty() ? browser + system : browser + ", " + system;
    }

    @POST
    @Path("account/confirmation")
    public Answer sendConfirmation(@Context Visit visit, @Context Form form) {
        accounts.sendConfirmation(visit.caller(), form.value("pending"));
        return ACCOUNT.saying("core.confirmation.sent");
    }

    @GET
    @Path("account/password")
    public Answer passwordForm(@Context Visit visit) {
        visit.caller().requireMember();
        return passwordPage(visit, Form.empty());
    }

    private static Page passwordPage(Visit visit, Form form) {
        return Page.of(visit.text("core.account.password.change"), VIEWS.changePassword(visit, form));
    }

    @POST
    @Path("account/password")
    public Answer changePassword(@Context Visit visit, @Context Form form) {
        return form.attempt(limited("current", () -> {
                    accounts.changePassword(
                            visit.caller(),
                            form.value("current"),
                            form.value("password"),
                            visit.device(),
                            visit.sessionId());
                    return true;
                }))
                .then(done -> ACCOUNT.saying("core.password.changed"))
                .orAgain(wrong -> passwordPage(visit, wrong));
    }

    @GET
    @Path("account/email")
    public Answer emailForm(@Context Visit visit) {
        visit.caller().requireMember();
        return emailPage(visit, Form.empty());
    }

    private static Page emailPage(Visit visit, Form form) {
        return Page.of(visit.text("core.account.email.change"), VIEWS.changeEmail(visit, form));
    }

    @POST
    @Path("account/email")
    public Answer changeEmail(@Context Visit visit, @Context Form form) {
        return form.attempt(limited("current", () -> {
                    accounts.changeEmail(visit.caller(), form.value("current"), form.value("email"), visit.device());
                    return true;
                }))
                .then(done -> ACCOUNT.saying("core.email.sent"))
                .orAgain(wrong -> emailPage(visit, wrong));
    }

    @POST
    @Path("account/sessions/close")
    public Answer closeSession(@Context Visit visit, @Context Form form) {
        String id = form.value("session");
        if (id.equals(visit.sessionId())) {
            visit.endSession();
            return HOME.saying("core.signed-out");
        }
        sessions.closeOne(visit.caller(), id);
        return ACCOUNT.saying("core.sessions.closed");
    }

    @POST
    @Path("account/sessions/close-others")
    public Answer closeOthers(@Context Visit visit) {
        sessions.closeOthers(visit.caller(), visit.sessionId());
        return ACCOUNT.saying("core.sessions.closed-others");
    }

    @GET
    @Path("account/second-factor")
    public Answer secondFactor(@Context Visit visit) {
        if (factors.has(visit.caller().requireMember())) {
            return removePage(visit, Form.empty());
        }
        Enrolment enrolment = factors.enrol(visit.caller());
        return enrolmentPage(visit, Form.empty().with("ticket", enrolment.ticket()), enrolment);
    }

    private static Page enrolmentPage(Visit visit, Form form, Enrolment enrolment) {
        return Page.of(
                visit.text("core.factor.set-up"),
                VIEWS.secondFactor(visit, form, enrolment, QrCode.svg(enrolment.address())));
    }

    private static Page removePage(Visit visit, Form form) {
        return Page.of(visit.text("core.factor.remove"), VIEWS.secondFactorRemove(visit, form));
    }

    @POST
    @Path("account/second-factor")
    public Answer confirmSecondFactor(@Context Visit visit, @Context Form form) {
        String ticket = form.value("ticket");
        Enrolment enrolment = factors.enrolment(visit.caller(), ticket);
        return form.attempt(limited(
                        "code", () -> factors.confirm(visit.caller(), ticket, form.value("code"), visit.sessionId())))
                .then(codes -> Page.of(visit.text("core.factor.done"), VIEWS.recoveryCodes(visit, codes)))
                .orAgain(wrong -> enrolmentPage(visit, wrong, enrolment));
    }

    @POST
    @Path("account/second-factor/remove")
    public Answer removeSecondFactor(@Context Visit visit, @Context Form form) {
        return form.attempt(limited("code", () -> {
                    factors.remove(visit.caller(), form.value("code"));
                    return true;
                }))
                .then(done -> ACCOUNT.saying("core.factor.removed"))
                .orAgain(wrong -> removePage(visit, wrong));
    }

    @GET
    @Path("account/tokens")
    public Answer tokens(@Context Visit visit) {
        return tokensPage(visit, Form.empty().with("days", "90"), "");
    }

    private Page tokensPage(Visit visit, Form form, String fresh) {
        List<Option> days = DAYS.stream()
                .map(n -> new Option(String.valueOf(n), visit.text("core.tokens.days", "n", n)))
                .toList();
        return Page.of(
                visit.text("core.tokens.title"),
                VIEWS.tokens(visit, form, tokens.list(visit.caller()), tokens.grantable(visit.caller()), days, fresh));
    }

    @POST
    @Path("account/tokens")
    public Answer makeToken(@Context Visit visit, @Context Form form) {
        return form.attempt(() -> tokens.make(
                        visit.caller(),
                        form.value("label"),
                        form.values().getOrDefault("actions", List.of()),
                        number(form.value("days"))))
                .then(made -> tokensPage(visit, Form.empty().with("days", "90"), made.token()))
                .orAgain(wrong -> tokensPage(visit, wrong, ""));
    }

    private static @Nullable Integer number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.valueOf(text) : null;
    }

    @POST
    @Path("account/tokens/{id: [0-9]+}/revoke")
    public Answer revokeToken(@Context Visit visit, @PathParam("id") long id) {
        tokens.revoke(visit.caller(), id);
        return Redirect.to("/members/account/tokens").saying("core.tokens.revoked");
    }

    /** Where staff who act for somebody at the counter begin and end. */
    @GET
    @Path("counter")
    public Answer acting(@Context Visit visit) {
        visit.caller().requireMember();
        return Page.of(visit.text("core.counter.acting-title"), VIEWS.counterActing(visit));
    }

    @POST
    @Path("counter/end")
    public Answer endActing(@Context Visit visit) {
        Session own = accounts.endActing(visit.sessionId(), visit.device());
        visit.endSession();
        visit.startSession(own);
        return Redirect.to("/admin/counter").saying("core.counter.ended");
    }
}
