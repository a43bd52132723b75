// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.Page;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do with their own account. */
@ExtendWith(Acceptance.class)
class AccountsIT {

    @Test
    void whoForgotTheirPasswordChoosesAnotherByTheLetter(Platform platform, Api api, Browsers browsers)
            throws IOException, InterruptedException {
        Api.Person person = api.newcomer();
        platform.letterTo(person.email());
        Visitor visitor = browsers.visitor(Look.phone("fr").script(false));
        visitor.go("/members/sign-in");
        visitor.link("Mot de passe oublié", "Forgotten password").click();
        visitor.field("Courriel", "E-mail").fill(person.email());
        visitor.button("Recevoir le lien", "Get the link").click();
        assertThat(visitor.heading("Ouvrez votre courriel", "Open your mail")).isVisible();

        visitor.go(platform.letterTo(person.email()));
        Accessibility.assertAccessible(visitor);
        visitor.field("Nouveau mot de passe", "New password").fill("court");
        visitor.button("Enregistrer", "Save").click();
        assertThat(visitor.page().locator(".error-summary")).isVisible();
        visitor.field("Nouveau mot de passe", "New password").fill("une tout autre phrase");
        visitor.button("Enregistrer", "Save").click();
        visitor.signIn(person.email(), "une tout autre phrase");

        assertThat(visitor.page().locator(".me")).isVisible();
    }

    @Test
    void aSecondFactorIsSetUpAndThenAskedFor(Api api, Browsers browsers) {
        Api.Person person = api.newcomer();
        Visitor visitor = browsers.visitor(Look.desktop("en"));
        visitor.signInAs(person);
        visitor.go("/members/account");
        visitor.link("Ajouter un second facteur", "Add a second factor").click();
        assertThat(visitor.page().locator("svg.qr")).isVisible();
        String secret = visitor.page().locator("code.secret").textContent();
        visitor.field("Code", "Code").fill(Authenticator.code(secret));
        visitor.button("Vérifier et activer", "Check and turn on").click();
        String recovery = visitor.page().locator(".codes code").first().textContent();
        Accessibility.assertAccessible(visitor);

        Visitor later = browsers.visitor(Look.phone("en"));
        later.go("/members/sign-in");
        later.signIn(person.email(), Api.PASSWORD);
        Accessibility.assertAccessible(later);
        later.field("Code", "Code").fill("000000");
        later.button("Se connecter", "Sign in").click();
        assertThat(later.page().locator(".error-summary")).isVisible();
        later.field("Code", "Code").fill(recovery);
        later.button("Se connecter", "Sign in").click();
        assertThat(later.page().locator(".me")).isVisible();
    }

    @Test
    void anotherSessionIsClosedFromTheListAndATokenActsWithinItsScopes(Api api, Browsers browsers) {
        Api.Person person = api.newcomer();
        Visitor elsewhere = browsers.visitor(Look.phone("fr"));
        elsewhere.signInAs(person);
        Visitor visitor = browsers.visitor(Look.desktop("fr"));
        visitor.signInAs(person);
        visitor.go("/members/account");
        visitor.button("Fermer toutes les autres", "Close all others").click();
        assertThat(visitor.status()).containsText("Toutes les autres sessions sont fermées.");
        elsewhere.go("/members/account");
        assertThat(elsewhere.heading("Il faut d’abord se connecter", "Please sign in first"))
                .isVisible();

        visitor.go("/members/account/tokens");
        visitor.field("À quoi sert-il", "What is it for").fill("Site de l’école");
        visitor.page().locator("input[value='core.comment']").check();
        visitor.button("Créer le jeton", "Make the token").click();
        Accessibility.assertAccessible(visitor);
        String token = visitor.page().locator("code.secret").textContent();
        api.get("/api/v1/members/me").as(token).expect(200);
        api.get("/api/v1/account/tokens").as(token).refused(403, "core.not-by-token");
    }

    @Test
    void staffEnterSomebodyAtTheCounterActForThemAndTheyTakeTheAccountOver(Api api, Browsers browsers) {
        String idea = api.idea(api.newcomer(), "Une rampe à la bibliothèque");
        Visitor clerk = browsers.visitor(Look.desktop("fr"));
        Page page = clerk.page();
        clerk.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        clerk.go("/admin/counter");
        clerk.field("Nom de la personne", "Name of the person").fill("Réjean Côté");
        clerk.button("Ouvrir le compte", "Open the account").click();
        Accessibility.assertAccessible(clerk);
        String code = page.locator(".code").textContent();
        clerk.button("Agir au nom de Réjean Côté", "Act for Réjean Côté").click();
        assertThat(page.locator(".me")).containsText("Réjean Côté");
        clerk.go("/ideas/" + idea);
        clerk.button("Pour", "For").click();
        assertThat(page.locator(".receipt .tag")).hasText("Saisi pour vous au comptoir");
        clerk.field("Prendre part à la discussion", "Join the conversation").fill("La pente est trop raide.");
        clerk.button("Publier", "Publish").click();
        assertThat(page.locator(".comment .tag")).hasText("Saisi au comptoir");
        clerk.go("/members/counter");
        clerk.button("Terminer", "Finish").click();
        assertThat(clerk.heading("Comptoir", "Counter")).isVisible();

        Visitor owner = browsers.visitor(Look.phone("fr").script(false));
        owner.go("/members/link");
        owner.field("Code du comptoir", "Code from the counter").fill(code.toLowerCase(java.util.Locale.ROOT));
        owner.button("Continuer", "Continue").click();
        Accessibility.assertAccessible(owner);
        owner.field("Courriel", "E-mail").fill("rejean" + System.nanoTime() + "@example.org");
        owner.field("Nouveau mot de passe", "New password").fill(Api.PASSWORD);
        owner.button("Prendre le compte", "Take the account").click();
        assertThat(owner.page().locator(".me")).containsText("Réjean Côté");
        owner.page().locator(".me").click();
        owner.link("Voir mon profil comme les autres le voient", "See my profile as others see it")
                .click();
        assertThat(owner.page().getByText("Compte ouvert au comptoir")).isVisible();

        owner.go("/ideas/" + idea);
        assertThat(owner.page().locator(".comment .tag")).hasText("Saisi au comptoir");
        assertThat(owner.page().locator(".receipt .tag")).hasText("Saisi pour vous au comptoir");
        Accessibility.assertAccessible(owner);
        owner.button("Contre", "Against").click();
        assertThat(owner.page().locator(".receipt")).isVisible();
        assertThat(owner.page().locator(".receipt .tag")).hasCount(0);
    }
}
