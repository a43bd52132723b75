// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds blocked words and phrases in a text as whole words, however they are dressed up: case, accents, ligatures, doubled
 * letters ({@code cooonard}), digits and signs that look like letters ({@code c0nn@rd}), letters that are spread out
 * ({@code c.o.n.n.a.r.d}), a plural. What only contains a blocked word is another word and is left alone.
 */
final class WordList {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern DOUBLED = Pattern.compile("(.)\\1+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}@$!|€]+");
    private static final Pattern END = Pattern.compile("^[!|$]+|[!|]+$");
    private static final int SPREAD = 3;
    private static final int MAX_WORDS = 6;

    private final Map<String, Boolean> refused;

    /** @param refused folded word → whether a text with it is refused rather than held */
    WordList(Map<String, Boolean> refused) {
        this.refused = Map.copyOf(refused);
    }

    /** The form in which words are compared. */
    static String fold(String word) {
        return String.join(" ", tokens(word));
    }

    /** The worst of what is in the text: whether it is refused; empty if nothing is. */
    Optional<Boolean> find(String text) {
        List<String> tokens = tokens(text);
        Boolean found = null;
        for (String phrase : phrases(tokens)) {
            Boolean refuse = known(phrase);
            if (refuse != null && (found == null || refuse)) {
                found = refuse;
            }
        }
        return Optional.ofNullable(found);
    }

    private @Nullable Boolean known(String phrase) {
        Boolean exact = refused.get(phrase);
        if (exact == null && (phrase.endsWith("s") || phrase.endsWith("x"))) {
            return refused.get(phrase.substring(0, phrase.length() - 1));
        }
        return exact;
    }

    private static Collection<String> phrases(List<String> tokens) {
        List<String> phrases = new ArrayList<>();
        for (int from = 0; from < tokens.size(); from++) {
            StringBuilder phrase = new StringBuilder();
            for (int to = from; to < Math.min(tokens.size(), from + MAX_WORDS); to++) {
                phrase.append(to == from ? "" : " ").append(tokens.get(to));
                phrases.add(phrase.toString());
            }
        }
        StringBuilder spread = new StringBuilder();
        for (int i = 0; i <= tokens.size(); i++) {
            if (i < tokens.size() && tokens.get(i).length() == 1) {
                spread.append(tokens.get(i));
            } else {
                if (spread.length() >= SPREAD) {
                    phrases.add(DOUBLED.matcher(spread).replaceAll("$1"));
                }
                spread.setLength(0);
            }
        }
        return phrases;
    }

    private static List<String> tokens(String text) {
        String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae");
        List<String> tokens = new ArrayList<>();
        for (String raw : BETWEEN.split(plain)) {
            String token = END.matcher(raw).replaceAll("");
            if (!token.isEmpty()) {
                tokens.add(DOUBLED.matcher(letters(token)).replaceAll("$1"));
            }
        }
        return tokens;
    }

    private static final Map<Character, Character> LOOKS_LIKE = new HashMap<>();

    static {
        String signs = "0134578@$!|€";
        String letters = "oieastbasiie";
        for (int i = 0; i < signs.length(); i++) {
            LOOKS_LIKE.put(signs.charAt(i), letters.charAt(i));
        }
    }

    /** Numbers stay numbers. */
    private static String letters(String token) {
        if (token.chars().noneMatch(Character::isLetter)) {
            return token;
        }
        StringBuilder folded = new StringBuilder();
        for (char c : token.toCharArray()) {
            folded.append(LOOKS_LIKE.getOrDefault(c, c).charValue());
        }
        return folded.toString();
    }
}
