// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.text;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.text.ReadingLevel.Ease;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReadingLevelTest {

    @ParameterizedTest
    @CsvSource({
        "ville, 1",
        "quartier, 2",
        "municipalité, 6",
        "rue, 1",
        "église, 2",
        "poète, 2",
        "maïs, 2",
        "quelque, 1",
        "bougent, 2",
        "payer, 2",
        "gens, 1",
        "réunion, 3",
        "H2X, 1",
        "œuvre, 1",
        "comment, 2",
    })
    void syllablesAreCountedAsTheyAreSpoken(String word, int syllables) {
        assertThat(ReadingLevel.syllables(word)).isEqualTo(syllables);
    }

    @Test
    void plainWordsInShortSentencesAreEasyAndOfficialProseIsNot() {
        ReadingLevel plain = ReadingLevel.of(
                "Vous avez une idée pour votre rue? Dites-le ici. Vos voisins la lisent et votent. La ville vous répond.");
        ReadingLevel official = ReadingLevel.of(
                "Conformément aux dispositions réglementaires applicables, l’administration municipale procédera"
                        + " ultérieurement à l’évaluation multicritère des propositions citoyennes préalablement"
                        + " déclarées admissibles par les instances décisionnelles concernées et dûment mandatées à cette fin par résolution du conseil.");

        assertThat(plain.ease()).isEqualTo(Ease.EASY);
        assertThat(plain.sentences()).isEqualTo(4);
        assertThat(official.ease()).isEqualTo(Ease.DIFFICULT);
        assertThat(official.longestSentence()).isGreaterThan(ReadingLevel.LONG_SENTENCE);
        assertThat(plain.score()).isGreaterThan(official.score());
    }

    @Test
    void ofHardlyAnyWordsNothingIsSaid() {
        assertThat(ReadingLevel.of("").ease()).isEqualTo(Ease.UNKNOWN);
        assertThat(ReadingLevel.of("12 345 — …").words()).isZero();
        assertThat(ReadingLevel.of("Bonjour tout le monde.").ease()).isEqualTo(Ease.UNKNOWN);
    }

    /** Whatever the platform itself says to people in sentences of eight words and more. */
    static Stream<Path> ownTexts() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(Path.of("../.."), 8)) {
            files = all.filter(file -> file.toString().replace('\\', '/').contains("src/main/resources/i18n/")
                            && file.toString().endsWith("_fr.properties"))
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().filter(file -> !sentences(file).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("ownTexts")
    void whatThePlatformSaysIsFairlyEasyAndInShortSentences(Path file) {
        Map<String, String> sentences = sentences(file);

        ReadingLevel level = ReadingLevel.of(String.join("\n", sentences.values()));

        assertThat(level.score()).as("%s", file).isGreaterThanOrEqualTo(ReadingLevel.FAIRLY_EASY);
        assertThat(sentences)
                .allSatisfy((key, text) -> assertThat(ReadingLevel.of(text).longestSentence())
                        .as("%s", key)
                        .isLessThanOrEqualTo(ReadingLevel.LONG_SENTENCE));
    }

    private static Map<String, String> sentences(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return read.entrySet().stream()
                .map(e -> Map.entry(
                        (String) e.getKey(),
                        ((String) e.getValue())
                                .replaceAll("\\{\\w+, plural,.*?other \\{([^{}]*)}}", "$1")
                                .replaceAll("\\{[^}]*}", "12")))
                .filter(e -> e.getValue().split("\\s+").length >= 8)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }
}
