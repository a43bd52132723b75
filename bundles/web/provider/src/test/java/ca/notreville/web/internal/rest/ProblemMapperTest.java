// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.testing.TestFramework;
import ca.notreville.web.internal.TestExchange;
import ca.notreville.web.internal.i18n.Catalogue;
import ca.notreville.web.internal.page.Assets;
import ca.notreville.web.internal.page.Cookies;
import ca.notreville.web.internal.page.Csrf;
import ca.notreville.web.internal.page.Dates;
import ca.notreville.web.internal.page.PageRenderer;
import ca.notreville.web.internal.page.Portal;
import ca.notreville.web.internal.page.VisitImpl;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.ws.rs.core.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemMapperTest {

    private final ProblemMapper mapper = new ProblemMapper(new PageRenderer());

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnauthenticatedException(), 401, "sign-in-required"),
                Arguments.of(new ForbiddenException("foreign-origin"), 403, "foreign-origin"),
                Arguments.of(new NotFoundException(), 404, "not-found"),
                Arguments.of(new ConflictException("idempotency-in-progress"), 409, "idempotency-in-progress"),
                Arguments.of(new TooManyRequestsException("bad-request", Duration.ofSeconds(90)), 429, "bad-request"),
                Arguments.of(InvalidException.of("title", "required"), 422, "invalid"),
                Arguments.of(new PayloadTooLargeException(1), 413, "too-large"),
                Arguments.of(new javax.ws.rs.NotAllowedException("GET"), 405, "method-not-allowed"),
                Arguments.of(new javax.ws.rs.NotSupportedException(), 415, "unsupported-media-type"),
                Arguments.of(new javax.ws.rs.ServiceUnavailableException(), 503, "being-replaced"),
                Arguments.of(new IllegalStateException(new NotFoundException()), 404, "not-found"),
                Arguments.of(new IllegalArgumentException("secret"), 500, "internal"),
                Arguments.of(new NullPointerException("secret"), 500, "internal"),
                Arguments.of(new StackOverflowError(), 500, "internal"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureHasItsStatusAndCodeAndSaysNothingElse(Throwable failure, int status, String code) {
        Response response = mapper.toResponse(failure, visit("/api/v1/ideas", Locale.FRENCH));

        Problem problem = (Problem) response.getEntity();
        assertThat(response.getStatus()).isEqualTo(status).isEqualTo(problem.status());
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).isNotBlank().doesNotContain("secret").isNotEqualTo("error." + code);
        assertThat(problem.requestId()).isEqualTo("r1");
        assertThat(response.getMediaType()).hasToString("application/problem+json");
    }

    @Test
    void everyFieldThatIsWrongIsNamedInTheCallersLanguage() {
        InvalidException invalid = new InvalidException(List.of(
                new FieldError("title", "too-short", Map.of("min", 5)), new FieldError("email", "email", Map.of())));

        Problem french = problem(invalid, Locale.FRENCH);
        Problem english = problem(invalid, Locale.ENGLISH);

        assertThat(french.errors())
                .extracting(Problem.Field::field, Problem.Field::code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("title", "too-short"),
                        org.assertj.core.groups.Tuple.tuple("email", "email"));
        assertThat(french.errors().get(0).message()).isEqualTo("Il faut au moins 5 caractères.");
        assertThat(english.errors().get(0).message()).contains("5 characters");
        assertThat(english.title()).isEqualTo("Unprocessable Content");
    }

    @Test
    void whoMustWaitOrSignInOrUseAnotherMethodIsToldSoInHeaders() {
        assertThat(header(new TooManyRequestsException("bad-request", Duration.ofSeconds(90)), "Retry-After"))
                .isEqualTo("90");
        assertThat(header(new UnauthenticatedException(), "WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(header(new javax.ws.rs.NotAllowedException("GET"), "Allow")).isEqualTo("GET");
    }

    private String header(Throwable failure, String name) {
        return String.valueOf(mapper.toResponse(failure, visit("/api/v1/ideas", Locale.FRENCH))
                .getHeaderString(name));
    }

    /** For {@link #jsonThatCannotBeReadIsTheCallersFault()}. */
    record Draft(String title, int size) {}

    @Test
    void jsonThatCannotBeReadIsTheCallersFault() {
        ObjectMapper json = Json.mapper();

        Problem malformed = problem(thrown(() -> json.readValue("{\"title\":", Draft.class)), Locale.FRENCH);
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.code()).isEqualTo("malformed-json");

        for (String wrong : List.of("{\"size\":\"many\"}", "{\"size\":[1]}")) {
            Problem type = problem(thrown(() -> json.readValue(wrong, Draft.class)), Locale.FRENCH);
            assertThat(type.status()).isEqualTo(422);
            assertThat(type.errors()).extracting(Problem.Field::field).containsExactly("size");
        }
        assertThat(problem(thrown(() -> json.readValue("{\"title\":7}", Draft.class)), Locale.FRENCH)
                        .errors())
                .extracting(Problem.Field::code)
                .containsExactly("wrong-type");
        for (String odd : List.of("{\"title\":\"a\",\"title\":\"b\"}", "{} {}", "[".repeat(40) + "]".repeat(40))) {
            assertThat(problem(thrown(() -> json.readTree(odd)), Locale.FRENCH).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void jsonThatCannotBeWrittenOrHasNoTypeIsOurs() {
        Throwable thrown = thrown(() -> Json.mapper().writeValueAsBytes(new Object() {
            @SuppressWarnings({"unused", "EffectivelyPrivate"}) // Jackson asks for it
            public String getTitle() {
                throw new IllegalStateException("secret");
            }
        }));
        Throwable unknown = thrown(() -> Json.mapper().writeValueAsBytes(new Object()));

        assertThat(problem(thrown, Locale.FRENCH).status()).isEqualTo(500);
        assertThat(problem(unknown, Locale.FRENCH).status()).isEqualTo(500);
        Throwable type = thrown(() -> Json.mapper().readValue("{}", Comparable.class));
        assertThat(problem(type, Locale.FRENCH).status())
                .as("a type of ours that nothing can be read into")
                .isEqualTo(500);
    }

    private static Throwable thrown(org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        return Objects.requireNonNull(catchThrowable(what));
    }

    private Problem problem(Throwable failure, Locale locale) {
        return (Problem)
                mapper.toResponse(failure, visit("/api/v1/ideas", locale)).getEntity();
    }

    private static VisitImpl visit(String path, Locale locale) {
        TestFramework framework = new TestFramework();
        framework.start("web", Path.of("target/classes"));
        Assets assets = mock(Assets.class);
        when(assets.address(org.mockito.ArgumentMatchers.anyString())).thenReturn("/a");
        TestExchange exchange = new TestExchange("POST", path);
        return new VisitImpl(
                new Portal(new Catalogue(framework.context()), assets),
                new Csrf(new byte[32], Clock.systemUTC()),
                new Dates(Clock.systemUTC(), ZoneOffset.UTC),
                new Cookies(false),
                exchange.request,
                exchange.response,
                "r1",
                "192.0.2.7",
                locale);
    }
}
