// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ideas come from anybody's spreadsheet, and leave in a form that can be brought in again. */
@ExtendWith(Acceptance.class)
class ExchangeIT {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSpreadsheetOfUnknownColumnsIsTriedFirstAndThenImportedForReal(boolean script, Browsers browsers, Api api) {
        String place = script ? "zibeline" : "quetzal";
        Visitor visitor = browsers.visitor(Look.phone("fr").script(script));
        Page page = visitor.page();
        visitor.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        visitor.go("/ideas/imports");
        byte[] file = ("Numéro;Sujet de la carte;Texte\r\n1;Repeindre le " + place
                        + ";Il s’écaille depuis l’été.\r\n2;Sans texte;\r\n")
                .getBytes(Charset.forName("windows-1252"));
        visitor.field("Fichier des idées", "File of ideas")
                .setInputFiles(new FilePayload("sondage.csv", "text/csv", file));
        visitor.button("Importer", "Import").click();

        assertThat(page).hasURL(Pattern.compile("/ideas/imports/\\d+/columns$"));
        Accessibility.assertAccessible(visitor);
        assertThat(page.getByRole(AriaRole.CELL).nth(1)).hasText("Repeindre le " + place);
        // guessed by its name
        assertThat(page.locator("#proposal")).hasValue("Texte");
        visitor.button("Lire le fichier", "Read the file").click();
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.locator("#title").selectOption("Sujet de la carte");
        page.locator("#id").selectOption("Numéro");
        page.locator("#name").fill("Sondage du " + place);
        page.locator("[name=dryRun]").check();
        visitor.button("Lire le fichier", "Read the file").click();

        assertThat(page).hasURL(Pattern.compile("/ideas/imports/\\d+$"));
        untilItIsDone(visitor, "Importer pour de bon");
        assertThat(page.getByRole(AriaRole.ROW).nth(1)).containsText("Texte");
        Accessibility.assertAccessible(visitor);
        assertThat(api.get("/api/v1/ideas?q=" + place).expect(200).json().path("items"))
                .isEmpty();
        visitor.button("Importer pour de bon", "Import for real").click();
        untilItIsDone(visitor, "Terminée");

        assertThat(api.get("/api/v1/ideas?q=repeindre+" + place)
                        .expect(200)
                        .json()
                        .at("/items/0/title")
                        .asText())
                .isEqualTo("Repeindre le " + place);
        visitor.go("/ideas/imports");
        assertThat(page.locator(".mappings").getByText("Sondage du " + place).first())
                .isVisible();
    }

    private static void untilItIsDone(Visitor visitor, String words) {
        Locator refresh = visitor.link("Actualiser", "Refresh");
        if (!visitor.look().script()) {
            for (int i = 0; i < 60 && refresh.isVisible(); i++) {
                refresh.click();
            }
        }
        assertThat(visitor.page().locator("#import")).containsText(words);
    }

    @Test
    void whatIsExportedFromThePageChangesNothingWhenItIsImported(Browsers browsers, Api api) throws IOException {
        api.idea(api.newcomer(), "=Un kiosque à musique près du quai");
        Visitor visitor = browsers.visitor(Look.desktop("fr"));
        Page page = visitor.page();
        visitor.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        visitor.go("/ideas/imports");
        byte[] ideas = download(page, "ideas?format=csv");
        byte[] comments = download(page, "comments?format=csv");
        assertThat(new String(ideas, StandardCharsets.UTF_8)).contains("'=Un kiosque à musique près du quai");

        String token = api.administrator();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("file", ideas);
        files.put("comments", comments);
        JsonNode known = api.bringIn(token, files);

        assertThat(known.path("total").asInt()).isPositive();
        assertThat(known.path("unchanged").asInt())
                .isEqualTo(known.path("total").asInt());
    }

    private static byte[] download(Page page, String what) throws IOException {
        Download download = page.waitForDownload(
                () -> page.locator("a[href$='" + what + "']").click());
        return Files.readAllBytes(download.path());
    }

    @Test
    void theExportOverRestIsJsonForThoseWhoMay(Api api) {
        api.idea(api.newcomer(), "Un abri pour attendre l’autobus");
        String token = api.administrator();

        JsonNode ideas = api.get("/api/v1/ideas/exports/ideas?format=json")
                .as(token)
                .expect(200)
                .json();

        assertThat(ideas.isArray()).isTrue();
        assertThat(ideas.findValuesAsText("title")).contains("Un abri pour attendre l’autobus");
        assertThat(ideas.get(0).at("/votes/for").isInt()).isTrue();
        api.get("/api/v1/ideas/exports/ideas").refused(401, "sign-in-required");
        api.get("/api/v1/ideas/exports/ideas").as(api.newcomer().token()).refused(403, "forbidden");
        api.get("/api/v1/ideas/exports/other").as(token).refused(404, "not-found");
        api.get("/api/v1/ideas/exports/ideas?format=xml").as(token).invalid(Map.of("format", "not-one-of"));
    }

    @Test
    void aTrialOverRestIsBroughtInInEarnestOnce(Api api) {
        String token = api.administrator();
        byte[] file = "[{\"id\":\"t1\",\"title\":\"Un ponton pour les canots\",\"body\":\"Au parc riverain.\"}]"
                .getBytes(StandardCharsets.UTF_8);
        JsonNode trial = api.bringIn(token, Map.of("file", file), "?dryRun=true");
        assertThat(trial.path("created").asInt()).isEqualTo(1);
        String path = "/api/v1/ideas/imports/" + trial.path("id").asText();

        api.post(path + "/in-earnest").as(token).expect(202);

        api.post(path + "/in-earnest").as(token).refused(409, "ideas.import-files-gone");
    }
}
