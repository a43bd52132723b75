// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How easily a French text is read: Flesch's reading ease as Kandel and Moles adapted it to French (1958),
 * {@code 207 - 1.015 × words a sentence - 73.6 × syllables a word}. The higher, the easier: 100 is a text for children, from 70
 * it is fairly easy, from 60 ordinary, below it is difficult, from 30 down for specialists.
 *
 * <p>Syllables are counted as they are spoken in Québec, without the silent {@code e} at the end of a word, by spelling alone,
 * so that single words may be off by one. It says something about texts of a few sentences and more, and nothing about whether
 * they make sense.
 *
 * @param score rounded
 * @param words in the whole text; a word before an apostrophe or a hyphen counts as one
 * @param longestSentence words of the longest sentence
 */
public record ReadingLevel(int score, int words, int sentences, int longestSentence) {

    /** From here on a text is easy enough for everybody: what the municipality's own texts should reach. */
    public static final int FAIRLY_EASY = 70;

    /** From here on a text is ordinary. */
    public static final int ORDINARY = 60;

    /** Words of a sentence that most people still read at one go. */
    public static final int LONG_SENTENCE = 25;

    /** Fewer words than these say nothing. */
    public static final int FEW_WORDS = 10;

    private static final Pattern SENTENCE = Pattern.compile("[.!?…:;]+(?=\\s|$)|\\n+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{Z}’'\\-–—/]+");
    private static final Pattern LETTER = Pattern.compile("\\p{L}");

    private static final String VOWELS = "aeiouyàâäéèêëîïôöùûüÿœæ";
    private static final Pattern VOWEL_GROUP = Pattern.compile("[" + VOWELS + "]+");
    private static final Pattern SILENT_U = Pattern.compile("(?<=[gq])u(?=[eéèêiîy])");
    private static final Pattern GLIDE = Pattern.compile("(?<=[" + VOWELS + "])y(?=[" + VOWELS + "])");
    private static final Pattern HIATUS = Pattern.compile("é(?=[aeoiuàâèêôœ])|o(?=[éè])|[" + VOWELS + "](?=[ïëü])");
    private static final Pattern SILENT_END = Pattern.compile("[^" + VOWELS + "](e|es|ent)$");
    private static final Pattern SPOKEN_END = Pattern.compile("(m|v|c|d|r|l|g)ent$");

    /** How easy it is, in one word. */
    public enum Ease {
        /** Too few words to tell. */
        UNKNOWN,
        EASY,
        ORDINARY,
        DIFFICULT;

        /** For the key of a message. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Ease ease() {
        if (words < FEW_WORDS) {
            return Ease.UNKNOWN;
        }
        return score >= FAIRLY_EASY ? Ease.EASY : score >= ORDINARY ? Ease.ORDINARY : Ease.DIFFICULT;
    }

    /** @param french plain text; without a single word the score is 100 */
    public static ReadingLevel of(String french) {
        int words = 0;
        int sentences = 0;
        int longest = 0;
        int syllables = 0;
        for (String sentence : SENTENCE.split(french)) {
            List<String> spoken = words(sentence);
            if (!spoken.isEmpty()) {
                sentences++;
                words += spoken.size();
                longest = Math.max(longest, spoken.size());
                syllables += spoken.stream().mapToInt(ReadingLevel::syllables).sum();
            }
        }
        if (words == 0) {
            return new ReadingLevel(100, 0, 0, 0);
        }
        double score = 207 - 1.015 * words / sentences - 73.6 * syllables / words;
        return new ReadingLevel((int) Math.round(score), words, sentences, longest);
    }

    private static List<String> words(String sentence) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN_WORDS.split(sentence)) {
            if (LETTER.matcher(word).find()) {
                words.add(word.toLowerCase(Locale.FRENCH));
            }
        }
        return words;
    }

    static int syllables(String word) {
        String letters = word.replaceAll("[^\\p{L}]", "");
        String plain = GLIDE.matcher(SILENT_U.matcher(letters).replaceAll("")).replaceAll("j");
        int syllables = count(VOWEL_GROUP, plain) + count(HIATUS, plain);
        if (syllables > 1
                && SILENT_END.matcher(plain).find()
                && !SPOKEN_END.matcher(plain).find()) {
            syllables--;
        }
        return Math.max(1, syllables);
    }

    private static int count(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int n = 0;
        while (matcher.find()) {
            n++;
        }
        return n;
    }
}
