// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An empty installation whose operator named no administrator: it needs a start of its own. */
@ExtendWith(Acceptance.class)
class FirstAdministratorIT {

    @Test
    void theOneTimeLinkMakesOneAdministratorAndAnEmptyTownInvitesToBegin(Browsers browsers)
            throws IOException, InterruptedException {
        try (Platform platform = Platform.empty()) {
            String link = platform.administratorLink();
            assertThat(link).startsWith("/members/claim?token=");
            Visitor first = browsers.visitor(Look.phone("fr").script(false), platform.address());
            Page page = first.page();
            first.go("/");
            assertThat(page.locator(".door").first()).isVisible();
            first.go("/ideas");
            assertThat(page.getByText("Aucune idée n’a encore été proposée.")).isVisible();
            first.go(link);
            first.field("Votre nom", "Your name").fill("A");
            first.field("Courriel", "E-mail").fill("greffe@example.org");
            first.field("Mot de passe", "Password").fill(Api.PASSWORD);
            first.button("Ouvrir le compte", "Open the account").click();
            assertThat(page.locator(".error-summary")).isVisible();
            first.field("Votre nom", "Your name").fill("Aline du greffe");
            first.field("Mot de passe", "Password").fill(Api.PASSWORD);
            first.button("Ouvrir le compte", "Open the account").click();
            assertThat(first.status()).containsText("Le compte d’administration est ouvert.");
            first.link("Ajouter un second facteur", "Add a second factor").click();
            String secret = page.locator("code.secret").textContent();
            first.field("Code", "Code").fill(Authenticator.code(secret));
            first.button("Vérifier et activer", "Check and turn on").click();
            assertThat(page.locator(".codes li")).hasCount(10);
            first.go("/");
            first.link("Importer", "Import").click();
            assertThat(first.heading("Importer et exporter des idées", "Import and export ideas"))
                    .isVisible();

            Visitor second = browsers.visitor(Look.phone("en"), platform.address());
            second.go(link);
            assertThat(second.page().getByText("This link was already used or is no longer good."))
                    .isVisible();
            Accessibility.assertAccessible(second);
            browsers.endVisits();
        }
    }

    @Test
    void aVisitorProposesAnIdeaSignsUpAndFindsItAgainOnceTheLetterIsOpened(Browsers browsers)
            throws IOException, InterruptedException {
        try (Platform platform = Platform.empty()) {
            Visitor visitor = browsers.visitor(Look.phone("fr").script(false), platform.address());
            Page page = visitor.page();
            String title = "Des bancs le long du canal";
            visitor.go("/ideas/new");
            visitor.field("Votre idée en une phrase", "Your idea in one sentence")
                    .fill(title);
            page.locator("[name=need]").fill("On ne peut s’asseoir nulle part entre le pont et l’écluse.");
            page.locator("[name=proposal]")
                    .fill("Un banc tous les deux cents mètres, fabriqué par l’école du quartier.");
            visitor.button("Publier mon idée", "Publish my idea").click();
            visitor.button("Créer un compte", "Create an account").click();
            visitor.signUp("Lise Gagné", "lise@example.org");
            assertThat(visitor.heading("Ouvrez votre courriel", "Open your mail"))
                    .isVisible();
            Accessibility.assertAccessible(visitor);

            visitor.go(platform.letterTo("lise@example.org"));
            Accessibility.assertAccessible(visitor);
            visitor.field("Mot de passe", "Password").fill("pas la bonne phrase");
            visitor.button("Confirmer et entrer", "Confirm and enter").click();
            assertThat(page.locator(".error-summary")).isVisible();
            visitor.field("Mot de passe", "Password").fill(Api.PASSWORD);
            visitor.button("Confirmer et entrer", "Confirm and enter").click();
            visitor.button("Confirmer et envoyer", "Confirm and send").click();
            assertThat(visitor.heading(title, title)).isVisible();

            // somebody else who gives the same address is told nothing, and the owner gets a letter
            Visitor stranger = browsers.visitor(Look.phone("en"), platform.address());
            stranger.go("/members/sign-up");
            stranger.signUp("Stranger", "lise@example.org");
            assertThat(stranger.heading("Ouvrez votre courriel", "Open your mail"))
                    .isVisible();
            browsers.endVisits();
        }
    }
}
