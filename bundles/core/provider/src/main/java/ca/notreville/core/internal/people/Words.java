// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import java.text.Normalizer;
import java.util.Locale;

/** Makes words equal that people take for the same, and names sortable the same way on every database. */
public final class Words {

    private static final int LETTERS = 12;
    private static final int BASE = 37;

    private Words() {}

    /** Without accents and case, letters and digits only, parted by single blanks; "" if none is left. */
    public static String fold(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ß", "ss");
        return plain.replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }

    /** A number that sorts as the first letters of the name do, without accents and case; other scripts come last. */
    public static long alpha(String name) {
        String folded = fold(name).replace(" ", "");
        long number = 0;
        for (int i = 0; i < LETTERS; i++) {
            number = number * BASE + (i < folded.length() ? place(folded.charAt(i)) : 0);
        }
        return number;
    }

    private static int place(char letter) {
        if (letter >= '0' && letter <= '9') {
            return letter - '0' + 1;
        }
        return letter >= 'a' && letter <= 'z' ? letter - 'a' + 11 : BASE - 1;
    }
}
