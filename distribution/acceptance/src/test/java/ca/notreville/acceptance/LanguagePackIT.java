// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import ca.notreville.acceptance.Platform.Deployed;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A language pack is dropped into the running town, used, and taken away. */
@ExtendWith(Acceptance.class)
class LanguagePackIT {

    private static final String LEAD = "Une idée pour votre coin de rue?";

    private final Platform platform;
    private final Api api;
    private final Browsers browsers;

    LanguagePackIT(Platform platform, Api api, Browsers browsers) {
        this.platform = platform;
        this.api = api;
        this.browsers = browsers;
    }

    /** A bundle with the messages of one language and nothing else. */
    private static Path pack(String language) throws IOException {
        Path jar = Files.createTempFile(Platform.target(), "pack", ".jar");
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "org.example.pack." + language);
        headers.putValue("Bundle-Version", "1.0.0");
        String name = "pack_" + language + ".properties";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream into = new JarOutputStream(out, manifest);
                InputStream messages = LanguagePackIT.class.getResourceAsStream("/packs/" + name)) {
            into.putNextEntry(new ZipEntry("i18n/" + name));
            into.write(messages.readAllBytes());
        }
        return jar;
    }

    private Deployed install(String language) throws IOException {
        Deployed deployed = platform.deploy(pack(language));
        try {
            awaitOffered(language, true);
        } catch (AssertionError e) {
            deployed.close();
            throw e;
        }
        return () -> {
            deployed.close();
            awaitOffered(language, false);
        };
    }

    private void awaitOffered(String language, boolean offered) {
        Visitor visitor = browsers.visitor(Look.phone("fr").script(false));
        Waiting.await(() -> {
            visitor.go("/");
            return offered
                    == visitor.page()
                                    .locator(".langs a[hreflang=" + language + "]")
                                    .count()
                            > 0;
        });
    }

    private static void choose(Page page, String language) {
        page.locator(".langs summary").click();
        page.locator(".langs a[hreflang=" + language + "]").click();
        assertThat(page.locator("html")).hasAttribute("lang", language);
    }

    private long letters(Person to, String language) throws IOException {
        return platform.letters().stream()
                .filter(letter -> letter.contains("To: " + to.email())
                        && letter.contains("Content-Language: " + language)
                        && letter.contains("Subject:"))
                .count();
    }

    private void forget(Person person) {
        api.post("/api/v1/account/forgotten")
                .with(Map.of("email", person.email()))
                .expect(204);
    }

    @Test
    void aThirdLanguageIsOfferedChosenAndWrittenToMembersAndItsPeopleGoOnInFrenchWhenItsPackIsGone() throws Exception {
        Person person = api.newcomer();
        Visitor member = browsers.visitor(Look.desktop("fr"));
        member.signInAs(person);
        Visitor visitor = browsers.visitor(Look.phone("fr").script(false));
        visitor.go("/");
        assertThat(visitor.link("English", "Français")).isVisible();
        assertThat(visitor.page().locator(".langs")).hasCount(0);
        String confirmed;
        try (Deployed spanish = install("es")) {
            visitor.go("/");
            visitor.page().locator(".langs summary").click();
            Locator links = visitor.page().locator(".langs a");
            assertThat(links).hasText(new String[] {"Français", "English", "Español"});
            assertThat(links.first()).hasAttribute("aria-current", "true");
            Accessibility.assertAccessible(visitor);
            visitor.page().locator(".langs a[hreflang=es]").click();
            assertThat(visitor.page().locator("h1")).hasText("Val-aux-Hérons avanza cuando nos unimos");
            assertThat(visitor.page().getByText(LEAD)).isVisible();
            Accessibility.assertAccessible(visitor);

            member.go("/members/account");
            member.field("Langue de vos lettres", "").selectOption("es");
            member.button("Enregistrer la langue", "").click();
            assertThat(member.status()).hasText("Su idioma está guardado.");
            assertThat(member.page().locator("h1")).hasText("Cuenta y seguridad");
            Accessibility.assertAccessible(member);
            forget(person);
            Waiting.await(() -> letters(person, "es") == 1);

            Map<String, String> account = Map.of(
                    "email", "nueva@example.org",
                    "password", Api.PASSWORD,
                    "displayName", "Nueva Vecina",
                    "language", "es");
            assertThat(api.post("/api/v1/members")
                            .with(account)
                            .expect(201)
                            .json()
                            .path("language")
                            .asText())
                    .isEqualTo("es");

            confirmed = platform.shell("notreville:messages-missing es");
        }
        assertThat(confirmed)
                .contains("web.home.lead=" + LEAD)
                .doesNotContain("web.home.promise=", "core.account.title=");

        visitor.go("/");
        assertThat(visitor.page().locator("html")).hasAttribute("lang", "fr");
        assertThat(visitor.link("English", "Français")).isVisible();
        member.go("/members/account");
        assertThat(member.heading("Compte et sécurité", "")).isVisible();
        assertThat(member.field("Langue de vos lettres", "")).hasValue("fr");
        long before = letters(person, "fr");
        forget(person);
        Waiting.await(() -> letters(person, "fr") > before);
        assertThat(api.get("/api/v1/members/me")
                        .as(person.token())
                        .expect(200)
                        .json()
                        .path("language")
                        .asText())
                .as("for when the pack is back")
                .isEqualTo("es");
        api.post("/api/v1/members")
                .with(Map.of(
                        "email", "otra@example.org",
                        "password", Api.PASSWORD,
                        "displayName", "Otra Vecina",
                        "language", "es"))
                .invalid(Map.of("language", "not-one-of"));
    }

    @Test
    void aLanguageThatIsReadFromRightToLeftTurnsThePagesRound() throws Exception {
        try (Deployed arabic = install("ar")) {
            for (Look look : new Look[] {Look.phone("fr"), Look.desktop("fr")}) {
                Visitor visitor = browsers.visitor(look);
                visitor.go("/");
                choose(visitor.page(), "ar");
                assertThat(visitor.page().locator("html")).hasAttribute("dir", "rtl");
                Accessibility.assertAccessible(visitor);
                visitor.go("/ideas");
                Accessibility.assertAccessible(visitor);
                visitor.go("/members/sign-up");
                assertThat(visitor.page().evaluate("document.documentElement.scrollWidth - innerWidth <= 0"))
                        .as("nothing sticks out")
                        .isEqualTo(true);
                visitor.page().locator(".langs summary").click();
                Accessibility.assertAccessible(visitor);
                visitor.page().keyboard().press("Escape");
                assertThat(visitor.page().locator(".langs ul")).isHidden();
            }
        }
    }
}
