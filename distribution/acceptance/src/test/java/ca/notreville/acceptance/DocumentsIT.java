// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Browsers.Look;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents beside an idea, and one's own data, on a phone, in both languages, with script and without. */
@ExtendWith(Acceptance.class)
class DocumentsIT {

    static final byte[] PDF =
            "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF".getBytes(StandardCharsets.US_ASCII);

    private final Api api;
    private final Browsers browsers;

    DocumentsIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr"), Look.phone("en").script(false));
    }

    private static FilePayload file(String name, String type, byte[] content) {
        return new FilePayload(name, type, content);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aMemberAddsAPdfToAnIdeaAndOthersDownloadIt(Look look) throws IOException {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        String id = api.get("/api/v1/ideas?limit=1")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
        visitor.go("/ideas/" + id);
        visitor.link("Ajouter un fichier", "Add a file").click();

        page.locator("input[type=file]")
                .setInputFiles(file(
                        "plan.pdf",
                        "application/pdf",
                        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8)));
        visitor.field("Titre", "Title").fill("Plan du parc");
        visitor.button("Ajouter", "Add").click();
        assertThat(page.locator(".error-summary")).isVisible();
        assertThat(visitor.field("Titre", "Title")).hasValue("Plan du parc");

        page.locator("input[type=file]").setInputFiles(file("plan.docx", "text/html", PDF));
        visitor.button("Ajouter", "Add").click();
        assertThat(visitor.status())
                .containsText(visitor.words("Le document est ajouté. Merci!", "The document is added. Thank you!"));
        assertThat(visitor.heading("Plan du parc", "Plan du parc")).isVisible();

        Download download = page.waitForDownload(() -> page.getByRole(AriaRole.LINK)
                .filter(new com.microsoft.playwright.Locator.FilterOptions()
                        .setHasText(visitor.words("Télécharger", "Download")))
                .click());
        assertThat(download.suggestedFilename()).isEqualTo("plan.pdf");
        assertThat(Files.readAllBytes(download.path())).isEqualTo(PDF);

        String address = page.url().replaceFirst("[?#].*", "") + "/file";
        APIResponse answer = page.request().get(address);
        assertThat(answer.headers())
                .containsEntry("content-type", "application/pdf")
                .containsEntry("x-content-type-options", "nosniff")
                .containsKey("content-disposition");
        assertThat(answer.headersArray().stream()
                        .filter(header -> header.name.equalsIgnoreCase("Content-Security-Policy"))
                        .map(header -> header.value)
                        .toList())
                .singleElement()
                .asString()
                .startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @MethodSource("looks")
    void aMemberTakesTheirDataAlongAndThinksAgainAboutLeaving(Look look) throws IOException {
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/members/me/privacy");

        visitor.button("Préparer mon fichier", "Prepare my file").click();
        if (!look.script()) {
            page.waitForCondition(() -> {
                page.reload();
                return page.locator("a[href='/members/me/privacy/archive/file']")
                                .count()
                        > 0;
            });
        }
        Download download = page.waitForDownload(
                () -> page.locator("a[href='/members/me/privacy/archive/file']").click());
        try (ZipFile zip = new ZipFile(download.path().toFile())) {
            List<String> names = zip.stream().map(entry -> entry.getName()).toList();
            assertThat(names).contains("core/core_member.id.json");
        }

        visitor.button("Supprimer mon compte", "Delete my account").click();
        assertThat(page.locator(".error-summary")).isVisible();
        page.locator("#sure").check();
        visitor.button("Supprimer mon compte", "Delete my account").click();
        visitor.button("Garder mon compte", "Keep my account").click();
        assertThat(visitor.status()).containsText(visitor.words("Votre compte est gardé.", "Your account is kept."));
    }
}
