// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.search.SearchDocument;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.persistence.api.OutboxRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LuceneSearchTest {

    private final Ideas ideas = new Ideas();
    private LuceneSearch search;
    private Path folder;
    private long row;

    /** What a module would have in its database. */
    private static final class Ideas implements SearchSource {

        final Map<Long, SearchDocument> documents = new ConcurrentSkipListMap<>();
        volatile Runnable beforeReading = () -> {};

        @Override
        public String kind() {
            return "idea";
        }

        @Override
        public Optional<SearchDocument> document(long id) {
            Optional<SearchDocument> found = Optional.ofNullable(documents.get(id));
            beforeReading.run();
            return found;
        }

        @Override
        public void forEach(LongConsumer id) {
            documents.keySet().forEach(id::accept);
        }

        void put(long id, String title, String text, String... filter) {
            Map<String, String> filters = filter.length == 0 ? Map.of() : Map.of(filter[0], filter[1]);
            documents.put(id, new SearchDocument(new Initiative("idea", id), title, text, filters));
        }
    }

    @BeforeEach
    void start(@TempDir Path empty) throws Exception {
        folder = empty;
        search = new LuceneSearch(folder);
        search.addSource(ideas);
        search.built();
    }

    @AfterEach
    void stop() throws Exception {
        search.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "école, true",
        "ECOLE, true",
        "ecoles, true",
        "l’école, true",
        "l'ecole, true",
        "d’écoles, true",
        "e\u0301cole, true",
        "patinoires, true",
        "patin, true",
        "pat, true",
        "la patinoire de l’école, true",
        "patinoire école, true",
        "trees, true",
        "Tree’s, true",
        "planting, true",
        "planted, true",
        "the trees, true",
        "patinoire piscine, false",
        "piscine, false",
        "atinoire, false",
    })
    void wordsAreFoundInBothLanguagesWhateverTheirAccentsCaseElisionsAndEndings(String words, boolean found) {
        ideas.put(1, "Une patinoire près de l’École", "Planting a tree for each child");
        changed(1);

        assertThat(find(words)).isEqualTo(found ? List.of(1L) : List.of());
    }

    @Test
    void onlyTheLastWordMayBeABeginning() {
        ideas.put(1, "Bibliothèque ouverte", "le dimanche");
        changed(1);

        assertThat(find("ouverte biblio")).containsExactly(1L);
        assertThat(find("biblio ouverte")).isEmpty();
    }

    @Test
    void aWordInTheTitleWeighsMoreAndEqualsAreNewestFirst() {
        ideas.put(1, "Un parc", "des arbres");
        ideas.put(2, "Des arbres", "un parc");
        ideas.put(3, "Un parc", "des arbres");
        changed(1, 2, 3);

        assertThat(find("arbres")).containsExactly(2L, 3L, 1L);
        assertThat(find("parc")).containsExactly(3L, 1L, 2L);
    }

    @ParameterizedTest
    @CsvSource({
        "Des bancs au parc des Rives, true",
        "Installer un banc dans le parc, true",
        "bancs, true",
        "Benches for the park by the riv, true",
        "Des bancs à la bibliothèque, false",
        "Une piste cyclable rue Principale, false",
        "à la, false",
        "'', false",
    })
    void whatIsAboutToBeWrittenIsFoundIfMostOfItsWordsStandInOne(String title, boolean found) {
        ideas.put(1, "Bancs neufs au parc des Rives", "New benches in the park along the river");
        ideas.put(2, "Ouvrir la piscine plus tard", "Le soir, en été");
        changed(1, 2);

        assertThat(search.similar("idea", title, 5)).isEqualTo(found ? List.of(1L) : List.of());
        assertThat(search.similar("project", title, 5)).isEmpty();
    }

    @Test
    void theTitleCountsMostForWhatIsSimilarAndOnlySoManyAreTold() {
        ideas.put(1, "Une fête de rue", "avec un jardin et des légumes");
        ideas.put(2, "Un jardin de légumes", "");
        ideas.put(3, "Un jardin", "de légumes");
        changed(1, 2, 3);

        assertThat(search.similar("idea", "Jardin de légumes", 2)).containsExactly(2L, 3L);
    }

    @Test
    void filtersMustAllHoldExactly() {
        ideas.put(1, "Un parc", "", "category", "sport");
        ideas.put(2, "Un parc", "", "category", "sports");
        ideas.put(3, "Un parc", "");
        changed(1, 2, 3);

        assertThat(search.search(new SearchQuery("idea", "parc", Map.of("category", "sport"), 0, 10)))
                .containsExactly(1L);
        assertThat(search.search(
                        new SearchQuery("idea", "parc", Map.of("category", "sport", "state", "accepted"), 0, 10)))
                .isEmpty();
        assertThat(search.search(new SearchQuery("project", "parc", Map.of(), 0, 10)))
                .isEmpty();
    }

    @Test
    void piecesTogetherAreAllHitsAndBehindTheLastThereIsNothing() {
        for (long id = 1; id <= 25; id++) {
            ideas.put(id, "Un banc", "numéro " + id);
        }
        changed(LongStream.rangeClosed(1, 25).toArray());

        assertThat(search.search(new SearchQuery("idea", "banc", Map.of(), 0, 10)))
                .hasSize(10)
                .startsWith(25L);
        assertThat(search.search(new SearchQuery("idea", "banc", Map.of(), 20, 10)))
                .containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(search.search(new SearchQuery("idea", "banc", Map.of(), 25, 10)))
                .isEmpty();
    }

    @Test
    void whatIsTypedIsNeverAnError() {
        ideas.put(1, "Un banc", "ici");
        changed(1);
        String longest = "banc ".repeat(1_000);

        assertThat(find(longest)).containsExactly(1L);
        for (String odd :
                List.of("*", "banc*", "\"banc", "title.fr:banc AND (", "\\", "\uD83D", "x".repeat(500), "-banc")) {
            assertThat(find(odd)).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void theIndexFollowsTheOutbox() {
        ideas.put(1, "Un banc", "ici");
        changed(1);
        assertThat(search.position()).isEqualTo(row);

        ideas.put(1, "Une fontaine", "là");
        changed(1);
        assertThat(find("banc")).isEmpty();
        assertThat(find("fontaine")).containsExactly(1L);

        ideas.documents.remove(1L);
        changed(1);
        assertThat(find("fontaine")).isEmpty();
    }

    @Test
    void rowsThatComeAgainOrLateDoNotTurnThePositionBack() {
        search.deliver(List.of(new OutboxRow(50, "search", "idea:1")));
        search.deliver(List.of(new OutboxRow(40, "search", "idea:1"), new OutboxRow(41, "search", "no initiative")));

        assertThat(search.position()).isEqualTo(50);
    }

    @Test
    void theIndexAndItsPositionSurviveARestartAndAreNotBuiltAgain() throws Exception {
        ideas.put(1, "Un banc", "ici");
        changed(1);
        search.stop();
        ideas.put(2, "Un banc", "that nobody told of");

        start(folder);

        assertThat(search.position()).isEqualTo(row);
        assertThat(find("banc")).containsExactly(1L);
    }

    @Test
    void anIndexThatIsNotThereIsBuiltAnew(@TempDir Path elsewhere) throws Exception {
        search.stop();
        ideas.put(1, "Un banc", "ici");

        start(elsewhere);

        assertThat(find("banc")).containsExactly(1L);
        assertThat(search.position()).isZero();
    }

    @Test
    void buildingAnewAddsWhatIsMissingAndTakesOutWhatIsNoMoreThere() {
        ideas.put(1, "Un banc", "ici");
        ideas.put(2, "Un banc", "là");
        changed(1, 2);
        ideas.documents.remove(1L);
        ideas.put(3, "Un banc", "ailleurs");

        search.rebuild("idea");
        search.built();

        assertThat(find("banc")).containsExactly(3L, 2L);
    }

    @Test
    void aModuleThatWasAwayFindsWhatChangedMeanwhile() {
        ideas.put(1, "Un banc", "ici");
        ideas.put(2, "Une fontaine", "là");
        changed(1, 2);
        search.removeSource(ideas);
        ideas.documents.remove(1L);
        ideas.put(2, "Une statue", "là");
        changed(1, 2);
        assertThat(find("fontaine")).containsExactly(2L);

        search.addSource(ideas);
        search.built();

        assertThat(find("banc")).isEmpty();
        assertThat(find("fontaine")).isEmpty();
        assertThat(find("statue")).containsExactly(2L);
    }

    @Test
    void rowsThatComeBeforeTheirModuleStartsHaveOnlyThoseReadAgainAlsoAfterAnotherStop() throws Exception {
        ideas.put(1, "Un banc", "ici");
        ideas.put(2, "Un banc", "là");
        changed(1, 2);
        search.stop();
        search = new LuceneSearch(folder);
        ideas.put(1, "Une statue", "ici");
        ideas.put(2, "Une statue", "that nobody told of");
        changed(1);
        search.stop();

        start(folder);

        assertThat(find("statue")).containsExactly(1L);
        assertThat(find("banc")).containsExactly(2L);
    }

    @Test
    void ofMoreThanAThousandChangesWhileTheModuleWasAwayTheKindIsBuiltAnew() {
        ideas.put(1, "Un banc", "ici");
        changed(1);
        search.removeSource(ideas);
        ideas.put(1, "Une statue", "that nobody told of");
        changed(LongStream.rangeClosed(10, 1_010).toArray());

        search.addSource(ideas);
        search.built();

        assertThat(find("statue")).containsExactly(1L);
    }

    /** The building has read the old text when the change comes. */
    @Test
    void aChangeWhileTheIndexIsBuiltIsNotOverwrittenWithWhatWasReadBefore() throws Exception {
        ideas.put(1, "Un banc", "ici");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread tests = Thread.currentThread();
        ideas.beforeReading = () -> {
            if (reading.getCount() > 0 && Thread.currentThread() != tests) {
                reading.countDown();
                await(goOn);
            }
        };
        search.rebuild("idea");
        await(reading);
        ideas.put(1, "Une fontaine", "ici");
        Thread follower = new Thread(() -> changed(1), "follower");
        follower.start();
        while (follower.getState() == Thread.State.NEW || follower.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        follower.join();
        search.built();

        assertThat(find("fontaine")).containsExactly(1L);
        assertThat(find("banc")).isEmpty();
    }

    private void changed(long... ids) {
        search.deliver(LongStream.of(ids)
                .mapToObj(id -> new OutboxRow(++row, SearchSource.TOPIC, "idea:" + id))
                .toList());
    }

    private List<Long> find(String words) {
        return search.search(new SearchQuery("idea", words, Map.of(), 0, 10));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bibliotheqe, true",
        "bilbiothèque, true",
        "biblothecque, true",
        "patinore, true",
        "patinoirre ombragee, false",
        "parv, false",
    })
    void aTypingErrorIsForgivenWhereNothingElseIsFound(String words, boolean found) {
        ideas.put(1, "Une bibliothèque de quartier", "Près de la patinoire.");
        ideas.put(2, "Du parc au quai", "Un sentier.");
        changed(1, 2);

        assertThat(search.search(new SearchQuery("idea", words, Map.of(), 0, 10))
                        .contains(1L))
                .isEqualTo(found);
    }

    @Test
    void aWordThatStandsThereIsNotTakenForAnError() {
        ideas.put(1, "Des bancs", "Repeindre les bancs du parc.");
        ideas.put(2, "Des barcs", "Un mot voisin.");
        changed(1, 2);

        assertThat(search.search(new SearchQuery("idea", "bancs", Map.of(), 0, 10)))
                .containsExactly(1L);
    }

    @Test
    void aWordThatStoodOnlyInWhatIsGoneIsTakenForAnError() {
        ideas.put(1, "Un jardin", "pour le quartier");
        ideas.put(2, "Un jardon", "pour personne");
        changed(1, 2);
        assertThat(find("jardon")).containsExactly(2L);

        ideas.documents.remove(2L);
        changed(2);

        assertThat(find("jardon")).containsExactly(1L);
    }

    @Test
    void everyKindIsSearchedAtOnce() {
        ideas.put(1, "Une fontaine", "Au parc.");
        changed(1);
        search.addSource(new SearchSource() {
            @Override
            public String kind() {
                return "project";
            }

            @Override
            public Optional<SearchDocument> document(long id) {
                return Optional.of(new SearchDocument(
                        new Initiative("project", id), "La fontaine du marché", "", Map.of("neighbourhood", "quai")));
            }

            @Override
            public void forEach(LongConsumer id) {
                id.accept(1);
            }
        });
        search.built();

        assertThat(search.find(new SearchQuery(SearchQuery.EVERY_KIND, "fontaine", Map.of(), 0, 10)))
                .containsExactlyInAnyOrder(new Initiative("idea", 1), new Initiative("project", 1));
        assertThat(search.find(
                        new SearchQuery(SearchQuery.EVERY_KIND, "fontaine", Map.of("neighbourhood", "quai"), 0, 10)))
                .containsExactly(new Initiative("project", 1));
        assertThat(search.search(new SearchQuery("idea", "fontaine", Map.of(), 0, 10)))
                .containsExactly(1L);
        assertThat(search.kinds()).containsExactly("idea", "project");
    }

    @Test
    void punctuationAloneFindsNothing() {
        ideas.put(1, "Une fontaine", "Au parc.");
        changed(1);

        assertThat(search.search(new SearchQuery("idea", "?! …", Map.of(), 0, 10)))
                .isEmpty();
    }
}
