// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Answer;
import ca.notreville.acceptance.Api.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs may rely on. That each answer is as openapi.json says is checked by {@link Api} for every request of every test. */
@ExtendWith(Acceptance.class)
class RestContractIT {

    private static final String NOBODY = "1";
    private static final int TITLE = 150;

    private final Api api;

    RestContractIT(Api api) {
        this.api = api;
    }

    private static Map<String, Object> idea() {
        Map<String, Object> idea = new HashMap<>();
        idea.put("title", "Un abri pour attendre l’autobus");
        idea.put("need", "On attend sous la pluie, rue du Moulin.");
        idea.put("proposal", "Un toit, un banc et l’horaire affiché.");
        return idea;
    }

    private static Map<String, Object> ideaBut(String field, Object value) {
        Map<String, Object> idea = idea();
        idea.put(field, value);
        return idea;
    }

    /** Id of an idea of the sample town on which voting is over. */
    private String closedIdea() {
        return api.get("/api/v1/ideas?state=accepted&limit=1")
                .expect(200)
                .json()
                .at("/items/0/id")
                .asText();
    }

    // ---- what succeeds

    @Test
    void somebodySignsUpSignsInReadsTheirAccountAndSignsOut() {
        String email = "premiere@example.org";
        Answer made = api.post("/api/v1/members")
                .with(Map.of(
                        "email", email,
                        "password", Api.PASSWORD,
                        "displayName", "Première",
                        "profile", "expert",
                        "neighbourhood", "boise-des-pics",
                        "language", "en"))
                .expect(201);
        assertThat(made.header("Location"))
                .endsWith("/api/v1/members/" + made.json().path("id").asText());
        assertThat(made.text()).doesNotContain(Api.PASSWORD);
        String token = api.signIn(email, Api.PASSWORD);
        JsonNode me = api.get("/api/v1/members/me").as(token).expect(200).json();
        assertThat(me).isEqualTo(made.json());
        assertThat(me.path("neighbourhood").asText()).isEqualTo("boise-des-pics");
        api.delete("/api/v1/sessions/current").as(token).expect(204);
        api.get("/api/v1/members/me").as(token).refused(401, "sign-in-required");
    }

    @Test
    void othersSeeOfAMemberWhatEverybodyMaySee() {
        Person person = api.newcomer();
        Answer seen = api.get("/api/v1/members/" + person.id()).expect(200);
        assertThat(seen.json().path("displayName").asText()).isEqualTo(person.name());
        assertThat(seen.text()).doesNotContain(person.email());
    }

    @Test
    void anIdeaIsWhereItsLocationSaysAndInTheList() {
        Person author = api.newcomer();
        Answer made = api.post("/api/v1/ideas")
                .as(author.token())
                .with(ideaBut("neighbourhood", "boise-des-pics"))
                .expect(201);
        String id = made.json().path("id").asText();
        assertThat(made.header("Location")).endsWith("/api/v1/ideas/" + id);
        JsonNode read = api.get("/api/v1/ideas/" + id).expect(200).json();
        assertThat(read).isEqualTo(made.json());
        assertThat(read.at("/author/id").asText()).isEqualTo(author.id());
        assertThat(read.path("state").asText()).isEqualTo("published");
        assertThat(ids("/api/v1/ideas?neighbourhood=boise-des-pics&limit=5")).contains(id);
    }

    @Test
    void aVoteIsCastSeenChangedAndWithdrawn() {
        Person author = api.newcomer();
        String vote = "/api/v1/ideas/" + api.idea(author, "Des arceaux devant l’école") + "/vote";
        Person voter = api.newcomer();
        api.get(vote).as(voter.token()).refused(404, "not-found");
        JsonNode first = api.put(vote)
                .as(voter.token())
                .with(Map.of("choice", "for"))
                .expect(200)
                .json();
        assertThat(first.path("receipt").asText()).isNotEmpty();
        assertThat(api.get(vote).as(voter.token()).expect(200).json()).isEqualTo(first);
        JsonNode again = api.put(vote)
                .as(voter.token())
                .with(Map.of("choice", "for"))
                .expect(200)
                .json();
        assertThat(again).isEqualTo(first);
        api.put(vote).as(voter.token()).with(Map.of("choice", "against")).expect(200);
        assertThat(tally(vote)).isEqualTo(Map.of("for", 0, "neutral", 0, "against", 1));
        String withdrawn = api.delete(vote)
                .as(voter.token())
                .expect(200)
                .json()
                .path("receipt")
                .asText();
        assertThat(withdrawn).isNotEmpty();
        assertThat(tally(vote)).isEqualTo(Map.of("for", 0, "neutral", 0, "against", 0));
        api.get(vote).as(voter.token()).refused(404, "not-found");
        api.delete(vote).as(voter.token()).expect(204);
    }

    private Map<String, Integer> tally(String vote) {
        JsonNode votes = api.get(vote.replace("/vote", "")).expect(200).json().path("votes");
        return Map.of(
                "for", votes.path("for").asInt(),
                "neutral", votes.path("neutral").asInt(),
                "against", votes.path("against").asInt());
    }

    @Test
    void aCommentAndItsAnswerAreListedAndCounted() {
        Person author = api.newcomer();
        String idea = "/api/v1/ideas/" + api.idea(author, "Un jardin derrière la caserne");
        String first = api.post(idea + "/comments")
                .as(author.token())
                .with(Map.of("body", "Qui a des graines?"))
                .expect(201)
                .json()
                .path("id")
                .asText();
        api.post(idea + "/comments")
                .as(author.token())
                .with(Map.of("body", "Moi, de la bourrache.", "parent", first))
                .expect(201);
        JsonNode items = api.get(idea + "/comments").expect(200).json().path("items");
        assertThat(items).hasSize(2);
        assertThat(items.at("/1/parent").asText()).isEqualTo(first);
        assertThat(api.get(idea).expect(200).json().path("comments").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recent", "popular", "trending"})
    void aListReadPieceByPieceHasEachIdeaOnce(String sort) {
        List<String> all = new ArrayList<>();
        String after = "";
        do {
            JsonNode piece = api.get("/api/v1/ideas?state=accepted&limit=2&sort=" + sort + after)
                    .expect(200)
                    .json();
            piece.path("items").forEach(item -> all.add(item.path("id").asText()));
            after = piece.path("next").isNull()
                    ? ""
                    : "&after=" + piece.path("next").asText();
        } while (!after.isEmpty());
        assertThat(all).hasSizeGreaterThan(2).doesNotHaveDuplicates();
        assertThat(all).containsExactlyInAnyOrderElementsOf(ids("/api/v1/ideas?state=accepted&limit=100&sort=" + sort));
    }

    private List<String> ids(String path) {
        List<String> ids = new ArrayList<>();
        api.get(path)
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    @Test
    void whatIsDescribedAnswers() {
        String closed = closedIdea();
        api.get("/api/v1/modules").expect(200);
        api.get("/api/v1/neighbourhoods").expect(200);
        api.get("/api/v1/neighbourhoods/boise-des-pics").expect(200);
        api.get("/api/v1/organisations").expect(200);
        api.get("/api/v1/organisations?neighbourhood=boise-des-pics").expect(200);
        api.get("/api/v1/ideas/categories").expect(200);
        api.get("/api/v1/ideas/" + closed + "/comments?limit=2").expect(200);
        assertThat(ids("/api/v1/ideas?q=velo&limit=3")).isNotEmpty();
        assertThat(ids("/api/v1/ideas?q=vélo&limit=3")).isEqualTo(ids("/api/v1/ideas?q=VELO&limit=3"));
    }

    // ---- what is refused

    @Test
    void anIdeaWithoutAnythingIsToldEveryFieldThatIsMissing() {
        String token = api.newcomer().token();
        Map<String, String> missing = Map.of("title", "required", "need", "required", "proposal", "required");
        api.post("/api/v1/ideas").as(token).json("{}").invalid(missing);
        api.post("/api/v1/ideas").as(token).json("null").invalid(missing);
        api.post("/api/v1/ideas")
                .as(token)
                .json("{\"title\":null,\"need\":\"  \\u00a0\\n\"}")
                .invalid(missing);
    }

    @Test
    void aTextThatIsTooLongOrTooShortIsRefusedAndTheLongestIsTaken() {
        String token = api.newcomer().token();
        api.post("/api/v1/ideas")
                .as(token)
                .with(ideaBut("title", "a".repeat(TITLE + 1)))
                .invalid(Map.of("title", "too-long"));
        api.post("/api/v1/ideas").as(token).with(ideaBut("title", "abri")).invalid(Map.of("title", "too-short"));
        api.post("/api/v1/ideas")
                .as(token)
                .with(ideaBut("need", "😀".repeat(2_001)))
                .invalid(Map.of("need", "too-long"));
        api.post("/api/v1/ideas")
                .as(token)
                .with(ideaBut("need", "😀".repeat(2_000)))
                .expect(201);
        api.post("/api/v1/ideas")
                .as(token)
                .with(ideaBut("proposal", "b".repeat(8_001)))
                .invalid(Map.of("proposal", "too-long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"category", "neighbourhood"})
    void aCategoryOrPlaceThatDoesNotExistIsRefused(String field) {
        api.post("/api/v1/ideas")
                .as(api.newcomer().token())
                .with(ideaBut(field, "atlantide"))
                .invalid(Map.of(field, "not-one-of"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":3}", "{\"title\":[\"a\"]}", "{\"title\":{\"a\":1}}", "{\"title\":true}"})
    void aValueOfTheWrongTypeIsNamed(String body) {
        api.post("/api/v1/ideas").as(api.newcomer().token()).json(body).invalid(Map.of("title", "wrong-type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"texte\"", "3"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        api.post("/api/v1/ideas").as(api.newcomer().token()).json(body).refused(400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"title\":",
                "{\"title\":\"a\" \"need\":\"b\"}",
                "pas du JSON",
                "{\"title\":\"a\"}}",
                "{'title':1}"
            })
    void whatIsNoJsonIsRefused(String body) {
        api.post("/api/v1/ideas").as(api.newcomer().token()).json(body).refused(400, "malformed-json");
    }

    @Test
    void whatIsNotSentAsJsonIsRefused() {
        api.post("/api/v1/ideas")
                .as(api.newcomer().token())
                .json("title=a")
                .header("Content-Type", "text/plain")
                .refused(415, "unsupported-media-type");
    }

    @Test
    void aBodyWithoutEndIsRefused() {
        api.post("/api/v1/ideas")
                .as(api.newcomer().token())
                .with(ideaBut("proposal", "c".repeat(1_100_000)))
                .refused(413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "0", "-1", "99999999999999999999", "abc", "1'--"})
    void anIdThatDoesNotExistIsNotFound(String id) {
        String token = api.newcomer().token();
        String idea = "/api/v1/ideas/" + id;
        api.get(idea).refused(404, "not-found");
        api.put(idea + "/vote").as(token).with(Map.of("choice", "for")).refused(404, "not-found");
        api.delete(idea + "/vote").as(token).refused(404, "not-found");
        api.get(idea + "/comments").refused(404, "not-found");
        api.post(idea + "/comments").as(token).with(Map.of("body", "Oui?")).refused(404, "not-found");
        api.get("/api/v1/members/" + id).refused(404, "not-found");
        api.get("/api/v1/neighbourhoods/" + id).refused(404, "not-found");
    }

    @Test
    void whoHasNotSignedInIsAskedTo() {
        String idea = "/api/v1/ideas/" + closedIdea();
        List<Api.Call> calls = List.of(
                api.post("/api/v1/ideas").with(idea()),
                api.put(idea + "/vote").with(Map.of("choice", "for")),
                api.get(idea + "/vote"),
                api.delete(idea + "/vote"),
                api.post(idea + "/comments").with(Map.of("body", "Oui")),
                api.get("/api/v1/members/me"),
                api.delete("/api/v1/sessions/current"),
                api.post("/api/v1/ideas/imports").files(Map.of("file", new byte[] {'a'})),
                api.get("/api/v1/ideas/imports/1"),
                api.post("/api/v1/ideas").as("nonsense").with(idea()),
                api.post("/api/v1/ideas").as("x".repeat(500)).with(idea()));
        for (Api.Call call : calls) {
            assertThat(call.refused(401, "sign-in-required").header("WWW-Authenticate"))
                    .isEqualTo("Bearer");
        }
    }

    @Test
    void whoMayNotImportIsForbiddenTo() {
        String token = api.newcomer().token();
        api.post("/api/v1/ideas/imports")
                .as(token)
                .files(Map.of("file", new byte[] {'a'}))
                .refused(403, "forbidden");
        api.get("/api/v1/ideas/imports/1").as(token).refused(403, "forbidden");
    }

    @Test
    void aVoteOnWhatIsClosedIsRefused() {
        String vote = "/api/v1/ideas/" + closedIdea() + "/vote";
        String token = api.newcomer().token();
        api.put(vote).as(token).with(Map.of("choice", "for")).refused(409, "ideas.voting-closed");
        api.delete(vote).as(token).refused(409, "ideas.voting-closed");
    }

    @Test
    void aVoteForNothingIsRefused() {
        Person author = api.newcomer();
        String vote = "/api/v1/ideas/" + api.idea(author, "Repeindre les bancs du parc") + "/vote";
        api.put(vote).as(author.token()).json("{}").invalid(Map.of("choice", "required"));
        api.put(vote).as(author.token()).json("").invalid(Map.of("choice", "required"));
        api.put(vote).as(author.token()).with(Map.of("choice", "yes")).invalid(Map.of("choice", "not-one-of"));
        api.put(vote).as(author.token()).json("{\"choice\":1}").invalid(Map.of("choice", "wrong-type"));
    }

    @Test
    void aCommentWithoutTextOrInAnswerToNothingIsRefused() {
        Person author = api.newcomer();
        String comments = "/api/v1/ideas/" + api.idea(author, "Une fontaine au terrain de balle") + "/comments";
        api.post(comments).as(author.token()).json("{}").invalid(Map.of("body", "required"));
        api.post(comments)
                .as(author.token())
                .with(Map.of("body", "x".repeat(100_000)))
                .invalid(Map.of("body", "too-long"));
        api.post(comments)
                .as(author.token())
                .with(Map.of("body", "Oui", "parent", "abc"))
                .invalid(Map.of("parent", "unknown"));
        api.post(comments)
                .as(author.token())
                .with(Map.of("body", "Oui", "parent", NOBODY))
                .invalid(Map.of("parent", "unknown"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit, limit-out-of-range",
        "limit=101, limit, limit-out-of-range",
        "limit=-5, limit, limit-out-of-range",
        "limit=dix, limit, limit-out-of-range",
        "limit=99999999999, limit, limit-out-of-range",
        "after=nonsense!, after, cursor-unknown",
        "after=zz_zz_zz_zz, after, cursor-unknown",
        "sort=best, sort, not-one-of",
        "state=open, state, not-one-of",
        "category=atlantide, category, not-one-of",
        "neighbourhood=atlantide, neighbourhood, not-one-of"
    })
    void aListThatIsAskedForWronglyIsRefused(String query, String field, String code) {
        api.get("/api/v1/ideas?" + query).invalid(Map.of(field, code));
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit, limit-out-of-range", "after=nonsense!, after, cursor-unknown"})
    void commentsThatAreAskedForWronglyAreRefused(String query, String field, String code) {
        api.get("/api/v1/ideas/" + closedIdea() + "/comments?" + query).invalid(Map.of(field, code));
    }

    @Test
    void aSearchForAnythingFindsSomethingOrNothingAndNeverFails() {
        for (String q :
                List.of("%22", "%5B%5D%28%29*%3F~%5E", "AND+OR+NOT", "a%3Ab", "%00", "%F0%9F%98%80", "%2B-%26%26")) {
            api.get("/api/v1/ideas?q=" + q).expect(200);
        }
        api.get("/api/v1/ideas?q=" + "mot+".repeat(300)).invalid(Map.of("q", "too-long"));
    }

    @Test
    void anAccountWithoutAnythingIsToldEveryFieldThatIsMissing() {
        api.post("/api/v1/members")
                .json("{}")
                .invalid(Map.of("email", "required", "password", "required", "displayName", "required"));
        Map<String, Object> wrong = new LinkedHashMap<>();
        wrong.put("email", "pas une adresse");
        wrong.put("password", "court");
        wrong.put("displayName", "N".repeat(61));
        wrong.put("profile", "maire");
        wrong.put("neighbourhood", "atlantide");
        wrong.put("language", "de");
        api.post("/api/v1/members")
                .with(wrong)
                .invalid(Map.of(
                        "email", "email",
                        "password", "too-short",
                        "displayName", "too-long",
                        "profile", "not-one-of",
                        "neighbourhood", "not-one-of",
                        "language", "not-one-of"));
    }

    @Test
    void anAddressOpensOneAccountWhateverItsCase() {
        Person first = api.newcomer();
        api.post("/api/v1/members")
                .with(Map.of(
                        "email",
                        first.email().toUpperCase(java.util.Locale.ROOT),
                        "password",
                        Api.PASSWORD,
                        "displayName",
                        "Quelqu’un d’autre"))
                .invalid(Map.of("email", "core.email-taken"));
    }

    @Test
    void signInTellsNotWhetherAnAccountExists() {
        Person person = api.newcomer();
        JsonNode wrongPassword = api.post("/api/v1/sessions")
                .with(Map.of("email", person.email(), "password", "une autre phrase"))
                .refused(401, "core.bad-credentials")
                .json();
        JsonNode nobody = api.post("/api/v1/sessions")
                .with(Map.of("email", "personne@example.org", "password", "une autre phrase"))
                .refused(401, "core.bad-credentials")
                .json();
        assertThat(nobody.path("detail")).isEqualTo(wrongPassword.path("detail"));
        api.signIn(person.email(), Api.PASSWORD);
    }

    @Test
    void passwordsCannotBeGuessedForLong() {
        Person person = api.newcomer();
        Map<String, String> guess = Map.of("email", person.email(), "password", "une autre phrase");
        for (int i = 0; i < 8; i++) {
            api.post("/api/v1/sessions").with(guess).refused(401, "core.bad-credentials");
        }
        assertThat(api.post("/api/v1/sessions")
                        .with(guess)
                        .refused(429, "core.too-many-sign-ins")
                        .header("Retry-After"))
                .matches("\\d+");
        api.get("/api/v1/members/me").as(person.token()).expect(200);
    }

    @Test
    void problemsAreToldInTheLanguageOfWhoAsks() {
        String token = api.newcomer().token();
        Answer french = api.post("/api/v1/ideas")
                .as(token)
                .in("fr-CA, en;q=0.5")
                .json("{}")
                .refused(422, "invalid");
        Answer english = api.post("/api/v1/ideas")
                .as(token)
                .in("en-CA, fr;q=0.5")
                .json("{}")
                .refused(422, "invalid");
        Answer other = api.post("/api/v1/ideas").as(token).in("de").json("{}").refused(422, "invalid");
        assertThat(french.json().path("detail").asText()).isEqualTo("Certaines réponses sont à revoir.");
        assertThat(french.json().at("/errors/0/message").asText()).isEqualTo("Cette réponse est nécessaire.");
        assertThat(english.json().path("detail").asText()).isEqualTo("Some answers need another look.");
        assertThat(english.json().at("/errors/0/message").asText()).isEqualTo("This answer is needed.");
        assertThat(other.json().path("detail")).isEqualTo(french.json().path("detail"));
        for (String path : List.of("/api/v1/ideas/1", "/api/v1/nothing", "/api/v1/members/me")) {
            assertThat(api.get(path).in("fr").send().json().path("detail").asText())
                    .isNotEqualTo(
                            api.get(path).in("en").send().json().path("detail").asText());
        }
    }

    @Test
    void whatIsNowhereIsNotFoundAndWhatIsNotDoneHereIsNotAllowed() {
        api.get("/api/v1/nothing").refused(404, "not-found");
        api.get("/api/v1/ideas/1/nothing").refused(404, "not-found");
        api.delete("/api/v1/ideas").refused(405, "method-not-allowed");
        api.get("/api/v1/ideas").header("Accept", "application/xml").refused(406, "not-acceptable");
    }

    // ---- once

    @Test
    void whatIsSentTwiceUnderOneKeyIsDoneOnce() {
        Person author = api.newcomer();
        String key = UUID.randomUUID().toString();
        Answer first = submit(author, key, idea()).expect(201);
        Answer again = submit(author, key, idea()).expect(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(submit(api.newcomer(), key, idea()).expect(201).json().path("id"))
                .as("a key is its owner's")
                .isNotEqualTo(first.json().path("id"));
    }

    @Test
    void aKeyThatWasUsedForSomethingElseIsRefused() {
        Person author = api.newcomer();
        String key = UUID.randomUUID().toString();
        submit(author, key, idea()).expect(201);
        submit(author, key, ideaBut("title", "Tout autre chose"))
                .invalid(Map.of("Idempotency-Key", "idempotency-key-reused"));
        submit(author, "k".repeat(121), idea()).invalid(Map.of("Idempotency-Key", "idempotency-key-form"));
    }

    @Test
    void aKeyWhoseRequestWasRefusedIsFreeForTheRightOne() {
        Person author = api.newcomer();
        String key = UUID.randomUUID().toString();
        submit(author, key, ideaBut("title", "")).invalid(Map.of("title", "required"));
        submit(author, key, idea()).expect(201);
    }

    private Api.Call submit(Person author, String key, Map<String, Object> idea) {
        return api.post("/api/v1/ideas")
                .as(author.token())
                .header("Idempotency-Key", key)
                .with(idea);
    }
}
