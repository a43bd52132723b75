// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Two thousand words, used as often as words are (Zipf and Mandelbrot): what joins words in French comes most, then what towns
 * talk about among words that are put together here from French syllables and endings. Taken from no list of anybody's.
 */
final class Vocabulary {

    private static final int WORDS = 2_000;
    private static final double SHIFT = 2.7;
    private static final int EACH = 8;
    /** Of a hundred uses of a word, how many are in the plural. */
    private static final int PLURALS = 20;

    private static final int MIN_TYPO = 5;

    private static final String[] JOINING = {
        "de", "la", "le", "et", "les", "des", "en", "un", "une", "à", "pour", "dans", "du", "que", "est", "sur", "par",
        "au", "plus", "avec", "pas", "il", "on", "nous", "qui", "ce", "se", "sont", "aux", "mais"
    };
    private static final String[] TOWN = {
        "rue",
        "parc",
        "piste",
        "cyclable",
        "école",
        "bibliothèque",
        "arbre",
        "banc",
        "place",
        "marché",
        "hiver",
        "lumière",
        "jardin",
        "eau",
        "fontaine",
        "trottoir",
        "passage",
        "autobus",
        "atelier",
        "cuisine",
        "quartier",
        "fête",
        "musique",
        "patinoire",
        "ruelle",
        "verte",
        "compost",
        "aînés",
        "enfants",
        "sécurité",
        "calme",
        "vitesse",
        "ombre",
        "chaleur"
    };
    private static final String[] BEGINNINGS = {
        "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "ch", "br", "cr", "dr", "fr", "gr", "pl", "pr",
        "tr", "bl", "cl", "j"
    };
    private static final String[] VOWELS = {
        "a", "é", "i", "o", "u", "ou", "on", "an", "in", "ai", "au", "oi", "er", "ar", "or"
    };
    private static final String[] MIDDLES = {
        "b", "c", "d", "l", "m", "n", "p", "r", "s", "t", "v", "ll", "rt", "nt", "st", "ch"
    };
    private static final String[] ENDINGS = {
        "age", "ement", "ation", "eur", "euse", "ette", "able", "ique", "ité", "esse", "eau", "oir", "aire", "ance",
                "ence",
        "isme", "iste", "erie", "al", "elle", "et", "ard", "ine", "ure", "ade", "ier", "er", "ir", "on", "ille"
    };

    private final SplittableRandom random;
    private final List<String> words = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private final double[] upTo;

    Vocabulary(SplittableRandom random) {
        this.random = random;
        words.addAll(Arrays.asList(JOINING));
        int town = 0;
        while (words.size() < WORDS) {
            String word = (words.size() - JOINING.length) % EACH == 0 && town < TOWN.length ? TOWN[town++] : made();
            if (known.add(plain(word))) {
                words.add(word);
            }
        }
        upTo = new double[WORDS];
        double sum = 0;
        for (int i = 0; i < WORDS; i++) {
            sum += 1 / (i + 1 + SHIFT);
            upTo[i] = sum;
        }
    }

    private String made() {
        StringBuilder word = new StringBuilder(one(BEGINNINGS)).append(one(VOWELS));
        for (int more = random.nextInt(3); more > 0; more--) {
            word.append(one(MIDDLES));
            if (more > 1) {
                word.append(one(VOWELS));
            }
        }
        String ending = one(ENDINGS);
        if ("aeiouér".indexOf(word.charAt(word.length() - 1)) >= 0 && "aeio".indexOf(ending.charAt(0)) >= 0) {
            word.append(one(MIDDLES).charAt(0));
        }
        return word.append(ending).toString();
    }

    private String one(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
    }

    private int drawn(double from) {
        double at = from + random.nextDouble() * (upTo[WORDS - 1] - from);
        int found = Arrays.binarySearch(upTo, at);
        return Math.min(WORDS - 1, found < 0 ? -found - 1 : found);
    }

    String text(int count) {
        StringBuilder text = new StringBuilder(count * 7);
        for (int i = 0; i < count; i++) {
            int drawn = drawn(0);
            text.append(i == 0 ? "" : " ").append(words.get(drawn));
            if (drawn >= JOINING.length && random.nextInt(100) < PLURALS) {
                text.append('s');
            }
        }
        return text.toString();
    }

    /** One that says something. */
    String word() {
        return words.get(drawn(upTo[JOINING.length - 1]));
    }

    /** What a person could be called. */
    String name() {
        return capital(word()) + " " + capital(word());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.FRENCH) + word.substring(1);
    }

    /** As the parameter of an address: one to three words. */
    String query() {
        StringBuilder words = new StringBuilder();
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            words.append(words.isEmpty() ? "" : " ").append(word());
        }
        return parameter(words.toString());
    }

    /** One or two words, of which the last is misspelt so that there is no such word. */
    String misspelt() {
        String word;
        do {
            word = word();
        } while (word.length() < MIN_TYPO);
        String wrong;
        do {
            wrong = wrong(word);
        } while (begins(plain(wrong)));
        return parameter(random.nextBoolean() ? word() + " " + wrong : wrong);
    }

    private boolean begins(String plain) {
        return known.stream().anyMatch(word -> word.startsWith(plain));
    }

    /** A letter left out, doubled, changed or exchanged with the next, but never the first one. */
    private String wrong(String word) {
        int at = 1 + random.nextInt(word.length() - 2);
        String before = word.substring(0, at);
        char letter = word.charAt(at);
        char next = word.charAt(at + 1);
        String after = word.substring(at + 2);
        return switch (random.nextInt(4)) {
            case 0 -> before + next + after;
            case 1 -> before + letter + letter + next + after;
            case 2 -> before + (char) ('a' + random.nextInt(26)) + next + after;
            default -> before + next + letter + after;
        };
    }

    private static String parameter(String words) {
        return "q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
    }
}
