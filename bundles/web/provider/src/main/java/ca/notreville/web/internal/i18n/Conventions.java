// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.i18n;

import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Whose dates, numbers, money and plurals go with a language: Canada's with French and English, the French ones with a language
 * that ICU or Java does not know, the language's own with any other. Digits are those of the street numbers, 0 to 9.
 */
public final class Conventions {

    private static final Map<String, Locale> KNOWN =
            new ConcurrentHashMap<>(Map.of("fr", Locale.CANADA_FRENCH, "en", Locale.CANADA));

    private Conventions() {}

    /** @param language code of two or three letters */
    public static Locale of(String language) {
        Locale known = KNOWN.get(language);
        if (known != null) {
            return known;
        }
        Locale found = Available.LANGUAGES.contains(language)
                ? new Locale.Builder()
                        .setLanguage(language)
                        .setUnicodeLocaleKeyword("nu", "latn")
                        .build()
                : Locale.CANADA_FRENCH;
        KNOWN.put(language, found);
        return found;
    }

    public static boolean rightToLeft(Locale language) {
        return ULocale.forLocale(language).isRightToLeft();
    }

    /** Looked up when the first language pack asks: many installations have none. */
    private static final class Available {
        static final Set<String> LANGUAGES;

        static {
            LANGUAGES = Arrays.stream(ULocale.getAvailableLocales())
                    .map(ULocale::getLanguage)
                    .collect(Collectors.toSet());
            LANGUAGES.retainAll(Arrays.stream(Locale.getAvailableLocales())
                    .map(Locale::getLanguage)
                    .collect(Collectors.toSet()));
        }
    }
}
