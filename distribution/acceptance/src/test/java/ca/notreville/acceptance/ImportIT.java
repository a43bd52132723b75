// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consultations of other platforms are brought in as a whole or not at all, and as often as one likes. */
@ExtendWith(Acceptance.class)
class ImportIT {

    private final Api api;
    private final String token;

    ImportIT(Api api) {
        this.api = api;
        token = api.administrator();
    }

    private static Map<String, byte[]> files(Consultation consultation) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("file", consultation.proposals());
        files.put("comments", consultation.comments());
        return files;
    }

    @Test
    void everyRowIsAnIdeaOrACommentOrIsReportedWithLineAndReasonAndTheSameAgainChangesNothing() throws IOException {
        Consultation consultation = Consultation.any();
        JsonNode first = api.bringIn(token, files(consultation));
        int rows = consultation.proposalRows() + consultation.commentRows();
        assertThat(first.path("total").asInt()).isEqualTo(rows);
        assertThat(first.path("read").asInt()).isEqualTo(rows);
        assertThat(accounted(first)).isEqualTo(rows);
        assertThat(first.path("refused")).hasSize(first.path("refusedCount").asInt());
        for (JsonNode refusal : first.path("refused")) {
            assertThat(refusal.path("line").asLong()).isGreaterThan(1);
            assertThat(refusal.path("file").asText()).isIn("file", "comments");
            assertThat(refusal.path("reason").asText())
                    .isNotEmpty()
                    .isNotEqualTo("error." + refusal.path("code").asText());
        }
        JsonNode second = api.bringIn(token, files(consultation));
        assertThat(second.path("created").asInt()).isZero();
        assertThat(second.path("updated").asInt()).isZero();
        assertThat(second.path("unchanged").asInt())
                .isEqualTo(first.path("created").asInt()
                        + first.path("updated").asInt()
                        + first.path("unchanged").asInt());
        assertThat(second.path("refused")).isEqualTo(first.path("refused"));
    }

    private static int accounted(JsonNode known) {
        return known.path("created").asInt()
                + known.path("updated").asInt()
                + known.path("unchanged").asInt()
                + known.path("refusedCount").asInt();
    }

    @Test
    void whatCannotBeBroughtInIsNamedByFileLineColumnAndReason() throws IOException {
        JsonNode known = api.bringIn(token, files(Consultation.ours()));
        assertThat(known.path("refusedCount").asInt()).isEqualTo(2);
        JsonNode number = known.at("/refused/0");
        assertThat(number.path("file").asText()).isEqualTo("file");
        // a cell above goes over three lines
        assertThat(number.path("line").asLong()).isEqualTo(6);
        assertThat(number.path("column").asText()).isEqualTo("votes");
        assertThat(number.path("reason").asText()).isEqualTo("«\u00a0beaucoup\u00a0» n’est pas un nombre.");
        JsonNode debate = known.at("/refused/1");
        assertThat(debate.path("file").asText()).isEqualTo("comments");
        assertThat(debate.path("line").asLong()).isEqualTo(5);
        assertThat(debate.path("code").asText()).isEqualTo("ideas.import-not-proposal");
    }

    @Test
    void whatIsBroughtInIsFoundReadAndVotedForLikeAnyOther() throws IOException {
        api.bringIn(token, files(Consultation.ours()));
        JsonNode card = api.get("/api/v1/ideas?q=reparer+fontaine+place&limit=1")
                .expect(200)
                .json()
                .at("/items/0");
        assertThat(card.path("title").asText()).isEqualTo("Réparer la fontaine de la place du Marché");
        String path = "/api/v1/ideas/" + card.path("id").asText();
        JsonNode idea = api.get(path).expect(200).json();
        assertThat(idea.at("/origin/supports").asInt()).isEqualTo(14);
        assertThat(idea.path("createdAt").asText()).isEqualTo("2024-05-02T14:12:00Z");
        assertThat(idea.path("comments").asInt()).isEqualTo(2);
        api.put(path + "/vote")
                .as(api.newcomer().token())
                .with(Map.of("choice", "for"))
                .expect(200);
    }

    @Test
    void aFileThatWasCutOffIsRefusedAndNothingOfItIsThere() {
        String whole =
                "id;title;body\n1;Un carrousel au bord de l’eau;\"Avec des chevaux de bois.\"\n2;Un deuxième;\"Coupé";
        refused(whole.getBytes(StandardCharsets.UTF_8), "ideas.import-cut", "carrousel");
    }

    @Test
    void theConsultationCutInTheMiddleOfACellIsRefused() throws IOException {
        byte[] whole = Consultation.any().proposals();
        int quote = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf(";\"");
        refused(Arrays.copyOf(whole, quote + 12), "ideas.import-cut", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "UTF-16"})
    void aFileInAnotherEncodingIsRead(String encoding) {
        String text = "id;title;body;url\n1;Un tremplin à l’étang gelé;Pour l’été aussi.;https://a.example/" + encoding
                + "\n";
        JsonNode known = api.bringIn(token, Map.of("file", text.getBytes(Charset.forName(encoding))));
        assertThat(known.path("created").asInt()).isEqualTo(1);
        assertThat(api.get("/api/v1/ideas?q=tremplin&limit=1")
                        .expect(200)
                        .json()
                        .at("/items/0/title")
                        .asText())
                .isEqualTo("Un tremplin à l’étang gelé");
    }

    @Test
    void aWorkbookIsNoText() {
        refused(new byte[] {'P', 'K', 3, 4, 20, 0}, "ideas.import-not-text", "");
    }

    @Test
    void whatIsNoExportIsRefused() {
        refused(new byte[0], "ideas.import-empty", "");
        refused("nom;prénom\nRoy;Ana\n".getBytes(StandardCharsets.UTF_8), "ideas.import-missing-columns", "");
        api.post("/api/v1/ideas/imports")
                .as(token)
                .files(Map.of("other", new byte[] {1}))
                .invalid(Map.of("file", "required"));
    }

    private void refused(byte[] file, String code, String word) {
        Answer french = api.post("/api/v1/ideas/imports")
                .as(token)
                .in("fr")
                .files(Map.of("file", file))
                .invalid(Map.of("file", code));
        Answer english = api.post("/api/v1/ideas/imports")
                .as(token)
                .in("en")
                .files(Map.of("file", file))
                .invalid(Map.of("file", code));
        assertThat(french.json().at("/errors/0/message"))
                .isNotEqualTo(english.json().at("/errors/0/message"));
        if (!word.isEmpty()) {
            assertThat(api.get("/api/v1/ideas?q=" + word).expect(200).json().path("items"))
                    .isEmpty();
        }
    }
}
