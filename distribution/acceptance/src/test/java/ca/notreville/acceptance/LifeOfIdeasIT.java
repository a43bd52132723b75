// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a vote to the municipality's answer, and what happens to duplicates. */
@ExtendWith(Acceptance.class)
class LifeOfIdeasIT {

    private final Api api;
    private final Browsers browsers;

    LifeOfIdeasIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr"), Look.phone("en").script(false));
    }

    private void vote(Person voter, String idea, String choice) {
        api.put("/api/v1/ideas/" + idea + "/vote")
                .as(voter.token())
                .with(Map.of("choice", choice))
                .expect(200);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void staffReviewAndAnswerAnIdeaItsVotersAreToldAndAColleagueWhoAnsweredTooKeepsWhatSheTyped(Look look) {
        Person author = api.newcomer();
        Person voter = api.newcomer();
        String title = "Une fontaine pour " + author.name();
        String idea = api.idea(author, title);
        vote(voter, idea, "for");
        Visitor staff = browsers.visitor(look);
        staff.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        staff.go("/ideas/" + idea);
        staff.link("Répondre ou changer l’étape", "Answer or change the stage").click();
        staff.button("Mettre à l’étude", "Take under review").click();
        assertThat(staff.page().locator("h1")).hasText(title);
        api.put("/api/v1/ideas/" + idea + "/vote")
                .as(voter.token())
                .with(Map.of("choice", "against"))
                .refused(409, "ideas.voting-closed");

        Visitor colleague = browsers.visitor(look);
        colleague.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        colleague.go("/admin/ideas");
        colleague.link(title).click();

        staff.page().locator("input[value=accepted]").check();
        staff.field("Vos raisons", "Your reasons").fill("L’eau passe déjà sous la place.");
        staff.button("Publier la réponse", "Publish the answer").click();
        assertThat(staff.page().locator(".error-summary")).isVisible();
        assertThat(staff.field("Vos raisons", "Your reasons")).hasValue("L’eau passe déjà sous la place.");
        staff.field("Coût prévu, en dollars", "Expected cost, in dollars").fill("12 500");
        staff.page().locator("input[name=plannedOn]").fill("2027-05-31");
        staff.button("Publier la réponse", "Publish the answer").click();
        assertThat(staff.page().locator(".official h2"))
                .hasText(staff.words("La Ville retient cette idée", "The municipality accepts this idea"));

        colleague.page().locator("input[value=declined]").check();
        colleague.field("Vos raisons", "Your reasons").fill("La place est trop petite.");
        colleague.button("Publier la réponse", "Publish the answer").click();
        assertThat(colleague.page().locator(".error-summary"))
                .containsText(colleague.words("Rien n’est perdu", "Nothing is lost"));
        assertThat(colleague.field("Vos raisons", "Your reasons")).hasValue("La place est trop petite.");
        assertThat(Accessibility.faults(colleague)).isEmpty();

        Waiting.awaitNews(api, voter);
        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(voter);
        visitor.go("/notifications");
        visitor.go("/ideas/" + idea);
        assertThat(visitor.page().locator(".official")).containsText("L’eau passe déjà sous la place.");
        assertThat(visitor.page().locator(".official-facts")).containsText(visitor.words("500 $", "$12,500"));
        assertThat(visitor.page().locator(".life-point")).hasCount(3);
        assertThat(Accessibility.faults(visitor)).isEmpty();
        if (look.script()) {
            assertThat(Accessibility.faultsInTheDark(visitor)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aDuplicateIsMergedReadersAreLedToTheOtherIdeaAndItIsUndone(Look look) {
        Person author = api.newcomer();
        Person both = api.newcomer();
        String word = "Zircon" + author.id();
        String source = api.idea(author, "Un banc nommé " + word);
        String target = api.idea(author, "Des bancs nommés " + word);
        vote(author, source, "for");
        vote(both, source, "for");
        vote(both, target, "against");
        Visitor staff = browsers.visitor(look);
        staff.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        staff.go("/admin/ideas/" + source + "/merge?into=" + target);
        assertThat(Accessibility.faults(staff)).isEmpty();
        staff.button("Fusionner", "Merge").click();
        assertThat(staff.page()
                        .getByText(staff.words("1 vote a suivi", "1 vote went along"))
                        .first())
                .isVisible();

        Visitor reader = browsers.visitor(look);
        reader.go("/ideas/" + source);
        assertThat(reader.page().locator("h1")).hasText("Des bancs nommés " + word);
        assertThat(reader.page().locator(".notice").first()).containsText("Un banc nommé " + word);
        assertThat(tally(target)).isEqualTo("1/0/1");
        assertThat(Accessibility.faults(reader)).isEmpty();
        reader.page().locator(".joined a").first().click();
        assertThat(reader.page().locator("h1")).hasText("Un banc nommé " + word);
        api.put("/api/v1/ideas/" + source + "/vote")
                .as(both.token())
                .with(Map.of("choice", "for"))
                .refused(409, "ideas.merged");

        staff.go("/admin/ideas/" + source);
        staff.button("Annuler la fusion", "Undo the merge").click();
        assertThat(staff.page().locator(".tag.state").first())
                .hasText(staff.words("Ouverte au vote", "Open for votes"));
        assertThat(tally(source)).isEqualTo("2/0/0");
        assertThat(tally(target)).isEqualTo("0/0/1");
        reader.go("/ideas/" + source);
        assertThat(reader.page().locator("h1")).hasText("Un banc nommé " + word);
        assertThat(reader.page().locator(".life-point")).hasCount(3);
    }

    private String tally(String idea) {
        JsonNode votes = api.get("/api/v1/ideas/" + idea).expect(200).json().path("votes");
        return votes.path("for").asInt() + "/" + votes.path("neutral").asInt() + "/"
                + votes.path("against").asInt();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void anAuthorWithdrawsAnIdeaForGood(Look look) {
        Person author = api.newcomer();
        String idea = api.idea(author, "Une idée retirée par " + author.name());
        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(author);
        visitor.go("/ideas/" + idea);
        visitor.link("Retirer mon idée", "Withdraw my idea").click();
        assertThat(Accessibility.faults(visitor)).isEmpty();
        visitor.field("Pourquoi la retirez-vous?", "Why do you withdraw it?").fill("Elle est déjà faite.");
        visitor.button("Retirer mon idée", "Withdraw my idea").click();
        assertThat(visitor.page().locator(".life-point").last()).containsText("Elle est déjà faite.");
        assertThat(visitor.heading("Cette idée a été retirée", "This idea was withdrawn"))
                .isVisible();
        assertThat(Accessibility.faults(visitor)).isEmpty();
        api.put("/api/v1/ideas/" + idea + "/vote")
                .as(author.token())
                .with(Map.of("choice", "for"))
                .refused(409, "ideas.withdrawn");
    }

    @Test
    void aProgramDoesAllOfItOverRest() {
        Person author = api.newcomer();
        String token = api.administrator();
        String idea = api.idea(author, "Une idée pour les programmes");
        String life = "/api/v1/ideas/" + idea + "/life";
        assertThat(api.get(life).expect(200).json().path("steps")).hasSize(1);
        api.put(life + "/answer")
                .as(token)
                .with(Map.of("outcome", "declined", "reason", "Pas maintenant, merci."))
                .refused(409, "ideas.step-refused");
        api.post(life).as(token).with(Map.of("to", "published!")).invalid(Map.of("to", "not-one-of"));
        JsonNode reviewed = api.post(life)
                .as(token)
                .with(Map.of("to", "under_review", "step", 0))
                .expect(200)
                .json();
        assertThat(reviewed.path("step").asInt()).isEqualTo(1);
        assertThat(reviewed.path("possible").toString()).contains("accepted", "declined", "published", "merged");
        assertThat(api.get("/api/v1/ideas/awaiting?limit=100")
                        .as(token)
                        .expect(200)
                        .text())
                .contains(idea);
        api.put(life + "/answer")
                .as(token)
                .with(Map.of("outcome", "accepted", "reason", "court"))
                .invalid(Map.of("reason", "too-short", "cost", "required", "plannedOn", "required"));
        JsonNode answered = api.put(life + "/answer")
                .as(token)
                .with(Map.of(
                        "outcome",
                        "accepted",
                        "reason",
                        "Bonne idée, faite en mai.",
                        "cost",
                        1250000,
                        "plannedOn",
                        "2027-05-31"))
                .expect(200)
                .json();
        assertThat(answered.at("/steps/2/cost").asLong()).isEqualTo(1250000);
        assertThat(answered.at("/steps/2/plannedOn").asText()).isEqualTo("2027-05-31");
        api.put(life + "/answer")
                .as(token)
                .with(Map.of("outcome", "declined", "reason", "Pas maintenant, merci.", "step", 1))
                .refused(409, "ideas.moved-on");
        api.post(life + "/withdrawal").as(author.token()).with(Map.of()).refused(409, "ideas.step-refused");
        api.put(life + "/merge").as(token).with(Map.of("into", idea)).invalid(Map.of("into", "ideas.merge-same"));
        api.delete(life + "/merge").as(token).refused(409, "ideas.moved-on");
        api.post(life).as(token).with(Map.of("to", "taken_up")).expect(200);
        assertThat(api.get("/api/v1/ideas/" + idea)
                        .expect(200)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("taken_up");
    }
}
