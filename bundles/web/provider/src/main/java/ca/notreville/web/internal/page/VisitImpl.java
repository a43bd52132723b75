// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Ui;
import ca.notreville.web.api.Visit;
import ca.notreville.web.internal.i18n.Conventions;
import gg.jte.Content;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** One request on its way through the portal. */
public final class VisitImpl implements Visit {

    private static final String ATTRIBUTE = VisitImpl.class.getName();
    private static final Pattern COOKIE_NAME = Pattern.compile("[a-z][a-z-]{0,30}");
    private static final Pattern COOKIE_VALUE = Pattern.compile("[\\w-]{0," + MAX_COOKIE + "}");

    private final Portal portal;
    private final Csrf csrf;
    private final Dates dates;
    private final Cookies cookies;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final String requestId;
    private final String address;
    private final Locale locale;
    private final UiImpl ui;
    private Caller caller;
    private @Nullable String token;
    private @Nullable Form form;
    private String notice = "";

    public VisitImpl(
            Portal portal,
            Csrf csrf,
            Dates dates,
            Cookies cookies,
            HttpServletRequest request,
            HttpServletResponse response,
            String requestId,
            String address,
            Locale locale) {
        this.portal = portal;
        this.csrf = csrf;
        this.dates = dates;
        this.cookies = cookies;
        this.request = request;
        this.response = response;
        this.requestId = requestId;
        this.address = address;
        this.locale = locale;
        this.caller = Caller.visitor(locale);
        this.ui = new UiImpl(this);
        request.setAttribute(ATTRIBUTE, this);
    }

    public static VisitImpl of(HttpServletRequest request) {
        return (VisitImpl) request.getAttribute(ATTRIBUTE);
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Locale locale() {
        return locale;
    }

    @Override
    public String path() {
        return request.getRequestURI();
    }

    @Override
    public String pathAndQuery() {
        String query = request.getQueryString();
        return query == null ? path() : path() + "?" + query;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Device device() {
        String agent = request.getHeader("User-Agent");
        return new Device(agent == null ? "" : agent, address);
    }

    @Override
    public String sessionId() {
        return token == null ? "" : Session.idOf(token);
    }

    @Override
    public boolean wantsFragment() {
        return "true".equals(request.getHeader("HX-Request"));
    }

    @Override
    public boolean may(String action) {
        return portal.allows(caller, action);
    }

    @Override
    public String text(String key, Object... namesAndValues) {
        return portal.messages().text(locale, key, arguments(namesAndValues));
    }

    private static Map<String, Object> arguments(Object... namesAndValues) {
        if (namesAndValues.length == 0) {
            return Map.of();
        }
        if (namesAndValues.length == 2) {
            return Map.of((String) namesAndValues[0], namesAndValues[1]);
        }
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            arguments.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return arguments;
    }

    @Override
    public String date(Instant moment) {
        return dates.date(moment, locale);
    }

    @Override
    public String dateTime(Instant moment) {
        return dates.dateTime(moment, locale);
    }

    @Override
    public String ago(Instant moment) {
        return dates.ago(moment, this);
    }

    @Override
    public String number(long value) {
        return dates.number(value, locale);
    }

    @Override
    public String asset(String name) {
        return portal.assets().address(name);
    }

    @Override
    public Ui ui() {
        return ui;
    }

    @Override
    public List<Content> notices(Initiative initiative) {
        return portal.notices(this, initiative);
    }

    @Override
    public List<Content> panels(Initiative initiative) {
        return portal.panels(this, initiative);
    }

    @Override
    public List<Content> panels(Neighbourhood neighbourhood) {
        return portal.panels(this, neighbourhood);
    }

    @Override
    public List<Content> signInParts(Form signIn) {
        return portal.signInParts(this, signIn);
    }

    @Override
    public List<Content> accountPanels() {
        return portal.accountPanels(this);
    }

    @Override
    public @Nullable String cookie(String name) {
        String value = cookies.module(request, name);
        return value == null || value.isEmpty() || value.length() > MAX_COOKIE ? null : value;
    }

    @Override
    public void setCookie(String name, String value, Duration lasts) {
        if (!COOKIE_NAME.matcher(name).matches() || !COOKIE_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a cookie of a module: " + name);
        }
        cookies.setModule(response, name, value, value.isEmpty() ? 0 : Math.toIntExact(lasts.toSeconds()));
    }

    @Override
    public void startSession(Session session) {
        token = session.token();
        // what the account still owes keeps roles from counting, which the service knows
        caller = portal.sessions()
                .flatMap(sessions -> sessions.resolve(session.token()))
                .orElseGet(() -> Caller.visitor(locale))
                .in(locale);
        cookies.setSession(response, session.token());
    }

    @Override
    public void endSession() {
        if (token != null) {
            String closing = token;
            portal.sessions().ifPresent(sessions -> sessions.close(closing));
        }
        token = null;
        caller = Caller.visitor(locale);
        cookies.clearSession(response);
    }

    @Override
    public Answer proceed(Form signIn, Redirect otherwise) {
        Optional<Pending> pending = Pending.unpack(signIn.value(Pending.FIELD));
        if (pending.isPresent()) {
            return Page.of(text("web.resume.title"), UiImpl.VIEWS.resume(this, pending.get()));
        }
        return Pending.next(signIn).map(Redirect::to).orElse(otherwise);
    }

    /** Whose session or token the request carries. */
    public void recognise(Caller known, String knownToken) {
        caller = known.in(locale);
        token = knownToken;
    }

    public HttpServletRequest request() {
        return request;
    }

    public HttpServletResponse response() {
        return response;
    }

    public Portal portal() {
        return portal;
    }

    public Cookies cookies() {
        return cookies;
    }

    public String method() {
        return request.getMethod();
    }

    /** Whether a program asks, who wants JSON. */
    public boolean isApi() {
        return path().startsWith("/api/");
    }

    /** Whether a page's form was posted. */
    public boolean isPost() {
        return "POST".equals(method()) && !isApi();
    }

    public Form form() {
        Form read = form;
        if (read == null) {
            // one that cannot be read is told once; the page that tells it has nothing typed to show
            form = Form.empty();
            read = PostedForm.read(request);
            form = read;
        }
        return read;
    }

    /** Has the next page say this once; nothing for "". */
    public void say(String messageKey) {
        notice = messageKey;
        if (!messageKey.isEmpty()) {
            cookies.setNotice(response, messageKey);
        }
    }

    /** What the next page will say; "" for nothing. */
    public String notice() {
        return notice;
    }

    /** The languages that people may choose from, French first. */
    public List<Locale> languages() {
        return portal.messages().languages();
    }

    /** What a language is called in itself. */
    public String nameOf(Locale language) {
        return portal.messages().name(language);
    }

    /** Of the text of this page: {@code rtl}, or {@code null} for the usual one. */
    public @Nullable String direction() {
        return Conventions.rightToLeft(locale) ? "rtl" : null;
    }

    /** This page in another language; of what a posted form came to, the page that the form was on. */
    public String languageLink(String language) {
        if (isPost()) {
            return pageBefore() + "?lang=" + language;
        }
        String query = request.getQueryString();
        String rest =
                query == null ? "" : query.replaceAll("(^|&)lang=[^&]*", "").replaceAll("^&", "");
        return path() + "?" + (rest.isEmpty() ? "" : rest + "&") + "lang=" + language;
    }

    private String pageBefore() {
        String referer = request.getHeader("Referer");
        try {
            String path = referer == null ? null : URI.create(referer).getRawPath();
            return path == null || !path.startsWith("/") || path.startsWith("//") ? "/" : path;
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    /** The token for this session's forms; "" for a visitor, whose forms need none. */
    public String csrfToken() {
        return token == null ? "" : csrf.token(token);
    }

    public boolean csrfValid(String posted) {
        return token != null && csrf.valid(posted, token);
    }
}
