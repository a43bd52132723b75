// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.testing.TestClock;
import ca.notreville.web.api.Away;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.api.Visit;
import ca.notreville.web.internal.TestExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.servlet.ServletException;
import javax.servlet.http.Part;
import javax.ws.rs.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies, dates, forms as posted, what is carried through sign-in, and where a redirect may lead. */
class PagePartsTest {

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Dates dates = new Dates(clock, ZoneId.of("America/Toronto"));

    @Test
    void withHttpsTheSessionCookieIsOneThatNoSubdomainCanSet() {
        TestExchange exchange = new TestExchange("GET", "/");
        new Cookies(true).setSession(exchange.response, "t");

        assertThat(exchange.setCookies())
                .containsExactly("__Host-nv_session=t; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(new Cookies(true).session(new TestExchange("GET", "/").cookie("nv_session", "x").request))
                .isNull();
        assertThat(new Cookies(true).session(new TestExchange("GET", "/").cookie("__Host-nv_session", "x").request))
                .isEqualTo("x");
    }

    @Test
    void withoutHttpsCookiesWorkAndAreStillOutOfReachOfScripts() {
        TestExchange exchange = new TestExchange("GET", "/");
        Cookies cookies = new Cookies(false);
        cookies.setSession(exchange.response, "t");
        cookies.clearSession(exchange.response);
        cookies.setLanguage(exchange.response, "en");
        cookies.setNotice(exchange.response, "ideas.submitted");

        assertThat(exchange.setCookies())
                .allMatch(c -> c.contains("; HttpOnly; SameSite=Lax"))
                .noneMatch(c -> c.contains("Secure"))
                .contains("nv_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }

    @Test
    void whatAModuleGivesABrowserIsOutOfReachOfScriptsAndOfOtherSitesForms() {
        TestExchange exchange = new TestExchange("GET", "/");
        new Cookies(true).setModule(exchange.response, "signon", "s", 600);
        new Cookies(true).setModule(exchange.response, "signon", "", 0);

        assertThat(exchange.setCookies())
                .containsExactly(
                        "__Host-nv_signon=s; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure",
                        "__Host-nv_signon=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0; Secure");
        assertThat(new Cookies(true).module(new TestExchange("GET", "/").cookie("nv_signon", "x").request, "signon"))
                .as("what a subdomain could set")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "/ideas", "https:nobody", "mailto:a@b.c"})
    void awayLeadsToASiteAndNowhereElse(String address) {
        assertThatThrownBy(() -> new Away(URI.create(address))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDateIsThatOfTheTownAndNotThatOfTheServer() {
        Instant lateInToronto = Instant.parse("2026-03-13T03:05:00Z");

        assertThat(dates.date(lateInToronto, Locale.FRENCH)).isEqualTo("12 mars 2026");
        assertThat(dates.date(lateInToronto, Locale.ENGLISH)).isEqualTo("March 12, 2026");
        assertThat(dates.dateTime(lateInToronto, Locale.FRENCH).replaceAll("\\h", " "))
                .isEqualTo("12 mars 2026, 23 h 05");
        assertThat(dates.dateTime(lateInToronto, Locale.ENGLISH).replaceAll("\\h", " "))
                .isEqualTo("March 12, 2026, 11:05 p.m.");
    }

    @Test
    void theFirstOfAMonthIsAnOrdinalInFrenchAndTheEleventhIsNot() {
        assertThat(dates.date(Instant.parse("2026-05-01T12:00:00Z"), Locale.FRENCH))
                .isEqualTo("1er mai 2026");
        assertThat(dates.date(Instant.parse("2026-05-11T12:00:00Z"), Locale.FRENCH))
                .isEqualTo("11 mai 2026");
    }

    @Test
    void datesAndNumbersAreWrittenAsInTheLanguageOfThePackAndElseAsInFrench() {
        Instant moment = Instant.parse("2026-05-01T18:05:00Z");
        Locale spanish = Locale.forLanguageTag("es");

        assertThat(dates.date(moment, spanish)).isEqualTo("1 de mayo de 2026");
        assertThat(dates.dateTime(moment, spanish)).contains("1 de mayo de 2026", "14:05");
        assertThat(dates.number(12_345, spanish)).isEqualTo("12.345");
        assertThat(dates.number(12_345, Locale.forLanguageTag("ar"))).isEqualTo("12,345");
        assertThat(dates.date(moment, Locale.forLanguageTag("ht"))).isEqualTo("1er mai 2026");
        assertThat(dates.dateTime(moment, Locale.forLanguageTag("ht")).replaceAll("\\h", " "))
                .isEqualTo("1er mai 2026, 14 h 05");
    }

    @Test
    void whatIsRecentIsToldByItsAgeAndAllElseByItsDate() {
        assertThat(ago(Duration.ofSeconds(59))).isEqualTo("web.ago.now []");
        assertThat(ago(Duration.ofSeconds(-59))).isEqualTo("web.ago.now []");
        assertThat(ago(Duration.ofMinutes(59))).isEqualTo("web.ago.minutes [n, 59]");
        assertThat(ago(Duration.ofHours(23))).isEqualTo("web.ago.hours [n, 23]");
        assertThat(ago(Duration.ofDays(28))).isEqualTo("web.ago.days [n, 28]");
        assertThat(ago(Duration.ofDays(29))).isEqualTo("2 avril 2026");
        assertThat(ago(Duration.ofDays(-2))).isEqualTo("3 mai 2026");
    }

    private String ago(Duration age) {
        Visit visit = mock(
                Visit.class,
                call -> call.getMethod().getName().equals("text")
                        ? call.getArgument(0) + " "
                                + Arrays.asList(call.getArguments()).subList(1, call.getArguments().length)
                        : Locale.FRENCH);
        return dates.ago(clock.instant().minus(age), visit);
    }

    @Test
    void largeNumbersAreGroupedAsEachLanguageDoes() {
        assertThat(dates.number(13_450, Locale.FRENCH).replaceAll("\\h", " ")).isEqualTo("13 450");
        assertThat(dates.number(13_450, Locale.ENGLISH)).isEqualTo("13,450");
        assertThat(dates.number(-5, Locale.ENGLISH)).isEqualTo("-5");
    }

    @Test
    void aFormIsReadWhateverTheCaseOfItsTypeAndAnythingElseIsNone() {
        TestExchange form = new TestExchange("POST", "/ideas")
                .with("Content-Type", "Application/X-WWW-Form-Urlencoded;charset=utf-8")
                .field("topic", "a", "b");
        assertThat(PostedForm.read(form.request).values()).isEqualTo(Map.of("topic", List.of("a", "b")));

        TestExchange json = new TestExchange("POST", "/ideas")
                .with("Content-Type", "application/json")
                .field("a", "b");
        assertThat(PostedForm.read(json.request).values()).isEmpty();
    }

    @Test
    void anUploadIsNamedWithoutItsFoldersAndIsNoText() throws IOException, ServletException {
        TestExchange form = new TestExchange("POST", "/ideas")
                .with("Content-Type", "multipart/form-data; boundary=x")
                .field("title", "Bancs")
                .field("file", "content");
        List<Part> parts = List.of(part("file", "C:\\Users\\ana\\..\\plan.csv"), part("none", ""), part("title", null));
        when(form.request.getParts()).thenReturn(parts);

        Form read = PostedForm.read(form.request);

        assertThat(read.values()).isEqualTo(Map.of("title", List.of("Bancs")));
        assertThat(read.upload("file").orElseThrow().name()).isEqualTo("plan.csv");
        assertThat(read.upload("none")).isEmpty();
    }

    private static Part part(String field, @org.jspecify.annotations.Nullable String file) {
        Part part = mock(Part.class);
        when(part.getName()).thenReturn(field);
        when(part.getSubmittedFileName()).thenReturn(file);
        return part;
    }

    @Test
    void aFormThatTheContainerRefusesIsABadRequest() throws IOException, ServletException {
        TestExchange urlencoded = new TestExchange("POST", "/").field("a", "b");
        when(urlencoded.request.getParameterMap()).thenThrow(new IllegalArgumentException("bad escape"));
        assertThatThrownBy(() -> PostedForm.read(urlencoded.request)).isInstanceOf(BadRequestException.class);

        TestExchange multipart = new TestExchange("POST", "/").with("Content-Type", "multipart/form-data");
        when(multipart.request.getParts()).thenThrow(new ServletException("no boundary"));
        assertThatThrownBy(() -> PostedForm.read(multipart.request)).isInstanceOf(BadRequestException.class);
    }

    @Test
    void whatWasBegunIsCarriedThroughSignInWithoutTokenOrPassword() {
        Form form = new Form(
                Map.of(
                        "title", List.of("Des bancs à l’ombre"),
                        "csrf", List.of("t"),
                        "password", List.of("correct horse"),
                        "newPassword", List.of("battery staple")),
                Map.of(),
                List.of());

        Pending pending = Pending.unpack(Pending.of("/ideas", form).pack()).orElseThrow();

        assertThat(pending).isEqualTo(new Pending("/ideas", Map.of("title", List.of("Des bancs à l’ombre"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.org", "https://evil.org", "/\\evil.org", "/a b", "/\u0007", "ideas", ""})
    void nothingLeadsToAnotherSite(String path) {
        assertThat(Pending.unpack(new Pending(path, Map.of()).pack())).isEmpty();
        assertThat(Pending.next(Form.empty().with("next", path))).isEmpty();
        if (!path.contains(" ")) {
            assertThatThrownBy(() -> Redirect.to(path)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "bm8",
                "e30",
                "W10",
                "bnVsbA",
                "eyIiOlsiL3giXSwiYSI6bnVsbH0",
                "eyIiOlsiL3giXSwiYSI6W251bGxdfQ"
            })
    void whatWasNotPackedHereIsNothing(String packed) {
        assertThat(Pending.unpack(packed)).isEmpty();
    }

    @Test
    void aRedirectTakesWhateverBrowsersSendInAQuery() {
        assertThat(PageRenderer.escaped("/ideas?q=a|b{c}&d=100%&e=%C3%A9&f=é g"))
                .isEqualTo("/ideas?q=a%7Cb%7Bc%7D&d=100%25&e=%C3%A9&f=%C3%A9%20g")
                .satisfies(URI::create);
        assertThat(PageRenderer.escaped("/ideas/42?a=1&b=2#votes")).isEqualTo("/ideas/42?a=1&b=2#votes");
    }
}
