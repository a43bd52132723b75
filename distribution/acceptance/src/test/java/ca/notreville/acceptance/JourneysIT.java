// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people come for, on a phone, in both languages, with script and without. */
@ExtendWith(Acceptance.class)
class JourneysIT {

    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final Api api;
    private final Browsers browsers;

    JourneysIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of("fr", "en")
                .flatMap(language ->
                        Stream.of(Look.phone(language), Look.phone(language).script(false)));
    }

    static Stream<Look> looksWithScript() {
        return Stream.of(Look.phone("fr"), Look.phone("en"));
    }

    private static Locator choice(Visitor visitor, String french, String english) {
        return visitor.button(french, english);
    }

    private static void assertChosen(Locator choice) {
        assertThat(choice).hasAttribute("aria-pressed", "true");
    }

    private JsonNode votes(String idea) {
        return api.get("/api/v1" + idea).expect(200).json().path("votes");
    }

    private static String path(Page page) {
        return page.url().replaceFirst("^https?://[^/]+", "").replaceAll("[?#].*", "");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aNewcomerFindsAnImportedIdeaSignsUpVotesChangesWithdrawsAndComments(Look look) throws IOException {
        Consultation consultation = Consultation.any();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("file", consultation.proposals());
        files.put("comments", consultation.comments());
        api.bringIn(api.administrator(), files);
        String title = consultation.titleWithAccents();
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();

        visitor.go("/");
        visitor.link("Idées", "Ideas").first().click();
        visitor.field("Chercher dans les idées", "Search the ideas")
                .fill(Consultation.withoutAccents(title).toLowerCase(java.util.Locale.ROOT));
        visitor.button("Chercher", "Search").click();
        visitor.link(title).first().click();
        assertThat(visitor.heading(title, title)).isVisible();
        String idea = path(page);

        choice(visitor, "Pour", "For").click();
        assertThat(visitor.heading("Il faut d’abord se connecter", "Please sign in first"))
                .isVisible();
        visitor.button("Créer un compte", "Create an account").click();
        int number = PEOPLE.incrementAndGet();
        visitor.signUp("Fabienne Lavoie " + number, "fabienne" + number + "@example.org");
        visitor.button("Confirmer et envoyer", "Confirm and send").click();
        assertThat(page).hasURL(Pattern.compile(idea + "#vote$"));
        assertThat(visitor.status())
                .containsText(visitor.words("Votre vote est compté. Merci!", "Your vote is counted. Thank you!"));
        assertChosen(choice(visitor, "Pour", "For"));
        assertThat(votes(idea).path("for").asInt()).isEqualTo(1);
        String receipt = page.locator(".receipt code").textContent();

        choice(visitor, "Contre", "Against").click();
        assertChosen(choice(visitor, "Contre", "Against"));
        assertThat(choice(visitor, "Pour", "For")).hasAttribute("aria-pressed", "false");
        assertThat(page.locator(".vote-counts"))
                .hasText(visitor.words("0 pour · 0 neutre · 1 contre", "0 for · 0 neutral · 1 against"));
        assertThat(page.locator(".receipt code")).not().hasText(receipt);

        visitor.button("Retirer mon vote", "Take my vote back").click();
        assertThat(choice(visitor, "Contre", "Against")).hasAttribute("aria-pressed", "false");
        assertThat(page.locator(".vote-counts"))
                .hasText(visitor.words("0 pour · 0 neutre · 0 contre", "0 for · 0 neutral · 0 against"));
        assertThat(votes(idea).path("against").asInt()).isZero();

        String words = "J’étais là quand on l’a promis. Numéro " + number + "!";
        visitor.field("Prendre part à la discussion", "Join the conversation").fill(words);
        visitor.button("Publier", "Publish").click();
        assertThat(visitor.status())
                .containsText(visitor.words("Votre commentaire est publié.", "Your comment is published."));
        assertThat(page.getByText(words)).isVisible();
        assertThat(page.getByText("Fabienne Lavoie " + number).last()).isVisible();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void anIdeaWithAMistakeIsToldAtTheFieldWithTheTextKeptAndIsThenPublished(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/");
        visitor.link(visitor.words("Proposer une idée", "Propose an idea"))
                .first()
                .click();
        Locator title = visitor.field("Votre idée en une phrase", "Your idea in one sentence");
        Locator need = visitor.field("Ce que vous avez remarqué", "What you noticed");
        Locator proposal = visitor.field("Ce qu’on pourrait faire", "What could be done");
        title.fill("Banc");
        need.fill("Rien où s’asseoir entre l’aréna et l’église, \"même\" pour <attendre> 5 minutes.");
        visitor.button("Publier mon idée", "Publish my idea").click();

        Locator summary = page.getByRole(AriaRole.ALERT);
        assertThat(summary).containsText(visitor.words("2 réponses sont à revoir", "2 answers need another look"));
        if (look.script()) {
            assertThat(summary).isFocused();
        }
        assertThat(title).hasValue("Banc");
        assertThat(title).hasAttribute("aria-invalid", "true");
        assertThat(title)
                .hasAccessibleDescription(Pattern.compile(
                        visitor.words("Il faut au moins 5 caractères", "At least 5 characters are needed")));
        assertThat(need).hasValue("Rien où s’asseoir entre l’aréna et l’église, \"même\" pour <attendre> 5 minutes.");
        assertThat(proposal)
                .hasAccessibleDescription(
                        Pattern.compile(visitor.words("Cette réponse est nécessaire", "This answer is needed")));
        summary.getByRole(AriaRole.LINK).first().click();
        assertThat(title).isFocused();

        title.fill("Un banc entre l’aréna et l’église");
        proposal.fill("Un banc de bois,\n\net un bac pour les mégots.");
        visitor.button("Publier mon idée", "Publish my idea").click();
        assertThat(visitor.status()).containsText(visitor.words("Votre idée est publiée.", "Your idea is published."));
        assertThat(visitor.heading("Un banc entre l’aréna et l’église", "Un banc entre l’aréna et l’église"))
                .isVisible();
        assertThat(page.getByText("\"même\" pour <attendre> 5 minutes")).isVisible();
        assertThat(path(page)).matches("/ideas/\\d+");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whatIsSentAfterTheSessionEndedIsKeptThroughSignIn(Look look) {
        Person person = api.newcomer();
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(person);
        visitor.go("/ideas/new");
        String title = "Une corde à linge commune, " + look;
        visitor.field("Votre idée en une phrase", "Your idea in one sentence").fill(title);
        visitor.field("Ce que vous avez remarqué", "What you noticed").fill("Les cours n’ont plus de soleil.");
        visitor.field("Ce qu’on pourrait faire", "What could be done").fill("Une corde au bout de la ruelle.");
        visitor.context().clearCookies();
        visitor.button("Publier mon idée", "Publish my idea").click();

        assertThat(visitor.heading("Il faut d’abord se connecter", "Please sign in first"))
                .isVisible();
        page.locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(visitor.words("Se connecter", "Sign in")))
                .click();
        visitor.signIn(person.email(), "pas la bonne phrase");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        visitor.signIn(person.email(), Api.PASSWORD);
        assertThat(page.getByText(title)).isVisible();
        assertThat(page.getByText("Les cours n’ont plus de soleil.")).isVisible();
        visitor.button("Confirmer et envoyer", "Confirm and send").click();
        assertThat(visitor.heading(title, title)).isVisible();
        assertThat(page.getByText("Une corde au bout de la ruelle.")).isVisible();
    }

    @ParameterizedTest
    @MethodSource("looksWithScript")
    void whatIsBeingWrittenIsKeptWhileItIsTypedAndFoundAgainAfterTheWindowWasClosed(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/ideas/new");
        String title = "Un arrosoir pour la ruelle, " + look;
        visitor.field("Votre idée en une phrase", "Your idea in one sentence").fill(title);
        visitor.field("Ce que vous avez remarqué", "What you noticed").fill("Les bacs sèchent dès le mois de juin.");
        assertThat(page.getByText(visitor.words("Brouillon enregistré,", "Draft saved,")))
                .isVisible();

        visitor.go("/");
        visitor.go("/ideas/new");
        visitor.link("Vous avez un brouillon. Le reprendre?", "You have a draft. Go on with it?")
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(title).setExact(true))
                .click();
        assertThat(visitor.field("Ce que vous avez remarqué", "What you noticed"))
                .hasValue("Les bacs sèchent dès le mois de juin.");
        visitor.field("Ce qu’on pourrait faire", "What could be done").fill("Un arrosoir attaché au robinet.");
        visitor.button("Publier mon idée", "Publish my idea").click();
        assertThat(visitor.heading(title, title)).isVisible();
        visitor.go("/ideas/drafts");
        assertThat(page.getByText(title)).not().isVisible();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whoWritesATitleIsShownWhatIsLikeItBeforePublishing(Look look) {
        String known = "Une serre commune derrière la caserne";
        api.idea(api.newcomer(), known);
        Waiting.await(() -> !api.get("/api/v1/ideas/similar?title=serres+communes+caserne")
                .expect(200)
                .json()
                .path("items")
                .isEmpty());
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.go("/ideas/new");
        visitor.field("Votre idée en une phrase", "Your idea in one sentence").fill("Serres communes a la caserne");
        if (!look.script()) {
            visitor.button("Chercher des idées semblables", "Look for similar ideas").click();
        }
        assertThat(page.locator(".similar").getByText(known).first()).isVisible();
        assertThat(visitor.field("Votre idée en une phrase", "Your idea in one sentence"))
                .hasValue("Serres communes a la caserne");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aVoteCastAfterTheSessionEndedIsKeptThroughSignIn(Look look) {
        Person person = api.newcomer();
        String idea = "/ideas/" + api.idea(api.newcomer(), "Une glissade au parc, " + look);
        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(person);
        visitor.go(idea);
        visitor.context().clearCookies();
        choice(visitor, "Neutre", "Neutral").click();
        assertThat(visitor.heading("Il faut d’abord se connecter", "Please sign in first"))
                .isVisible();
        visitor.page()
                .locator("main")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(visitor.words("Se connecter", "Sign in")))
                .click();
        visitor.signIn(person.email(), Api.PASSWORD);
        visitor.button("Confirmer et envoyer", "Confirm and send").click();
        assertChosen(choice(visitor, "Neutre", "Neutral"));
        assertThat(votes(idea).path("neutral").asInt()).isEqualTo(1);
        // the browser says that the vote sent by script was refused, and is then sent again the plain way
        visitor.complaints().removeIf(complaint -> complaint.contains("Response Status Error Code 401"));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aDoubleClickPublishesOneIdeaAndOneComment(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/ideas/new");
        String title = "Un seul abreuvoir " + PEOPLE.incrementAndGet() + " " + look;
        visitor.field("Votre idée en une phrase", "Your idea in one sentence").fill(title);
        visitor.field("Ce que vous avez remarqué", "What you noticed").fill("Les chiens ont soif en juillet.");
        visitor.field("Ce qu’on pourrait faire", "What could be done").fill("Un abreuvoir près du terrain.");
        visitor.button("Publier mon idée", "Publish my idea").dblclick();
        assertThat(visitor.heading(title, title)).isVisible();
        assertThat(visitor.status()).containsText(visitor.words("Votre idée est publiée.", "Your idea is published."));
        String idea = path(page);

        visitor.field("Prendre part à la discussion", "Join the conversation").fill("Le mien boit comme un trou.");
        visitor.button("Publier", "Publish").dblclick();
        assertThat(visitor.status())
                .containsText(visitor.words("Votre commentaire est publié.", "Your comment is published."));
        assertThat(api.get("/api/v1" + idea + "/comments").expect(200).json().path("items"))
                .hasSize(1);
        int same = 0;
        for (JsonNode card :
                api.get("/api/v1/ideas?limit=20").expect(200).json().path("items")) {
            same += card.path("title").asText().equals(title) ? 1 : 0;
        }
        assertThat(same).isEqualTo(1);
    }

    /** What a slow network makes of a double click; a fast browser drops the first of the two before it has left. */
    @ParameterizedTest
    @MethodSource("looksWithScript")
    void aFormThatArrivesFiveTimesAtOncePublishesOneIdeaAndAnswersAllTheSame(Look look) {
        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(api.newcomer());
        visitor.go("/ideas/new");
        String title = "Une seule patinoire " + PEOPLE.incrementAndGet() + " " + look;
        visitor.field("Votre idée en une phrase", "Your idea in one sentence").fill(title);
        visitor.field("Ce que vous avez remarqué", "What you noticed").fill("La rivière ne gèle plus.");
        visitor.field("Ce qu’on pourrait faire", "What could be done").fill("Un anneau au parc.");
        Object answers = visitor.page().evaluate("""
                        async () => {
                          const form = document.querySelector('main form');
                          const send = () => fetch(form.action, {method: 'post', body: new URLSearchParams(new FormData(form))});
                          const answers = await Promise.all([send(), send(), send(), send(), send()]);
                          return [...new Set(answers.map(answer => answer.status + ' ' + new URL(answer.url).pathname))];
                        }
                        """);
        assertThat((java.util.List<?>) answers).hasSize(1);
        assertThat(String.valueOf(answers)).matches("\\[200 /ideas/\\d+]");
        int same = 0;
        for (JsonNode card :
                api.get("/api/v1/ideas?limit=20").expect(200).json().path("items")) {
            same += card.path("title").asText().equals(title) ? 1 : 0;
        }
        assertThat(same).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theKeyboardAloneReachesAnIdeaAndCastsAVote(Look look) {
        String title = "Des bacs à fleurs au coin, " + look;
        String idea = "/ideas/" + api.idea(api.newcomer(), title);
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/ideas");
        page.keyboard().press("Tab");
        Locator skip = visitor.link("Aller au contenu", "Skip to content");
        assertThat(skip).isFocused();
        assertThat(skip).isInViewport();
        page.keyboard().press("Enter");
        tabTo(page, page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(title)));
        page.keyboard().press("Enter");
        assertThat(visitor.heading(title, title)).isVisible();
        tabTo(page, choice(visitor, "Pour", "For"));
        assertThat(choice(visitor, "Pour", "For")).isInViewport();
        page.keyboard().press("Enter");
        assertChosen(choice(visitor, "Pour", "For"));
        if (look.script()) {
            // the box was exchanged, and the focus is where it was
            assertThat(choice(visitor, "Pour", "For")).isFocused();
        }
        assertThat(votes(idea).path("for").asInt()).isEqualTo(1);
    }

    private static void tabTo(Page page, Locator wanted) {
        for (int i = 0; i < 80; i++) {
            page.keyboard().press("Tab");
            if ((Boolean) wanted.evaluate("e => e === document.activeElement")) {
                return;
            }
        }
        throw new AssertionError("not reached by the keyboard: " + wanted);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theOtherLanguageShowsTheSamePageAndStays(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.go("/ideas?q=velo&sort=popular");
        assertThat(page.locator("html")).hasAttribute("lang", look.language());
        page.locator(".lang").click();
        String other = look.french() ? "en" : "fr";
        assertThat(page.locator("html")).hasAttribute("lang", other);
        assertThat(page).hasURL(Pattern.compile("/ideas\\?q=velo&sort=popular&lang=" + other + "$"));
        assertThat(page.locator("#q")).hasValue("velo");
        assertThat(page.locator(".cards a").first()).isVisible();
        visitor.go("/neighbourhoods");
        assertThat(page.locator("html")).hasAttribute("lang", other);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theOtherLanguageLeadsBackToTheFormWithAMistake(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.go("/members/sign-in");
        visitor.signIn("", "");
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.locator(".lang").click();
        assertThat(page.locator("html")).hasAttribute("lang", look.french() ? "en" : "fr");
        assertThat(path(page)).isEqualTo("/members/sign-in");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void anAdministratorImportsAConsultationAndSeesWhatCameOfIt(Look look) throws IOException {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        visitor.link("Importer", "Import").click();
        assertThat(page.locator("nav [aria-current]")).hasText(visitor.words("Importer", "Import"));
        visitor.button("Importer", "Import").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        visitor.field("Fichier des propositions", "File of the proposals")
                .setInputFiles(new FilePayload(
                        "propositions.csv", "text/csv", Consultation.ours().proposals()));
        visitor.field("Fichier des commentaires", "File of the comments")
                .setInputFiles(new FilePayload(
                        "commentaires.csv", "text/csv", Consultation.ours().comments()));
        visitor.button("Importer", "Import").click();
        assertThat(page).hasURL(Pattern.compile("/ideas/imports/\\d+$"));
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        Locator done = page.getByLabel(visitor.words("Terminée", "Done"), new Page.GetByLabelOptions().setExact(true));
        if (look.script()) {
            // by itself
            assertThat(done).isVisible();
        } else {
            for (int i = 0; i < 60 && visitor.link("Actualiser", "Refresh").isVisible(); i++) {
                visitor.link("Actualiser", "Refresh").click();
            }
            assertThat(done).isVisible();
        }
        assertThat(visitor.status()).containsText(visitor.words("8 lignes lues sur 8", "8 of 8 rows read"));
        assertThat(page.getByRole(AriaRole.ROW)).hasCount(3);
        assertThat(page.getByRole(AriaRole.ROW).nth(1))
                .containsText(visitor.words("« beaucoup » n’est pas un nombre.", "“beaucoup” is not a number."));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aFileThatIsNoConsultationIsRefusedAtTheField(Look look) {
        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        visitor.go("/ideas/imports");
        Locator file = visitor.field("Fichier des propositions", "File of the proposals");
        file.setInputFiles(new FilePayload(
                "vieux.csv", "text/csv", "id;title;body\n1;Été;À l’étang\n".getBytes(StandardCharsets.ISO_8859_1)));
        visitor.button("Importer", "Import").click();
        assertThat(file).hasAccessibleDescription(Pattern.compile("UTF-8"));
        assertThat(visitor.page().getByRole(AriaRole.ALERT)).isVisible();
    }

    @ParameterizedTest
    @MethodSource("looksWithScript")
    void theRestOfALongListIsShownOnTheSamePage(Look look) {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.go("/ideas");
        Locator cards = page.locator(".idea-card");
        assertThat(cards.first()).isVisible();
        int shown = cards.count();
        visitor.link("Afficher la suite", "Show more").click();
        assertThat(cards.nth(shown)).isVisible();
        assertThat(path(page)).isEqualTo("/ideas");
    }
}
