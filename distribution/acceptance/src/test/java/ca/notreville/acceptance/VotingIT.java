// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import ca.notreville.acceptance.Browsers.Look;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** To vote, check that the vote is counted, and take the whole list home and check that too. */
@ExtendWith(Acceptance.class)
class VotingIT {

    private final Api api;
    private final Browsers browsers;

    @TempDir
    Path folder;

    VotingIT(Api api, Browsers browsers) {
        this.api = api;
        this.browsers = browsers;
    }

    static Stream<Look> looks() {
        return Stream.of(Look.phone("fr"), Look.phone("en").script(false));
    }

    @ParameterizedTest
    @MethodSource("looks")
    void whoVotesChecksTheReceiptTakesTheVoteBackAndChecksThatToo(Look look) {
        String idea = api.idea(api.newcomer(), "Une fontaine à boire au parc");
        Visitor visitor = browsers.visitor(look);
        Page page = visitor.page();
        visitor.signInAs(api.newcomer());
        visitor.go("/ideas/" + idea);
        visitor.button("Pour", "For").click();
        String receipt = page.locator(".receipt code").textContent();
        visitor.button("Vérifier ce reçu", "Check this receipt").click();
        assertThat(visitor.heading("Ce vote compte", "This vote counts")).isVisible();
        assertThat(page.locator(".checked")).containsText(visitor.words("pour", "for"));
        Accessibility.assertAccessible(visitor);

        visitor.go("/ideas/" + idea);
        visitor.button("Retirer mon vote", "Take my vote back").click();
        assertThat(page.locator(".receipt")).containsText(visitor.words("Reçu du retrait", "Receipt of that"));
        String withdrawn = page.locator(".receipt code").textContent();
        assertThat(withdrawn).isNotEqualTo(receipt);

        Visitor anybody = browsers.visitor(look);
        anybody.go("/receipts");
        anybody.field("Votre reçu", "Your receipt").fill("bonjour");
        anybody.button("Vérifier", "Check").click();
        assertThat(anybody.page().locator(".error-summary")).isVisible();
        anybody.field("Votre reçu", "Your receipt").fill(receipt.toLowerCase(Locale.ROOT));
        anybody.button("Vérifier", "Check").click();
        assertThat(anybody.heading("Ce vote ne compte plus", "This vote no longer counts"))
                .isVisible();
        anybody.field("Votre reçu", "Your receipt").fill(withdrawn);
        anybody.button("Vérifier", "Check").click();
        assertThat(anybody.heading("Ce vote est retiré", "This vote is taken back"))
                .isVisible();
    }

    @Test
    void theListThatIsDownloadedIsAcceptedByTheProgramBesideItAndNotWithOneVoteChanged() throws Exception {
        String idea = api.idea(api.newcomer(), "Une table de pique-nique au belvédère");
        String receipt = api.put("/api/v1/ideas/" + idea + "/vote")
                .as(api.newcomer().token())
                .with(Map.of("choice", "for"))
                .expect(200)
                .json()
                .path("receipt")
                .asText();
        Waiting.await(() -> checked(receipt).path("entry").asLong() > 0);
        JsonNode checked = checked(receipt);
        assertThat(checked.path("counts").asBoolean()).isTrue();
        String root = checked.at("/seal/root").asText();
        Path program = Files.writeString(
                folder.resolve("VerifyVotes.java"),
                api.get("/receipts/VerifyVotes.java").expect(200).text());
        String list = api.get("/api/v1/receipts/list").expect(200).text();
        Path file = Files.writeString(folder.resolve("votes.txt"), list);

        assertThat(verify(program, file, "--root", root, "--receipt", receipt)).isZero();
        String mine = ";idea:" + idea + ";cast;for;";
        Files.writeString(file, list.replace(mine, mine.replace(";for;", ";against;")));
        assertThat(verify(program, file)).isEqualTo(1);
        api.post("/api/v1/receipts/check").with(Map.of("receipt", "bonjour")).refused(422, "invalid");
    }

    private JsonNode checked(String receipt) {
        return api.post("/api/v1/receipts/check")
                .with(Map.of("receipt", receipt))
                .expect(200)
                .json();
    }

    private static int verify(Path program, Path list, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                list.toString()));
        command.addAll(List.of(options));
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said).isNotEmpty();
        return java.waitFor();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void staffHoldAConsultationAndPeopleVoteInItUntilItIsClosed(Look look) {
        Person person = api.newcomer();
        Visitor staff = browsers.visitor(look);
        staff.signInAs(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
        staff.go("/admin/consultations");
        staff.button("Annoncer la consultation", "Announce the consultation").click();
        assertThat(staff.page().locator(".error-summary")).isVisible();
        String title = "Où planter les arbres? " + person.name();
        staff.field("La question", "The question").fill(title);
        staff.field("Les choix", "The options").fill("Au parc\nDevant l’école\nSur la place");
        staff.field("Façon de voter", "Way to vote").selectOption("approval");
        staff.field("Limite par personne", "Limit for each person").fill("2");
        staff.page()
                .locator("[name=closesAt]")
                .fill(Instant.now().plus(Duration.ofDays(3)).toString().substring(0, 10) + "T12:00");
        staff.button("Annoncer la consultation", "Announce the consultation").click();
        assertThat(staff.heading(title, title)).isVisible();
        String path = staff.page().url().replaceFirst("^https?://[^/]+", "").replaceAll("[?#].*", "");

        Visitor visitor = browsers.visitor(look);
        visitor.signInAs(person);
        visitor.go(path);
        visitor.field("Au parc", "Au parc").check();
        visitor.field("Devant l’école", "Devant l’école").check();
        visitor.field("Sur la place", "Sur la place").check();
        visitor.page().locator("#ballot .button").click();
        assertThat(visitor.page().locator("#ballot-error")).isVisible();
        assertThat(visitor.field("Sur la place", "Sur la place")).isChecked();
        Accessibility.assertAccessible(visitor);
        visitor.field("Sur la place", "Sur la place").uncheck();
        visitor.page().locator("#ballot .button").click();
        assertThat(visitor.page().locator(".receipt code")).isVisible();
        assertThat(visitor.page().locator(".standings li").first()).containsText("Au parc");

        staff.go(path);
        staff.button("Clore le vote maintenant", "Close the vote now").click();
        api.put("/api/v1" + path + "/ballot")
                .as(person.token())
                .with(Map.of("values", Map.of("1", 1)))
                .refused(409, "ideas.consultation-closed");
        visitor.go(path);
        assertThat(visitor.page().locator("#ballot")).containsText(visitor.words("Le vote est clos", "Voting is closed"));
    }
}
