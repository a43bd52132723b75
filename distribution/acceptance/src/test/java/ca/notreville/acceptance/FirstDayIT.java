// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody who has just moved here does on their first day, from the account to the digest. */
@ExtendWith(Acceptance.class)
class FirstDayIT {

    private final Api api;
    private final Browsers browsers;
    private final Platform platform;

    FirstDayIT(Api api, Browsers browsers, Platform platform) {
        this.api = api;
        this.browsers = browsers;
        this.platform = platform;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr").script(false), Look.desktop("en"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aNewcomerSignsUpJoinsAnOrganisationCommentsAddsADocumentFollowsAndGetsTheDigest(Look look) throws Exception {
        Person owner = api.newcomer();
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        String email = "premier-jour-" + look.language() + "@example.org";

        visitor.go("/members/sign-up");
        visitor.signUp("Noémie Premier-Jour", email);
        assertThat(page.locator(".me")).containsText("Noémie");
        visitor.go(platform.letterTo(email));
        visitor.button("Oui, c’est mon adresse", "Yes, it is my address").click();
        assertThat(page.locator(".me")).containsText("Noémie");
        visitor.go("/members/me/privacy");
        assertThat(page.locator(".consents li")).hasCount(2);

        String organisation = api.post("/api/v1/organisations")
                .as(owner.token())
                .with(Map.of("name", "Les Marcheurs " + look, "kind", "community", "missionFr", "Marcher ensemble."))
                .expect(201)
                .json()
                .path("id")
                .asText();
        api.post("/api/v1/organisations/" + organisation + "/invitations")
                .as(owner.token())
                .with(Map.of("email", email, "role", "member"))
                .expect(201);
        visitor.go(platform.letterTo(email));
        visitor.button("Accepter", "Accept").click();
        assertThat(visitor.status())
                .containsText(visitor.words("Bienvenue dans l’organisme!", "Welcome to the organisation!"));

        String idea = "/ideas/" + api.idea(owner, "Un trottoir plus large devant l’école " + look);
        visitor.go(idea);
        String words = "Je viens d’arriver, et j’y passe chaque matin.";
        visitor.field("Prendre part à la discussion", "Join the conversation").fill(words);
        visitor.button("Publier", "Publish").click();
        assertThat(page.getByText(words)).isVisible();
        visitor.link("Ajouter un fichier", "Add a file").click();
        page.locator("input[type=file]").setInputFiles(new FilePayload("plan.pdf", "application/pdf", DocumentsIT.PDF));
        visitor.field("Titre", "Title").fill("Plan du trottoir");
        visitor.button("Ajouter", "Add").click();
        assertThat(visitor.heading("Plan du trottoir", "Plan du trottoir")).isVisible();

        visitor.go("/neighbourhoods/boise-des-pics");
        visitor.button("Suivre", "Follow").click();
        visitor.button("Oui, par courriel", "Yes, by e-mail").click();
        visitor.go("/members/me/privacy");
        assertThat(page.locator(".consents li")).hasCount(3);

        String title = "Une fête des nouveaux voisins, " + look;
        api.post("/api/v1/ideas")
                .as(owner.token())
                .with(Map.of(
                        "title", title,
                        "need", "On ne se connaît pas encore entre voisins.",
                        "proposal", "Une grande table dans la rue.",
                        "neighbourhood", "boise-des-pics"))
                .expect(201);
        Waiting.awaitNews(api, new Person("", "", email, api.signIn(email, Api.PASSWORD)));
        visitor.go("/notifications");
        assertThat(visitor.link(title)).isVisible();
        platform.shell("notreville:digest-now");
        Waiting.awaitLetter(platform, email, "List-Unsubscribe-Post");
    }
}
