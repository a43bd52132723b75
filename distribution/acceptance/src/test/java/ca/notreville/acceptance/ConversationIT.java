// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do in a discussion, and what moderators do about it. */
@ExtendWith(Acceptance.class)
class ConversationIT {

    private final Api api;
    private final Browsers browsers;

    ConversationIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of("fr", "en")
                .flatMap(language ->
                        Stream.of(Look.phone(language), Look.phone(language).script(false)));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aCommentIsPreviewedPublishedChangedAnsweredFoundUsefulAndTakenBack(Look look) {
        Person author = api.newcomer();
        String idea = api.idea(author, "Un banc de plus, " + look);
        Visitor writer = browsers.visitor(look);
        writer.signInAs(api.newcomer());
        Page page = writer.page();

        writer.go("/ideas/" + idea);
        writer.field("Prendre part à la discussion", "Join the conversation").fill("C’est **bien** vu.");
        writer.page().locator("#stance").selectOption("for");
        writer.button("Aperçu", "Preview").click();
        assertThat(page.locator(".preview strong")).hasText("bien");
        writer.button("Publier", "Publish").click();
        assertThat(writer.status())
                .containsText(writer.words("Votre commentaire est publié.", "Your comment is published."));
        assertThat(page.locator(".comment .prose strong")).hasText("bien");
        assertThat(page.locator(".comment .stance")).hasText(writer.words("Pour", "For"));

        writer.link("Modifier", "Edit").click();
        writer.field("Votre commentaire", "Your comment").fill("C’est très bien vu.");
        writer.button("Enregistrer", "Save").click();
        assertThat(page.locator(".comment .prose")).hasText("C’est très bien vu.");
        assertThat(page.locator(".comment .edited")).hasText(writer.words("modifié", "edited"));

        Visitor reader = browsers.visitor(look);
        reader.signInAs(author);
        reader.go("/ideas/" + idea);
        Locator useful = reader.page().locator("button.useful");
        useful.click();
        assertThat(useful).hasAttribute("aria-pressed", "true");
        reader.link("Répondre", "Answer").click();
        reader.field("Votre réponse", "Your answer").fill("Merci!");
        reader.button("Publier la réponse", "Publish the answer").click();
        assertThat(reader.page().locator(".comment.d1 .voice"))
                .hasText(reader.words("Responsable de l’initiative", "Answers for the initiative"));

        writer.go("/ideas/" + idea);
        writer.link("Modifier", "Edit").click();
        writer.button("Supprimer", "Delete").click();
        assertThat(page.locator(".comment-gone"))
                .hasText(writer.words("La personne a supprimé ce commentaire.", "Its author deleted this comment."));
        assertThat(page.locator(".comment.d1 .prose")).hasText("Merci!");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aReportedCommentIsHiddenAndItsAuthorAppeals(Look look) {
        String idea = api.idea(api.newcomer(), "Un abri de plus, " + look);
        Person author = api.newcomer();
        String said = api.post("/api/v1/ideas/" + idea + "/comments")
                .as(author.token())
                .with(Map.of("body", "Une parole de trop, " + look))
                .expect(201)
                .json()
                .path("id")
                .asText();
        Visitor reader = browsers.visitor(look);
        reader.signInAs(api.newcomer());

        reader.go("/reports/new?item=comment:" + said);
        reader.field("Insulte ou harcèlement", "Insult or harassment").check();
        reader.button("Envoyer le signalement", "Send the report").click();
        assertThat(reader.status())
                .containsText(
                        reader.words("Merci. La modération va regarder.", "Thank you. A moderator will have a look."));

        Visitor moderator = browsers.visitor(look);
        moderator.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        moderator.go("/admin/moderation");
        moderator.link("Une parole de trop, " + look).click();
        String number = moderator.page().url().replaceFirst(".*/", "");
        moderator.page().locator("input[name=decision][value=hide]").check();
        moderator.button("Décider", "Decide").click();
        assertThat(moderator.page().locator(".error-summary")).isVisible();
        moderator.page().locator("textarea[name=reason]").fill("C’est blessant pour une personne.");
        moderator.button("Décider", "Decide").click();
        assertThat(moderator.status()).containsText(moderator.words("C’est décidé.", "It is decided."));
        api.get("/api/v1/comments/" + said).refused(404, "not-found");

        Visitor told = browsers.visitor(look);
        told.signInAs(author);
        told.go("/moderation/cases/" + number);
        assertThat(told.page().getByText("C’est blessant pour une personne.")).isVisible();
        told.field("Votre réponse", "Your answer").fill("Je ne visais personne en particulier.");
        told.button("Demander une révision", "Ask for a review").click();
        assertThat(told.page().locator(".notice.quiet").last()).isVisible();
    }

    @Test
    void aBlockedWordIsHeldAndMarkdownIsSafeOverRest() {
        String idea = api.idea(api.newcomer(), "Une fontaine de plus");
        Person author = api.newcomer();
        JsonNode held = api.post("/api/v1/comments")
                .as(author.token())
                .with(Map.of("initiative", "idea:" + idea, "body", "Espèce de c0nn@rd"))
                .expect(201)
                .json();
        JsonNode shown = api.post("/api/v1/comments")
                .as(author.token())
                .with(Map.of("initiative", "idea:" + idea, "body", "<script>alert(1)</script> **gras**"))
                .expect(201)
                .json();

        assertThat(held.path("state").asText()).isEqualTo("held");
        assertThat(shown.path("html").asText()).doesNotContain("<script").contains("<strong>gras</strong>");
        assertThat(api.get("/api/v1/comments?initiative=idea:" + idea)
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
    }
}
