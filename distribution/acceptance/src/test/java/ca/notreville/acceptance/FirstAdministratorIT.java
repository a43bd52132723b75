// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.deque.html.axecore.playwright.AxeBuilder;
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
            first.link("Importer", "Import").click();
            assertThat(first.heading("Importer des idées", "Import ideas")).isVisible();

            Visitor second = browsers.visitor(Look.phone("en"), platform.address());
            second.go(link);
            assertThat(second.page().getByText("This link was already used or is no longer good."))
                    .isVisible();
            assertThat(new AxeBuilder(second.page()).analyze().getViolations()).isEmpty();
            browsers.endVisits();
        }
    }
}
