// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To follow a neighbourhood, hear what moves there, on the site and by e-mail, and be left alone again. */
@ExtendWith(Acceptance.class)
class NewsIT {

    private static final String PLACE = "/neighbourhoods/boise-des-pics";

    private final Api api;
    private final Browsers browsers;
    private final Platform platform;

    NewsIT(Api api, Browsers browsers, Platform platform) {
        this.api = api;
        this.browsers = browsers;
        this.platform = platform;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr"), Look.phone("en").script(false));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whoFollowsANeighbourhoodHearsOfANewIdeaThereGetsTheDigestAndUnsubscribesFromIt(Look look) throws Exception {
        Person reader = api.newcomer();
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(reader);
        visitor.go(PLACE);
        visitor.button("Suivre", "Follow").click();
        assertThat(visitor.button("Ne plus suivre", "Stop following")).isVisible();
        visitor.button("Oui, par courriel", "Yes, by e-mail").click();
        assertThat(visitor.status())
                .containsText(visitor.words("vous recevrez aussi les nouvelles", "you will get the news"));

        String title = "Une boîte à livres près de l’étang pour " + reader.name();
        api.post("/api/v1/ideas")
                .as(api.newcomer().token())
                .with(Map.of(
                        "title", title,
                        "need", "Il n’y a rien à lire au bord de l’eau.",
                        "proposal", "On en construit une ensemble.",
                        "neighbourhood", "boise-des-pics"))
                .expect(201);
        Waiting.awaitNews(api, reader);
        visitor.go("/notifications");
        assertThat(visitor.link(title)).isVisible();

        platform.shell("notreville:digest-now");
        String letter = Waiting.awaitLetter(platform, reader.email(), "List-Unsubscribe");
        assertThat(letter).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        String stop = address(letter);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(stop))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(api.get("/api/v1/notifications/preferences")
                        .as(reader.token())
                        .expect(200)
                        .json()
                        .path("digests")
                        .asBoolean())
                .isFalse();

        // and the page that people see when they follow the link
        Visitor somewhere = browsers.visitor(look);
        somewhere.go(stop.replaceFirst("^https?://[^/]+", ""));
        somewhere
                .button("N’envoyez plus aucun courriel de ce genre", "Send me no e-mail of this sort at all")
                .click();
        assertThat(somewhere.heading("C’est fait", "Done")).isVisible();
        assertThat(api.get("/api/v1/notifications/preferences")
                        .as(reader.token())
                        .expect(200)
                        .json()
                        .path("mail")
                        .asBoolean())
                .isFalse();
        page.close();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aCallIsAnsweredByOneTapAndEverybodyIsToldWhatCameOfIt(Look look) throws Exception {
        Person helper = api.newcomer();
        Visitor staff = browsers.visitor(look);
        staff.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        staff.go(PLACE);
        staff.link("Lancer un appel", "Send a call").click();
        staff.button("Envoyer l’appel", "Send the call").click();
        assertThat(staff.page().locator(".error-summary")).isVisible();
        String title = "Deux personnes pour " + helper.name();
        staff.field("Votre appel en une phrase", "Your call in one sentence").fill(title);
        staff.field("Ce qu’il y aura à faire", "What there will be to do")
                .fill("On plante des arbres, apportez des gants.");
        staff.field("Combien de personnes?", "How many people?").fill("2");
        staff.button("Envoyer l’appel", "Send the call").click();
        assertThat(staff.heading(title, title)).isVisible();
        String call = staff.page().url().replaceFirst("^https?://[^/]+", "").replaceAll("[?#].*", "");

        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(helper);
        visitor.go(call);
        visitor.button("Oui", "Yes").click();
        assertThat(visitor.page().locator(".receipt")).containsText(visitor.words("Vous avez dit oui", "You said yes"));
        assertThat(visitor.button("Oui", "Yes")).hasAttribute("aria-pressed", "true");
        visitor.button("Peut-être", "Maybe").click();
        assertThat(visitor.button("Peut-être", "Maybe")).hasAttribute("aria-pressed", "true");

        staff.go(call);
        staff.field("Dites ce que ça a donné", "Say what came of it").fill("Douze arbres plantés, merci!");
        staff.button("Le dire à tout le monde", "Tell everybody").click();
        Waiting.awaitNews(api, helper);
        visitor.go("/notifications");
        assertThat(visitor.page().getByText("Douze arbres plantés, merci!").first())
                .isVisible();
    }

    /** Of the header, whose long lines are folded. */
    private static String address(String letter) {
        Matcher header = Pattern.compile("List-Unsubscribe:\\s*<([^>]+)>").matcher(letter);
        assertThat(header.find()).as(letter).isTrue();
        return header.group(1).replaceAll("\\s", "");
    }
}
