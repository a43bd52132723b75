// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The message catalogue: {@code i18n/<module>_<language>.properties} (UTF-8, ICU message format) of every started bundle, so
 * that a language pack is just another bundle. A key that a language lacks is looked up in French.
 */
@ProviderType
public interface Messages {

    /** The languages that any bundle brings, French first; of a language pack only while it is there. */
    List<Locale> languages();

    /** @return what a language is called by those who speak it, as its message {@code web.language} says or as ICU knows */
    default String name(Locale language) {
        return language.getDisplayLanguage(language);
    }

    /** @return the message; the key itself if there is none */
    String text(Locale language, String key, Map<String, ?> arguments);

    boolean has(String key);
}
