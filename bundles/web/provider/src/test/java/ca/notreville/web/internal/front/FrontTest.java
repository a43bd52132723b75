// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.testing.TestFramework;
import ca.notreville.web.internal.TestExchange;
import ca.notreville.web.internal.i18n.Catalogue;
import ca.notreville.web.internal.page.Assets;
import ca.notreville.web.internal.page.Csrf;
import ca.notreville.web.internal.page.Portal;
import ca.notreville.web.internal.page.Secrets;
import ca.notreville.web.internal.page.VisitImpl;
import ca.notreville.web.internal.rest.Gate;
import ca.notreville.web.internal.rest.ModuleServer;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one servlet in front of every module, with a module behind it that only notes what arrives. */
@OnDatabase
class FrontTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("web");

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Traffic traffic = new Traffic();
    private final SessionService sessions = mock(SessionService.class);
    private final AtomicInteger done = new AtomicInteger();
    private final WebConfig config = mock(WebConfig.class);

    private String publicUrl = "";

    @SuppressWarnings("NullAway.Init")
    private Front front;

    @SuppressWarnings("NullAway.Init")
    private Csrf csrf;

    private @Nullable VisitImpl seen;

    /** What the module does, beside noting it. */
    private ModuleServer module = new ModuleServer() {
        @Override
        public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
            seen = VisitImpl.of(request);
            request.getInputStream().readAllBytes();
            response.setStatus(201);
            response.setContentType("application/json");
            response.getOutputStream()
                    .write(("{\"number\":" + done.incrementAndGet() + "}").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {}
    };

    @BeforeEach
    void start() throws Exception {
        when(config.publicUrl()).thenReturn(publicUrl);
        when(config.mapTiles()).thenReturn("");
        when(config.timeZone()).thenReturn("America/Toronto");
        when(config.defaultLanguage()).thenReturn("fr");
        TestFramework framework = new TestFramework();
        framework.start("web", Path.of("target/classes"));
        Portal portal = new Portal(new Catalogue(framework.context()), new Assets(framework.context()));
        Field field = Portal.class.getDeclaredField("sessions");
        field.setAccessible(true);
        field.set(portal, sessions);
        when(sessions.resolve("good")).thenReturn(Optional.of(Caller.member(7, "Ana", Set.of(), Locale.FRENCH)));
        Secrets secrets = new Secrets(database.dataSource());
        csrf = new Csrf(secrets.key("csrf"), clock);
        front = new Front(portal, secrets, clock, traffic, new Idempotency(database.dataSource(), clock), config);
        ModuleServer noting = new ModuleServer() {
            @Override
            public void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
                module.serve(request, response);
            }

            @Override
            public void close() {}
        };
        front.routes().add(List.of("/ideas", "/api/v1/ideas"), new Gate(noting), 0);
        database.execute("delete from web_idempotency");
    }

    @Test
    void everyAnswerCarriesTheHeadersThatProtectAndAnIdOfItsRequest() throws IOException {
        TestExchange exchange = serve(new TestExchange("GET", "/ideas"));

        assertThat(exchange.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(exchange.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(exchange.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(exchange.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(exchange.header("X-Request-Id"))
                .isEqualTo(seen().requestId())
                .isNotBlank();
        assertThat(exchange.header("Strict-Transport-Security")).isNull();
    }

    @Test
    void withHttpsTheBrowserIsToldToStayWithIt() throws Exception {
        publicUrl = "https://notreville.example.org";
        start();

        assertThat(serve(new TestExchange("GET", "/ideas")).header("Strict-Transport-Security"))
                .contains("max-age");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    POST, Sec-Fetch-Site, same-origin,            201
                    POST, Sec-Fetch-Site, none,                   201
                    POST, Sec-Fetch-Site, cross-site,             403
                    POST, Sec-Fetch-Site, same-site,              403
                    POST, Origin,         https://notreville.org, 201
                    POST, Origin,         https://evil.org,       403
                    POST, Origin,         null,                   403
                    POST, Origin,         https://notreville.org.evil.org, 403
                    PUT,  Sec-Fetch-Site, cross-site,             403
                    GET,  Sec-Fetch-Site, cross-site,             201
                    """)
    void whatAnotherSiteMadeTheBrowserSendIsRefused(String method, String header, String value, int status)
            throws IOException {
        TestExchange exchange = serve(new TestExchange(method, "/api/v1/ideas")
                .with("Host", "notreville.org")
                .with(header, value));

        assertThat(exchange.status()).isEqualTo(status);
        assertThat(done).hasValue(status == 201 ? 1 : 0);
    }

    @Test
    void aSessionMustProveThatTheFormIsItsOwn() throws IOException {
        assertThat(post(csrf.token("good")).status()).isEqualTo(201);
        assertThat(post(csrf.token("other session")).status()).isEqualTo(403);
        assertThat(post("").status()).isEqualTo(403);
        assertThat(done).hasValue(1);

        TestExchange byScript = serve(new TestExchange("POST", "/ideas")
                .cookie("nv_session", "good")
                .with("X-CSRF-Token", csrf.token("good")));
        assertThat(byScript.status()).isEqualTo(201);
    }

    private TestExchange post(String token) throws IOException {
        return serve(
                new TestExchange("POST", "/ideas").cookie("nv_session", "good").field("csrf", token));
    }

    @Test
    void aProgramWithATokenNeedsNoProofAndIsNotTakenForTheCookiesOwner() throws IOException {
        TestExchange good = serve(new TestExchange("POST", "/api/v1/ideas").with("Authorization", "bearer good"));
        assertThat(good.status()).isEqualTo(201);
        assertThat(seen().caller().memberId()).isEqualTo(7);

        serve(new TestExchange("POST", "/api/v1/ideas")
                .with("Authorization", "Bearer unknown")
                .cookie("nv_session", "good"));
        assertThat(seen().caller().signedIn()).isFalse();
    }

    @Test
    void aFormThatCannotBeReadIsABadRequestAndNoFault() throws IOException {
        TestExchange exchange =
                new TestExchange("POST", "/ideas").cookie("nv_session", "good").field("title", "x");
        when(exchange.request.getParameterMap()).thenThrow(new IllegalStateException("Form with too many keys"));

        serve(exchange);

        assertThat(exchange.status()).isEqualTo(400);
        assertThat(exchange.answer()).contains("<h1>").doesNotContain("too many keys");
        assertThat(done).hasValue(0);
    }

    @Test
    void whenSessionsCannotBeReadTheAnswerIsAProblemWithAnIdAndNothingElse() throws IOException {
        when(sessions.resolve("good")).thenThrow(new IllegalStateException("connection to 10.0.0.5 refused"));

        TestExchange exchange = serve(new TestExchange("GET", "/api/v1/ideas").with("Authorization", "Bearer good"));

        assertThat(exchange.status()).isEqualTo(500);
        assertThat(exchange.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(exchange.answer())
                .contains("\"code\":\"internal\"", "requestId")
                .doesNotContain("10.0.0.5");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhateverItAnnounces() throws IOException {
        TestExchange announced = new TestExchange("POST", "/api/v1/ideas").with("Content-Type", "application/json");
        when(announced.request.getContentLengthLong()).thenReturn(1024L * 1024 + 1);
        assertThat(serve(announced).status()).isEqualTo(413);

        TestExchange chunked = new TestExchange("POST", "/api/v1/ideas").body("x".repeat(1024 * 1024 + 1));
        when(chunked.request.getContentLengthLong()).thenReturn(-1L);
        assertThat(serve(chunked).status()).isEqualTo(413);

        TestExchange largest = new TestExchange("POST", "/api/v1/ideas").body("x".repeat(1024 * 1024));
        assertThat(serve(largest).status()).isEqualTo(201);
        TestExchange upload = new TestExchange("POST", "/api/v1/ideas").with("Content-Type", "Multipart/Form-Data; x");
        when(upload.request.getContentLengthLong()).thenReturn(2L * 1024 * 1024);
        assertThat(serve(upload).status()).isEqualTo(201);
        assertThat(done).hasValue(2);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
                    -,   -,  -,              fr
                    -,   -,  'en-CA,en;q=0.9,fr;q=0.8', en
                    -,   -,  'de,en;q=0.5',  en
                    -,   -,  'de',           fr
                    -,   -,  ';;;!!',        fr
                    -,   fr, 'en',           fr
                    en,  fr, 'fr',           en
                    xx,  en, 'fr',           en
                    """)
    void theLanguageIsTheAddresssElseThePersonsElseTheBrowsersElseTheTowns(
            @Nullable String parameter, @Nullable String cookie, @Nullable String accepted, String expected)
            throws IOException {
        TestExchange exchange = new TestExchange("GET", parameter == null ? "/ideas" : "/ideas?a=1&lang=" + parameter);
        if (cookie != null) {
            exchange.cookie("nv_lang", cookie);
        }
        if (accepted != null) {
            exchange.with("Accept-Language", accepted);
        }

        serve(exchange);

        assertThat(seen().locale().getLanguage()).isEqualTo(expected);
        assertThat(exchange.setCookies()).hasSize("en".equals(parameter) ? 1 : 0);
    }

    @Test
    void aTownWhoseLanguagePackIsGoneSpeaksFrench() throws Exception {
        when(config.defaultLanguage()).thenReturn("es");
        start();

        serve(new TestExchange("GET", "/ideas"));

        assertThat(seen().locale().getLanguage()).isEqualTo("fr");
    }

    @Test
    void theCallersAddressIsWhatTheProxyWroteIfThereIsOneAndNeverWhatTheCallerClaims() throws Exception {
        serve(new TestExchange("GET", "/ideas").with("X-Forwarded-For", "203.0.113.9"));
        assertThat(seen().address()).isEqualTo("192.0.2.7");

        when(config.trustProxy()).thenReturn(true);
        start();
        serve(new TestExchange("GET", "/ideas").with("X-Forwarded-For", "10.0.0.1, 10.0.0.2, 203.0.113.9"));
        assertThat(seen().address()).isEqualTo("203.0.113.9");
    }

    @Test
    void whatIsNotThereIsAPageForPeopleAndAProblemForPrograms() throws IOException {
        TestExchange page = serve(new TestExchange("GET", "/nothing/<script>"));
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.answer()).contains("<h1>").doesNotContain("<script>");

        TestExchange problem = serve(new TestExchange("GET", "/api/v1/nothing").with("Accept-Language", "en"));
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.answer()).contains("\"code\":\"not-found\"", "\"status\":404", "There is nothing");
    }

    @Test
    void aPasswordThatWasTypedIsOnNoErrorPage() throws IOException {
        module = failing();

        TestExchange page = serve(new TestExchange("POST", "/ideas")
                .field("title", "Des bancs à l’ombre")
                .field("password", "correct horse battery staple"));

        assertThat(page.status()).isEqualTo(409);
        assertThat(page.answer()).contains("Des bancs à l’ombre").doesNotContain("battery");
    }

    @Test
    void whatIsDoneUnderAKeyIsDoneOnceAndAnsweredTheSame() throws IOException {
        TestExchange first = serve(keyed("k1", "{}"));
        TestExchange again = serve(keyed("k1", "{}"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.answer()).isEqualTo(first.answer()).isEqualTo("{\"number\":1}");
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(done).hasValue(1);
        assertThat(serve(keyed("k1", "{\"other\":1}")).status()).isEqualTo(422);
        assertThat(serve(keyed("k 1", "{}")).status()).isEqualTo(422);
        assertThat(done).hasValue(1);
    }

    @Test
    void whatFailedUnderAKeyMayBeTriedAgain() throws IOException {
        ModuleServer sound = module;
        module = failing();
        assertThat(serve(keyed("k1", "{}")).status()).isEqualTo(409);
        module = sound;

        assertThat(serve(keyed("k1", "{}")).status()).isEqualTo(201);
    }

    @Test
    void whatVisitorsAreAnsweredIsNeverKept() throws IOException {
        for (int i = 0; i < 2; i++) {
            serve(new TestExchange("POST", "/api/v1/ideas")
                    .with("Idempotency-Key", "k1")
                    .body("{}"));
        }

        assertThat(done).hasValue(2);
        assertThat(database.number("select count(*) from web_idempotency")).isZero();
    }

    @Test
    void requestsAreCountedByTheClassOfTheirStatus() throws IOException {
        serve(new TestExchange("GET", "/ideas"));
        serve(new TestExchange("GET", "/nothing"));

        assertThat(traffic.registry().timer("http.2xx").getCount()).isEqualTo(1);
        assertThat(traffic.registry().timer("http.4xx").getCount()).isEqualTo(1);
        assertThat(traffic.registry().timer("http.5xx").getCount()).isZero();
    }

    @Test
    void anAssetIsForEverAndAnUnknownOneIsNotThere() throws IOException {
        String address = asset();
        TestExchange exchange = serve(new TestExchange("GET", address).with("Accept-Encoding", "gzip, br"));
        assertThat(exchange.header("Cache-Control")).contains("immutable", "max-age=31536000");
        assertThat(exchange.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(exchange.header("Content-Type")).isEqualTo("text/css;charset=utf-8");

        TestExchange known =
                serve(new TestExchange("GET", address).with("If-None-Match", String.valueOf(exchange.header("ETag"))));
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.bytes()).isEmpty();
        assertThat(serve(new TestExchange("GET", address)).header("Content-Encoding"))
                .isNull();

        for (String wrong : List.of("/assets/web/app.css", "/assets/../i18n/web_fr.properties", "/assets/")) {
            TestExchange nothing = serve(new TestExchange("GET", wrong));
            assertThat(nothing.status()).isEqualTo(404);
            assertThat(nothing.header("Cache-Control")).isNull();
        }
    }

    private String asset() throws IOException {
        serve(new TestExchange("GET", "/ideas"));
        return seen().asset("web/app.css");
    }

    private ModuleServer failing() {
        return new ModuleServer() {
            @Override
            public void serve(HttpServletRequest request, HttpServletResponse response) {
                throw new IllegalStateException(new ConflictException("bad-request"));
            }

            @Override
            public void close() {}
        };
    }

    private VisitImpl seen() {
        return Objects.requireNonNull(seen, "the module was not reached");
    }

    private static TestExchange keyed(String key, String body) {
        return new TestExchange("POST", "/api/v1/ideas")
                .with("Authorization", "Bearer good")
                .with("Idempotency-Key", key)
                .body(body);
    }

    private TestExchange serve(TestExchange exchange) throws IOException {
        front.service(exchange.request, exchange.response);
        return exchange;
    }
}
