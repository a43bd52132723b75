// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Single sign-on with a certified OpenID provider, in an installation of its own whose operator configures it while it runs.
 */
@ExtendWith(Acceptance.class)
class SignOnIT {

    private static Platform platform;
    private static OpenIdProvider provider;

    @BeforeAll
    static void configure(Browsers browsers) throws IOException, InterruptedException {
        platform = Platform.empty();
        Visitor before = browsers.visitor(Look.phone("fr"), platform.address());
        assertThat(before.page().navigate("/signon/start").status()).isEqualTo(404);
        before.go("/members/sign-in");
        assertThat(before.link("Se connecter avec Mon identité")).hasCount(0);

        provider = OpenIdProvider.start(platform.address().resolve("/signon/callback"));
        Path secret = Files.createTempFile(Platform.target(), "client-secret", "");
        secret.toFile().deleteOnExit();
        Files.writeString(secret, OpenIdProvider.SECRET + "\n");
        platform.configure(
                "ca.notreville.signon",
                "issuer = " + provider.issuer(),
                "clientId = " + OpenIdProvider.CLIENT,
                "clientSecretFile = " + secret,
                "nameFr = Mon identit\\u00e9",
                "nameEn = My identity",
                "scopes = openid profile email town",
                "residentClaim = resident",
                "residentValue = oui");
        platform.await("/signon/start", 303);
        browsers.endVisits();
    }

    @AfterAll
    static void stop() {
        if (provider != null) {
            provider.close();
        }
        if (platform != null) {
            platform.close();
        }
    }

    private static Visitor visitor(Browsers browsers, Look look) {
        return browsers.visitor(look, platform.address());
    }

    /** At the provider's own page. */
    private static void identify(Page page, String name) {
        page.getByLabel("Qui êtes-vous?").fill(name);
        page.getByText("Continuer").click();
    }

    @Test
    void somebodyNewProposesAnIdeaWithoutScriptAndFindsItAgainAsAVerifiedResident(Browsers browsers) {
        Visitor visitor = visitor(browsers, Look.phone("fr").script(false));
        Page page = visitor.page();
        String title = "Des bancs le long du canal";
        visitor.go("/ideas/new");
        visitor.field("Votre idée en une phrase", "Your idea in one sentence").fill(title);
        page.locator("[name=need]").fill("On ne peut s’asseoir nulle part entre le pont et l’écluse.");
        page.locator("[name=proposal]").fill("Un banc tous les deux cents mètres, fabriqué par l’école du quartier.");
        visitor.button("Publier mon idée", "Publish my idea").click();
        visitor.button("Se connecter", "Sign in").click();
        Accessibility.assertAccessible(visitor);
        visitor.button("Se connecter avec Mon identité", "Sign in with My identity")
                .click();
        Accessibility.assertAccessible(visitor);
        visitor.link("Continuer avec Mon identité", "Continue with My identity").click();
        identify(page, "nadia");
        visitor.button("Confirmer et envoyer", "Confirm and send").click();
        assertThat(visitor.heading(title, title)).isVisible();
        assertThat(page.locator(".me")).containsText("Nadia B.");

        visitor.go("/members/verification");
        assertThat(page.locator("main")).containsText("Par la connexion de la municipalité");

        // once more, with a link alone: the provider remembers, so does the town
        Visitor again = visitor(browsers, Look.desktop("en"));
        again.go("/members/sign-in?next=/members/account");
        again.link("Sign in with My identity", "Sign in with My identity").click();
        identify(again.page(), "nadia");
        assertThat(again.page().locator("#signon-title")).isVisible();
        Accessibility.assertAccessible(again);
        again.button("Remove the link with My identity", "Remove the link with My identity")
                .click();
        assertThat(again.page().getByText("Your account has no password")).isVisible();
        Accessibility.assertAccessible(again);
    }

    @Test
    void anAccountIsLinkedByItsConfirmedAddressAndNotByOneThatTheProviderHasNotConfirmed(Browsers browsers)
            throws IOException, InterruptedException {
        Visitor visitor = visitor(browsers, Look.phone("fr"));
        visitor.go("/members/sign-up");
        assertThat(visitor.link("Se connecter avec Mon identité", "Sign in with My identity"))
                .isVisible();
        visitor.signUp("Lise Gagné", "lise@example.org");
        visitor.go(platform.letterTo("lise@example.org"));
        visitor.field("Mot de passe", "Password").fill(Api.PASSWORD);
        visitor.button("Confirmer et entrer", "Confirm and enter").click();
        assertThat(visitor.page().locator(".me")).isVisible();

        Visitor marc = visitor(browsers, Look.desktop("fr"));
        marc.go("/members/sign-in");
        marc.link("Se connecter avec Mon identité", "Sign in with My identity").click();
        identify(marc.page(), "marc");
        assertThat(marc.page().getByText("son adresse courriel n’est pas confirmée là-bas"))
                .isVisible();
        assertThat(marc.page().locator(".me")).hasCount(0);
        Accessibility.assertAccessible(marc);

        Visitor lise = visitor(browsers, Look.desktop("fr"));
        lise.go("/members/sign-in");
        lise.link("Se connecter avec Mon identité", "Sign in with My identity").click();
        identify(lise.page(), "lise");
        assertThat(lise.status()).containsText("Votre compte s’ouvre maintenant aussi de cette façon.");
        assertThat(lise.page().locator(".me")).containsText("Lise Gagné");
        platform.awaitLetter("To: lise@example.org", "/members/account");

        lise.go("/members/account");
        lise.button("Enlever le lien avec Mon identité", "Remove the link with My identity")
                .click();
        assertThat(lise.status()).containsText("Cette identité n’ouvre plus votre compte.");
        lise.button("Lier Mon identité", "Link My identity").click();
        Accessibility.assertAccessible(lise);
        lise.link("Continuer avec Mon identité", "Continue with My identity").click();
        assertThat(lise.status()).containsText("Votre compte s’ouvre maintenant aussi de cette façon.");
    }

    @Test
    void whoChangesTheirMindOrBringsAnotherBrowsersAnswerIsNotSignedIn(Browsers browsers) {
        Visitor visitor = visitor(browsers, Look.phone("en"));
        Page page = visitor.page();
        visitor.go("/members/sign-in?next=/ideas");
        visitor.link("Se connecter avec Mon identité", "Sign in with My identity")
                .click();
        page.getByText("Annuler").click();
        assertThat(visitor.heading("", "You did not finish with My identity")).isVisible();
        Accessibility.assertAccessible(visitor);
        visitor.link("Réessayer avec Mon identité", "Try again with My identity")
                .click();
        assertThat(page.getByLabel("Qui êtes-vous?")).isVisible();

        // as if the address to come back to had been begun in somebody else's browser, which has the secret
        visitor.context().clearCookies(new BrowserContext.ClearCookiesOptions().setName("nv_signon"));
        identify(page, "nadia");
        assertThat(page.getByText("was not begun in this browser")).isVisible();
        assertThat(page.locator(".me")).hasCount(0);
        Accessibility.assertAccessible(visitor);
    }
}
