// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A way past every page of the sample town, in each state that people see it in. */
final class Tour {

    private Tour() {}

    /**
     * A page.
     *
     * @param administrator whether it is only for an administrator; else it is seen as {@code member} says
     */
    record Stop(String name, boolean member, boolean administrator, Consumer<Visitor> way) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stop open(String name, String path) {
        return new Stop(name, false, false, visitor -> visitor.go(path));
    }

    private static Stop asMember(String name, Consumer<Visitor> way) {
        return new Stop(name, true, false, way);
    }

    private static Stop asAdministrator(String name, String path) {
        return new Stop(name, false, true, visitor -> visitor.go(path));
    }

    /**
     * @param importId id of an import that refused some rows
     */
    static List<Stop> stops(Api api, String importId) {
        JsonNode discussed = api.get("/api/v1/ideas?sort=trending&limit=1")
                .expect(200)
                .json()
                .at("/items/0");
        String idea = "/ideas/" + discussed.path("id").asText();
        String closed = "/ideas/"
                + api.get("/api/v1/ideas?state=accepted&limit=1")
                        .expect(200)
                        .json()
                        .at("/items/0/id")
                        .asText();
        String reviewed = api.get("/api/v1/ideas?state=under_review&limit=1")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        String organisation = api.get("/api/v1/organisations?limit=1")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        String author = discussed.at("/author/id").asText();
        return List.of(
                open("home", "/"),
                open("ideas", "/ideas"),
                open("ideas-filtered", "/ideas?category=environment&sort=popular"),
                open("ideas-found", "/ideas?q=velo"),
                open("ideas-nothing-found", "/ideas?q=zzzz"),
                open("idea", idea),
                open("idea-closed", closed),
                asMember("idea-voted", visitor -> {
                    visitor.go(idea);
                    visitor.button("Pour", "For").click();
                    assertThat(visitor.page().locator(".receipt")).isVisible();
                }),
                open("new-idea", "/ideas/new"),
                asMember("new-idea-errors", visitor -> {
                    visitor.go("/ideas/new");
                    visitor.field("Votre idée en une phrase", "Your idea in one sentence")
                            .fill("Banc");
                    visitor.button("Publier mon idée", "Publish my idea").click();
                    assertThat(visitor.page().locator(".error-summary")).isVisible();
                }),
                new Stop("new-idea-similar", false, false, visitor -> {
                    visitor.go("/ideas/new?title=Rouvrir+le+cin%C3%A9ma+Le+Lumignon");
                    assertThat(visitor.page().locator(".similar li").first()).isVisible();
                }),
                asMember("new-idea-draft", visitor -> {
                    visitor.go("/ideas/new");
                    visitor.field("Votre idée en une phrase", "Your idea in one sentence")
                            .fill("Des bancs");
                    visitor.button("Enregistrer le brouillon", "Save the draft").click();
                    assertThat(visitor.page().locator(".cases li").first()).isVisible();
                }),
                open("sign-up", "/members/sign-up"),
                new Stop("sign-up-errors", false, false, visitor -> {
                    visitor.go("/members/sign-up");
                    visitor.button("Créer mon compte", "Create my account").click();
                    assertThat(visitor.page().locator(".error-summary")).isVisible();
                }),
                open("sign-in", "/members/sign-in"),
                new Stop("sign-in-errors", false, false, visitor -> {
                    visitor.go("/members/sign-in");
                    visitor.signIn("", "");
                    assertThat(visitor.page().locator(".error-summary")).isVisible();
                }),
                open("sign-in-first", "/members/me"),
                new Stop("sign-in-first-kept", false, false, visitor -> {
                    visitor.go(idea);
                    visitor.field("Prendre part à la discussion", "Join the conversation")
                            .fill("Je serais là tous les samedis, avec mes outils.");
                    visitor.button("Publier", "Publish").click();
                    assertThat(visitor.heading("Il faut d’abord se connecter", "Please sign in first"))
                            .isVisible();
                }),
                asMember("me", visitor -> visitor.go("/members/me")),
                asMember("account", visitor -> visitor.go("/members/account")),
                asMember("account-email", visitor -> visitor.go("/members/account/email")),
                asMember("account-password", visitor -> visitor.go("/members/account/password")),
                asMember("second-factor", visitor -> visitor.go("/members/account/second-factor")),
                asMember("tokens", visitor -> visitor.go("/members/account/tokens")),
                open("forgotten", "/members/forgotten"),
                open("counter-code", "/members/link"),
                asAdministrator("counter", "/admin/counter"),
                open("member", "/members/" + author),
                open("members", "/members"),
                open("organisations", "/organisations"),
                open("organisation", "/organisations/" + organisation),
                asMember("organisation-new", visitor -> visitor.go("/organisations/new")),
                asMember("profile", visitor -> visitor.go("/members/me/profile")),
                asMember("connections", visitor -> visitor.go("/members/me/connections")),
                asMember("messages", visitor -> visitor.go("/messages")),
                asMember("privacy", visitor -> visitor.go("/members/me/privacy")),
                asMember("verification", visitor -> visitor.go("/members/verification")),
                asMember("notifications", visitor -> visitor.go("/notifications")),
                asMember("following", visitor -> visitor.go("/following")),
                open("terms", "/terms"),
                open("search", "/search?q=velo"),
                open("map", "/map"),
                open("documents", "/documents?initiative=idea:" + idea.replaceFirst(".*/", "")),
                asAdministrator("calls", "/calls"),
                asAdministrator("administration", "/admin"),
                asAdministrator("permissions", "/admin/access"),
                asAdministrator("roles", "/admin/access/roles"),
                asAdministrator("audit", "/admin/audit"),
                asAdministrator("kinds", "/admin/profiles"),
                asAdministrator("skills", "/admin/profiles/skills"),
                asAdministrator("territory", "/admin/territory"),
                asAdministrator("residents", "/admin/verification"),
                asAdministrator("incidents", "/admin/privacy"),
                open("neighbourhoods", "/neighbourhoods"),
                open("neighbourhood", "/neighbourhoods/boise-des-pics"),
                open("report", "/reports/new?item=idea:" + idea.replaceFirst(".*/", "")),
                open("comments-best", "/comments?sort=best&initiative=idea:" + idea.replaceFirst(".*/", "")),
                open("moderation-numbers", "/moderation"),
                asAdministrator("moderation", "/admin/moderation"),
                asAdministrator("moderation-words", "/admin/moderation/words"),
                asAdministrator("ideas-awaiting", "/admin/ideas"),
                asAdministrator("idea-to-answer", "/admin/ideas/" + reviewed),
                asAdministrator("idea-answered", "/admin/ideas/" + closed.replaceFirst(".*/", "")),
                asAdministrator("idea-to-merge", "/admin/ideas/" + reviewed + "/merge?q=parc"),
                asAdministrator("imports", "/ideas/imports"),
                asAdministrator("import", "/ideas/imports/" + importId),
                asAdministrator("import-columns", "/ideas/imports/" + waitingImport(api) + "/columns"),
                open("budgets", "/budgets"),
                open("budgets-rules", "/budgets/rules"),
                open("budget-decided", "/budgets/" + budget(api, "decided")),
                open("budget-compared", "/budgets/" + budget(api, "decided") + "?rule=most-votes"),
                asMember("budget-voting", visitor -> visitor.go("/budgets/" + budget(api, "voting"))),
                open("budget-announced", "/budgets/" + budget(api, "announced")),
                asAdministrator("admin-budgets", "/admin/budgets"),
                asAdministrator("admin-budget-new", "/admin/budgets/new"),
                asAdministrator("admin-budget", "/admin/budgets/" + budget(api, "announced")),
                asAdministrator("admin-budget-edit", "/admin/budgets/" + budget(api, "announced") + "/edit"),
                asAdministrator("admin-budgets-import", "/admin/budgets/import"),
                asMember("forbidden", visitor -> visitor.go("/ideas/imports")),
                open("not-found", "/nulle-part"));
    }

    /** Id of an import whose columns nobody has told yet. */
    private static String waitingImport(Api api) {
        byte[] file =
                "Sujet de la carte;Texte;Secteur\nUn quai;Pour les canots.;Rive\n".getBytes(StandardCharsets.UTF_8);
        return api.post("/api/v1/ideas/imports?ask=true")
                .as(api.administrator())
                .files(Map.of("file", file))
                .expect(202)
                .json()
                .path("id")
                .asText();
    }

    private static String budget(Api api, String phase) {
        for (JsonNode budget :
                api.get("/api/v1/budgets?limit=100").expect(200).json().path("items")) {
            if (budget.path("phase").asText().equals(phase)) {
                return budget.path("id").asText();
            }
        }
        throw new AssertionError("no budget of the sample town is " + phase);
    }
}
