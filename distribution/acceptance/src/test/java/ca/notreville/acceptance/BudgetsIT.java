// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A budget from its draft to the ballot, and an election of elsewhere from its file to the reasons of its result. */
@ExtendWith(Acceptance.class)
class BudgetsIT {

    private final Api api;
    private final Browsers browsers;

    BudgetsIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr"), Look.phone("en").script(false));
    }

    private static Map<String, String> draft(String title, String ballot) {
        Map<String, String> draft = new LinkedHashMap<>();
        draft.put("title", title);
        draft.put("amount", "1 000");
        draft.put("ballot", ballot);
        draft.put("rule", "equal-shares");
        draft.put("points", ballot.equals("points") ? "10" : "");
        draft.put("maxLength", "2");
        draft.put("opensAt", Instant.now().minus(1, ChronoUnit.HOURS).toString());
        draft.put("closesAt", Instant.now().plus(1, ChronoUnit.DAYS).toString());
        return draft;
    }

    /** Published and open, with projects of these costs. */
    private String open(String title, String ballot, String... costs) {
        String token = api.administrator();
        String id = api.post("/api/v1/budgets")
                .as(token)
                .with(draft(title, ballot))
                .expect(201)
                .json()
                .path("id")
                .asText();
        for (String cost : costs) {
            api.post("/api/v1/budgets/" + id + "/projects")
                    .as(token)
                    .with(Map.of("title", "Projet à " + cost, "description", "Ce qui sera fait.", "cost", cost))
                    .expect(201);
        }
        api.post("/api/v1/budgets/" + id + "/publication").as(token).expect(200);
        return id;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aMemberFillsInABallotIsToldWhatIsWrongChangesItAndTakesItBack(Look look) {
        String id = open("Un budget en " + look.language(), "knapsack", "600", "500", "300");
        Visitor member = browsers.visitor(look);
        member.signInAs(api.newcomer());
        Page page = member.page();
        member.go("/budgets");
        member.link("Un budget en " + look.language()).first().click();

        page.locator("label.pick-head").nth(0).click();
        page.locator("label.pick-head").nth(1).click();
        member.button("Déposer mon bulletin", "Cast my ballot").click();
        assertThat(page.locator(".error-summary")).containsText("1100");
        assertThat(page.locator("input[type=checkbox]").nth(1)).isChecked();
        Accessibility.assertAccessible(member);

        page.locator("label.pick-head").nth(1).click();
        page.locator("label.pick-head").nth(2).click();
        member.button("Déposer mon bulletin", "Cast my ballot").click();
        assertThat(member.status().first())
                .containsText(member.words("Votre bulletin est compté. Merci!", "Your ballot is counted. Thank you!"));
        assertThat(api.get("/api/v1/budgets/" + id)
                        .expect(200)
                        .json()
                        .path("ballots")
                        .asInt())
                .isEqualTo(1);
        Accessibility.assertAccessible(member);

        page.locator("label.pick-head").nth(2).click();
        member.button("Remplacer mon bulletin", "Replace my ballot").click();
        assertThat(page.locator("input[type=checkbox]:checked")).hasCount(1);
        member.button("Retirer mon bulletin", "Take my ballot back").click();
        assertThat(page.locator("input[type=checkbox]:checked")).hasCount(0);
        assertThat(api.get("/api/v1/budgets/" + id)
                        .expect(200)
                        .json()
                        .path("ballots")
                        .asInt())
                .isZero();
    }

    @Test
    void pointsAreDealtOverRestAndWhatIsWrongIsNamed() {
        String id = open("Des points", "points", "600", "500", "300");
        String ballot = "/api/v1/budgets/" + id + "/ballot";
        Person person = api.newcomer();
        JsonNode projects = api.get("/api/v1/budgets/" + id + "/projects")
                .expect(200)
                .json()
                .path("items");
        String first = projects.at("/0/id").asText();

        api.put(ballot)
                .as(person.token())
                .with(Map.of("marks", List.of(Map.of("project", first, "points", 11))))
                .expect(422);
        api.put(ballot).as(person.token()).with(Map.of()).invalid(Map.of("projects", "budgets.too-few"));
        api.put(ballot)
                .as(person.token())
                .with(Map.of("marks", List.of(Map.of("project", first, "points", 7))))
                .expect(200);
        assertThat(api.get(ballot)
                        .as(person.token())
                        .expect(200)
                        .json()
                        .at("/marks/0/points")
                        .asInt())
                .isEqualTo(7);
        api.get("/api/v1/budgets/" + id + "/result").refused(404, "budgets.no-result");
        api.post("/api/v1/budgets/" + id + "/projects")
                .as(api.administrator())
                .with(Map.of("title", "Trop tard", "cost", "1"))
                .refused(409, "budgets.begun");
        api.delete(ballot).as(person.token()).expect(204);
        api.delete(ballot).as(person.token()).expect(204);
        api.post("/api/v1/budgets")
                .as(person.token())
                .with(draft("Rien à moi", "points"))
                .expect(403);
    }

    @Test
    void anElectionOfElsewhereIsLookedAtBroughtInAndSaysWhyEachProjectWonOrNot() {
        Look look = Look.phone("fr");
        Visitor administrator = browsers.visitor(look);
        administrator.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        Page page = administrator.page();
        FilePayload file = new FilePayload("ailleurs.pb", "text/plain", """
                META
                key;value
                unit;Ailleurs
                instance;2022
                budget;1000
                vote_type;approval
                rule;greedy
                date_begin;2022
                date_end;2022
                PROJECTS
                project_id;cost;name;votes
                a;600;Un banc;2
                b;500;Une fontaine;2
                c;300;Trois cloches;1
                VOTES
                voter_id;vote
                1;a,b
                2;b,a
                3;c
                4;zz
                """.getBytes(StandardCharsets.UTF_8));

        administrator.go("/admin/budgets/import");
        page.setInputFiles("input[type=file]", file);
        administrator.button("Regarder d’abord", "Look first").click();
        assertThat(page.locator("td.reason").first()).hasText("Ce projet n’est pas dans la liste (zz).");
        assertThat(page.locator("td.n").first()).hasText("20");
        Accessibility.assertAccessible(administrator);
        page.setInputFiles("input[type=file]", file);
        administrator.button("Importer", "Import").click();
        administrator.link("Voir le budget", "See the budget").click();

        assertThat(page.locator(".verdict.won h4")).hasText(new String[] {"Un banc", "Trois cloches"});
        assertThat(page.locator(".verdict.lost .verdict-why"))
                .hasText("2 votes. À son tour, il ne restait que 400\u00a0$. Il en manquait 100\u00a0$.");
        Accessibility.assertAccessible(administrator);
        String id = page.url().replaceFirst("^.*/budgets/([0-9]+).*$", "$1");
        JsonNode result =
                api.get("/api/v1/budgets/" + id + "/result").expect(200).json();
        assertThat(result.at("/verdicts/0/selected").asBoolean()).isTrue();
        assertThat(result.at("/spent/amount").asLong()).isEqualTo(90_000);
        String text = page.request()
                .get(page.url().replaceFirst("[?#].*", "") + "/file")
                .text();
        assertThat(text).startsWith("META\nkey;value\n").contains("\nVOTES\n");
    }

    @Test
    void staffMakeABudgetAddItsProjectsAndPublishIt() {
        Visitor administrator = browsers.visitor(Look.phone("fr"));
        administrator.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        Page page = administrator.page();
        administrator.go("/admin/budgets/new");
        administrator.button("Enregistrer", "Save").click();
        assertThat(page.locator(".error-summary")).isVisible();
        Accessibility.assertAccessible(administrator);
        page.locator("#title").fill("Budget des ruelles");
        page.locator("#amount").fill("50 000 $");
        page.locator("#opensAt").fill("2030-05-01T09:00");
        page.locator("#closesAt").fill("2030-05-15T21:00");
        administrator.button("Enregistrer", "Save").click();

        assertThat(administrator.heading("Budget des ruelles", "")).isVisible();
        page.locator("#title").fill("Ruelle blanche");
        page.locator("#cost").fill("9500");
        administrator.button("Ajouter le projet", "Add the project").click();
        assertThat(page.locator("ol.rows")).containsText("Ruelle blanche");
        Accessibility.assertAccessible(administrator);
        administrator.button("Publier", "Publish").click();
        assertThat(administrator.status().first()).containsText("Le budget est publié.");
        administrator.link("Voir la page", "See the page").click();
        assertThat(page.locator(".budget-head .tag").first()).hasText("À venir");
        Accessibility.assertAccessible(administrator);
    }
}
