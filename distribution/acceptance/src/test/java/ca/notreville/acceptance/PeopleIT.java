// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** People introduce themselves, find each other, and belong to organisations. */
@ExtendWith(Acceptance.class)
class PeopleIT {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Api api;
    private final Browsers browsers;

    PeopleIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of("fr", "en")
                .flatMap(language ->
                        Stream.of(Look.phone(language), Look.phone(language).script(false)));
    }

    private static String path(Page page) {
        return page.url().replaceFirst("^https?://[^/]+", "").replaceAll("[?#].*", "");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aMemberIntroducesThemselvesWithHtmlInTheirWordsAndIsFoundByThem(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/members/me/profile");
        String name = "Rosa <b>" + NAMES.incrementAndGet() + "</b>";
        String talent = "Échasses <i>" + NAMES.incrementAndGet() + "</i>";
        visitor.field("Votre nom", "Your name").fill(name);
        visitor.field("Qui vous êtes, en quelques mots", "Who you are, in a few words")
                .fill("<script>alert(1)</script> et du jasage.");
        visitor.field("Autre chose, dans vos mots", "Something else, in your own words")
                .fill(talent);
        page.locator("input[name=shown][value=skills]").check();
        page.locator("input[name=shown][value=bio]").check();
        page.locator("input[name=listed]").check();
        Accessibility.assertAccessible(visitor);
        visitor.button("Enregistrer", "Save").click();
        assertThat(visitor.status())
                .containsText(visitor.words("Votre profil est enregistré.", "Your profile is saved."));

        visitor.go("/members?skill="
                + talent.toLowerCase(java.util.Locale.ROOT).replace("é", "e").replaceAll("[<>/]", "+"));
        visitor.link(name).click();
        assertThat(visitor.heading(name, name)).isVisible();
        assertThat(page.getByText("<script>alert(1)</script> et du jasage.")).isVisible();
        Accessibility.assertAccessible(visitor);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whoRegistersAnOrganisationInvitesFromItsPageAndWritesInItsName(Look look) {
        Person owner = api.newcomer();
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(owner);
        visitor.go("/organisations/new");
        visitor.button("Inscrire l’organisme", "Register the organisation").click();
        assertThat(page.locator(".error-summary")).isVisible();
        String name = "Les Semis <u>" + NAMES.incrementAndGet() + "</u>";
        page.locator("#name").fill(name);
        page.locator("#kind").selectOption("community");
        page.locator("#missionFr").fill("Un jardin dans chaque cour.");
        visitor.button("Inscrire l’organisme", "Register the organisation").click();
        assertThat(visitor.heading(name, name)).isVisible();
        String organisation = path(page);
        Accessibility.assertAccessible(visitor);

        visitor.link("Gérer les personnes", "Manage people").click();
        page.locator("#email").fill("voisine@example.org\nBcc: tous@example.org");
        visitor.button("Envoyer l’invitation", "Send the invitation").click();
        assertThat(page.locator(".error-summary")).isVisible();
        page.locator("#email").fill("voisine" + NAMES.incrementAndGet() + "@example.org");
        visitor.button("Envoyer l’invitation", "Send the invitation").click();
        assertThat(visitor.status())
                .containsText(visitor.words("L’invitation est partie.", "The invitation is on its way."));
        Accessibility.assertAccessible(visitor);

        Visitor other = browsers.visitor(look);
        other.signInAs(api.newcomer());
        other.go(organisation);
        other.link("Écrire", "Write").click();
        other.field("Votre message", "Your message").fill("Avez-vous des graines?");
        other.button("Envoyer", "Send").click();
        assertThat(other.page().getByText("Avez-vous des graines?")).isVisible();
        Accessibility.assertAccessible(other);

        visitor.go("/messages");
        assertThat(page.getByText(visitor.words("nouveau", "new")).last()).isVisible();
        page.locator("a.whole").first().click();
        visitor.field("Votre message", "Your message").fill("Toute une boîte!");
        visitor.button("Envoyer", "Send").click();
        other.go("/messages");
        other.page().locator("a.whole").first().click();
        assertThat(other.page().getByText("Toute une boîte!")).isVisible();
        assertThat(other.heading(name, name)).isVisible();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void peopleConnectAndThenWriteToEachOther(Look look) {
        Person ana = api.newcomer();
        Person bo = api.newcomer();
        Visitor first = browsers.visitor(look);
        first.signInAs(ana);
        first.go("/members/" + bo.id());
        first.field("Un mot pour vous présenter", "A word to introduce yourself")
                .fill("On s’est vus au marché.");
        first.button("Demander un contact", "Ask to connect").click();
        assertThat(first.status()).containsText(first.words("Votre demande est envoyée.", "Your request is sent."));

        Visitor second = browsers.visitor(look);
        second.signInAs(bo);
        second.go("/members/me/connections");
        assertThat(second.page().getByText("On s’est vus au marché.")).isVisible();
        Accessibility.assertAccessible(second);
        second.page().locator("button[value=accept]").click();
        assertThat(second.status())
                .containsText(second.words("Vous êtes maintenant en contact.", "You are now connected."));

        first.go("/members/" + bo.id());
        first.link("Écrire", "Write").click();
        first.field("Votre message", "Your message").fill("À samedi!");
        first.button("Envoyer", "Send").click();
        assertThat(first.page()).hasURL(Pattern.compile("/messages/\\d+$"));
        second.go("/messages");
        second.page().locator("a.whole").first().click();
        assertThat(second.page().getByText("À samedi!")).isVisible();
        Accessibility.assertAccessible(second);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theDirectoriesOfTheSampleTownAreAliveAndAccessible(Look look) {
        Visitor visitor = browsers.visitor(look);
        for (String page : List.of("/members", "/organisations", "/members?kind=expert", "/members?q=zzzz")) {
            visitor.go(page);
            Accessibility.assertAccessible(visitor);
        }
        visitor.go("/members?kind=expert");
        assertThat(visitor.page().locator(".person-card")).hasCount(5);
        visitor.go("/organisations?kind=community");
        assertThat(visitor.page().locator(".person-card").first()).isVisible();
    }
}
