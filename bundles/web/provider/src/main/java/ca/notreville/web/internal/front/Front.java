// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.web.internal.page.Assets;
import ca.notreville.web.internal.page.Cookies;
import ca.notreville.web.internal.page.Csrf;
import ca.notreville.web.internal.page.Dates;
import ca.notreville.web.internal.page.PageRenderer;
import ca.notreville.web.internal.page.Pending;
import ca.notreville.web.internal.page.Portal;
import ca.notreville.web.internal.page.Secrets;
import ca.notreville.web.internal.page.VisitImpl;
import ca.notreville.web.internal.rest.CxfServer;
import ca.notreville.web.internal.rest.Gate;
import ca.notreville.web.internal.rest.Json;
import ca.notreville.web.internal.rest.ModuleServer;
import ca.notreville.web.internal.rest.PayloadTooLargeException;
import ca.notreville.web.internal.rest.Problem;
import ca.notreville.web.internal.rest.ProblemMapper;
import ca.notreville.web.internal.rest.Routes;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.servlet.Servlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.Path;
import javax.ws.rs.ServiceUnavailableException;
import javax.ws.rs.core.Application;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletMultipart;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.http.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet in front of every module.
 *
 * <p>A module registers a {@link Application JAX-RS application} as a service; the paths it serves are those of its
 * resources. Servlets and CXF belong to the portal alone: a module imports neither, so that installing, updating or removing
 * it rewires nobody else.
 */
@Component(
        service = {Servlet.class, Front.class},
        configurationPid = WebConfig.PID)
@Designate(ocd = WebConfig.class)
@HttpWhiteboardServletName("notreville")
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletMultipart(maxFileSize = Front.MAX_UPLOAD, fileSizeThreshold = 64 * 1024)
public final class Front extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Front.class);

    static final int MAX_UPLOAD = 128 * 1024 * 1024;
    private static final int MAX_BODY = 1024 * 1024;
    private static final String MULTIPART = "multipart/form-data";

    /** Milliseconds that a module which leaves is waited for to answer what it was asked. */
    private static final int DRAIN = 5_000;

    /** Milliseconds after which a form that was sent twice looks again whether the first has been answered. */
    private static final int TWIN = 50;

    private static final int SEE_OTHER = 303;

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:%s; font-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'";

    private final transient Portal portal;
    private final transient Csrf csrf;
    private final transient Cookies cookies;
    private final transient Dates dates;
    private final transient Locale defaultLanguage;
    private final boolean trustProxy;
    private final boolean secure;
    private final transient String policy;
    private final transient Routes routes;
    private final transient PageRenderer renderer = new PageRenderer();
    private final transient ProblemMapper problems = new ProblemMapper(renderer);
    private final transient ObjectMapper mapper = Json.mapper();
    private final transient Traffic traffic;
    private final transient Idempotency idempotency;
    private final transient Map<Application, Served> served = new ConcurrentHashMap<>();

    private record Served(Set<String> claims, Gate gate) {}

    private record Waiting(Application application, int rank) {}

    /** Applications that came before the container gave this servlet its configuration. */
    private final transient Map<Application, Waiting> waiting = new ConcurrentHashMap<>();

    @Activate
    public Front(
            @Reference Portal portal,
            @Reference Secrets secrets,
            @Reference Clock clock,
            @Reference Traffic traffic,
            @Reference Idempotency idempotency,
            WebConfig config)
            throws SQLException {
        this.portal = portal;
        this.traffic = traffic;
        this.idempotency = idempotency;
        csrf = new Csrf(secrets.key("csrf"), clock);
        secure = config.publicUrl().startsWith("https:");
        policy = CONTENT_SECURITY_POLICY.formatted(MapTilesImpl.origin(config.mapTiles()));
        cookies = new Cookies(secure);
        dates = new Dates(clock, ZoneId.of(config.timeZone()));
        defaultLanguage = Locale.forLanguageTag(config.defaultLanguage());
        trustProxy = config.trustProxy();
        routes = new Routes(config.parkMillis());
    }

    @Deactivate
    void stop() {
        served.keySet().forEach(this::removeApplication);
    }

    @Override
    public synchronized void init() {
        for (Waiting w : waiting.values()) {
            try {
                serve(w.application, w.rank);
            } catch (RuntimeException e) {
                LOG.error("Cannot serve {}; the rest of the platform goes on", w.application, e);
            }
        }
        waiting.clear();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void addApplication(Application application, Map<String, Object> properties) {
        int rank = properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
        if (getServletConfig() == null) {
            waiting.put(application, new Waiting(application, rank));
        } else {
            serve(application, rank);
        }
    }

    void removeApplication(Application application) {
        Served gone;
        synchronized (this) {
            waiting.remove(application);
            gone = served.remove(application);
        }
        if (gone != null) {
            routes.remove(gone.claims, gone.gate);
            gone.gate.close(DRAIN);
            gone.gate.server().close();
        }
    }

    private void serve(Application application, int rank) {
        Set<String> claims = Stream.concat(
                        application.getSingletons().stream().map(Object::getClass), application.getClasses().stream())
                .map(resource -> resource.getAnnotation(Path.class))
                .filter(java.util.Objects::nonNull)
                .map(path -> Routes.claim(path.value().startsWith("/") ? path.value() : "/" + path.value()))
                .collect(Collectors.toSet());
        Gate gate = new Gate(new CxfServer(application, getServletConfig(), mapper, renderer, problems));
        served.put(application, new Served(claims, gate));
        routes.add(claims, gate, rank);
        LOG.info("Serving {}", claims);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long start = System.nanoTime();
        String path = request.getRequestURI();
        if (path.startsWith(Assets.PREFIX)) {
            AssetHandler.serve(portal.assets().find(path), request, response);
            return;
        }
        String requestId = traffic.newId();
        securityHeaders(response);
        response.setHeader("X-Request-Id", requestId);
        VisitImpl visit = visit(request, response, requestId);
        try {
            recognise(visit);
            checkSize(request);
            checkOrigin(visit);
            route(visit, path);
        } catch (IOException | RuntimeException e) {
            fail(visit, e);
        } finally {
            traffic.count(visit.method(), path, response.getStatus(), System.nanoTime() - start, requestId);
        }
    }

    private VisitImpl visit(HttpServletRequest request, HttpServletResponse response, String requestId) {
        return new VisitImpl(
                portal,
                csrf,
                dates,
                cookies,
                request,
                response,
                requestId,
                address(request),
                locale(request, response));
    }

    /** Who asks. Whether that can be found out or not, the visit is there to say so. */
    private void recognise(VisitImpl visit) {
        HttpServletRequest request = visit.request();
        String token = bearer(request);
        if (token == null) {
            token = cookies.session(request);
        }
        SessionService sessions = portal.sessions().orElse(null);
        if (token != null && sessions != null) {
            String given = token;
            sessions.resolve(given).ifPresent(caller -> visit.recognise(caller, given));
        }
    }

    private static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }

    private String address(HttpServletRequest request) {
        if (trustProxy) {
            String forwarded = request.getHeader("X-Forwarded-For");
            if (forwarded != null) {
                // the last one was written by the proxy itself, whatever the client sent before
                return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
            }
        }
        return request.getRemoteAddr();
    }

    private Locale locale(HttpServletRequest request, HttpServletResponse response) {
        String wanted = langParameter(request.getQueryString());
        if (wanted != null && installed(wanted)) {
            cookies.setLanguage(response, wanted);
            return Locale.forLanguageTag(wanted);
        }
        String chosen = cookies.language(request);
        if (chosen != null && installed(chosen)) {
            return Locale.forLanguageTag(chosen);
        }
        String accepted = request.getHeader("Accept-Language");
        if (accepted != null && accepted.length() <= 200) {
            try {
                Locale best = Locale.lookup(
                        Locale.LanguageRange.parse(accepted), portal.messages().languages());
                if (best != null) {
                    return best;
                }
            } catch (IllegalArgumentException e) {
                return usual();
            }
        }
        return usual();
    }

    /** As configured, as long as a language pack that it needs is there. */
    private Locale usual() {
        return installed(defaultLanguage.getLanguage()) ? defaultLanguage : Locale.FRENCH;
    }

    private static @Nullable String langParameter(@Nullable String query) {
        if (query == null) {
            return null;
        }
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith("lang=")) {
                return pair.substring(5);
            }
        }
        return null;
    }

    private boolean installed(String language) {
        return portal.messages().languages().stream()
                .anyMatch(l -> l.getLanguage().equals(language));
    }

    private void securityHeaders(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)");
        if (secure) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    private static void checkSize(HttpServletRequest request) throws PayloadTooLargeException {
        String type = request.getContentType();
        int limit = type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length())
                ? MAX_UPLOAD + MAX_BODY
                : MAX_BODY;
        if (request.getContentLengthLong() > limit) {
            throw new PayloadTooLargeException(limit);
        }
    }

    /**
     * Refuses what another site made the browser send. A request that changes something and is signed by the session cookie
     * must come from a page of this site and carry a token of this session. A program that sends a bearer token needs neither.
     */
    private void checkOrigin(VisitImpl visit) {
        String method = visit.method();
        if (method.equals("GET")
                || method.equals("HEAD")
                || method.equals("OPTIONS")
                || bearer(visit.request()) != null) {
            return;
        }
        if (foreign(visit.request())) {
            throw new ForbiddenException("foreign-origin");
        }
        if (visit.caller().signedIn()) {
            String header = visit.request().getHeader("X-CSRF-Token");
            if (!visit.csrfValid(header != null ? header : visit.form().value("csrf"))) {
                throw new ForbiddenException("form-expired");
            }
        }
    }

    private static boolean foreign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        String host = request.getHeader("Host");
        return host == null || !(origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    Routes routes() {
        return routes;
    }

    private void route(VisitImpl visit, String path) throws IOException {
        Routes.Found found = routes.enter(path);
        Gate gate = found.gate();
        ModuleServer server = found.server();
        if (gate == null || server == null) {
            if (found.busy()) {
                visit.response().setHeader("Retry-After", "1");
                throw new ServiceUnavailableException();
            }
            throw new NotFoundException();
        }
        HttpServletRequest request = new LimitedRequest(visit.request(), MAX_BODY);
        try {
            String key = request.getHeader(Idempotency.HEADER);
            boolean member = visit.caller().signedIn();
            // read before CXF opens the stream: the container reads a form only while nobody else has begun to
            boolean once = visit.isPost() && !visit.form().value(Pending.ONCE).isEmpty();
            if (member && once) {
                serveFormOnce(server, visit, request);
            } else if (member && visit.isApi() && visit.method().equals("POST") && key != null) {
                serveOnce(server, visit, request, key);
            } else {
                server.serve(request, visit.response());
            }
        } finally {
            gate.leave();
        }
    }

    private void serveOnce(ModuleServer server, VisitImpl visit, HttpServletRequest request, String key)
            throws IOException {
        BufferedExchange exchange = new BufferedExchange(request, visit.response(), visit.form());
        try {
            Optional<Idempotency.Answer> known =
                    idempotency.begin(visit.caller().memberId(), key, exchange.hash());
            serveOnce(server, visit, exchange, key, known);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Of a form that was sent twice by a double click, the browser shows the answer to the second: it waits for the first and
     * gets the same. What was typed is part of the key, so that a form that was gone back to and changed is another one.
     */
    private void serveFormOnce(ModuleServer server, VisitImpl visit, HttpServletRequest request) throws IOException {
        BufferedExchange exchange = new BufferedExchange(request, visit.response(), visit.form());
        String key = "form-" + exchange.hash();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN);
        try {
            while (true) {
                try {
                    Optional<Idempotency.Answer> known =
                            idempotency.begin(visit.caller().memberId(), key, exchange.hash());
                    serveOnce(server, visit, exchange, key, known);
                    return;
                } catch (ConflictException e) {
                    if (!e.code().equals(Idempotency.IN_PROGRESS) || System.nanoTime() > end) {
                        throw e;
                    }
                    TimeUnit.MILLISECONDS.sleep(TWIN);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Does what is asked under this key, or answers what was answered when it was done. */
    private void serveOnce(
            ModuleServer server,
            VisitImpl visit,
            BufferedExchange exchange,
            String key,
            Optional<Idempotency.Answer> known)
            throws IOException, SQLException {
        if (known.isPresent()) {
            replay(visit, known.get());
            return;
        }
        Idempotency.Answer answer = null;
        try {
            server.serve(exchange.request(), exchange.response());
            HttpServletResponse response = visit.response();
            if (response.getStatus() / 100 == 2 || response.getStatus() == SEE_OTHER) {
                answer = new Idempotency.Answer(
                        response.getStatus(),
                        response.getHeader("Location"),
                        response.getContentType(),
                        response.getStatus() == SEE_OTHER ? visit.notice() : exchange.body());
            }
        } finally {
            idempotency.end(visit.caller().memberId(), key, answer);
        }
    }

    private void replay(VisitImpl visit, Idempotency.Answer known) throws IOException {
        if (known.status() == SEE_OTHER) {
            visit.say(known.body());
            write(visit, Response.seeOther(URI.create(known.location())).build());
            return;
        }
        Response.ResponseBuilder answer = Response.status(known.status())
                .header("Idempotency-Replayed", "true")
                .entity(known.body().getBytes(StandardCharsets.UTF_8));
        if (known.location() != null) {
            answer.header("Location", known.location());
        }
        if (known.contentType() != null) {
            answer.type(known.contentType());
        }
        write(visit, answer.build());
    }

    private void fail(VisitImpl visit, Exception failure) throws IOException {
        if (visit.response().isCommitted()) {
            LOG.warn("Request {} ended early: {}", visit.requestId(), failure.toString());
            return;
        }
        write(visit, problems.toResponse(failure, visit));
    }

    /** Writes an answer that no module made. */
    private void write(VisitImpl visit, Response answer) throws IOException {
        HttpServletResponse response = visit.response();
        response.resetBuffer();
        response.setStatus(answer.getStatus());
        answer.getStringHeaders().forEach((name, values) -> values.forEach(v -> response.setHeader(name, v)));
        Object entity = answer.getEntity();
        byte[] body = entity instanceof byte[] bytes
                ? bytes
                : entity instanceof Problem ? mapper.writeValueAsBytes(entity) : new byte[0];
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
