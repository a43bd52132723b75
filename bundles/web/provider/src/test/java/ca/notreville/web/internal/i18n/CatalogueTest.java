// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.TestFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class CatalogueTest {

    private static final Locale SPANISH = Locale.forLanguageTag("es");

    private final TestFramework framework = new TestFramework();
    private final Catalogue catalogue = new Catalogue(framework.context());

    @Test
    void zeroIsSingularInFrenchAndPluralInEnglish(@TempDir Path folder) throws IOException {
        file(folder, "ideas_fr", "n={n, plural, one {# idée} other {# idées}}");
        file(folder, "ideas_en", "n={n, plural, one {# idea} other {# ideas}}");
        framework.start("ideas", folder);

        assertThat(text(Locale.FRENCH, "n", 0)).isEqualTo("0 idée");
        assertThat(text(Locale.FRENCH, "n", 2)).isEqualTo("2 idées");
        assertThat(text(Locale.ENGLISH, "n", 0)).isEqualTo("0 ideas");
        assertThat(text(Locale.ENGLISH, "n", 1)).isEqualTo("1 idea");
        assertThat(text(Locale.ENGLISH, "n", 1_234)).isEqualTo("1,234 ideas");
        assertThat(text(Locale.FRENCH, "n", 1_234).replaceAll("\\h", " ")).isEqualTo("1 234 idées");
    }

    @Test
    void aMessageThatALanguageLacksIsFrenchAndOneThatNobodyHasIsItsKey(@TempDir Path folder) throws IOException {
        file(folder, "ideas_fr", "only.french=Bonjour {n}!");
        file(folder, "ideas_en", "x=X");
        framework.start("ideas", folder);

        assertThat(text(Locale.ENGLISH, "only.french", 3)).isEqualTo("Bonjour 3!");
        assertThat(text(Locale.ENGLISH, "nobody.has", 3)).isEqualTo("nobody.has");
        assertThat(catalogue.has("only.french")).isTrue();
        assertThat(catalogue.has("nobody.has")).isFalse();
    }

    @Test
    void whatIsPutIntoAMessageIsPutInAsItIs(@TempDir Path folder) throws IOException {
        file(folder, "ideas_fr", "a={n} dit '{n}' et ''rien''\nb=l''été\nc=Fin {");
        framework.start("ideas", folder);

        assertThat(catalogue.text(Locale.FRENCH, "a", Map.of("n", "{x} l'été ''")))
                .isEqualTo("{x} l'été '' dit {n} et 'rien'");
        assertThat(text(Locale.FRENCH, "b", 1)).isEqualTo("l'été");
        assertThat(catalogue.text(Locale.FRENCH, "a", Map.of())).startsWith("{n} dit");
        assertThat(catalogue.has("c"))
                .as("a malformed message does not spoil its file")
                .isFalse();
    }

    @Test
    void aLanguagePackIsABundleThatComesAndGoes(@TempDir Path module, @TempDir Path pack) throws IOException {
        file(module, "ideas_fr", "a=Bonjour");
        file(module, "ideas_en", "a=Hello");
        file(pack, "spanish_es", "a=Hola");
        framework.start("ideas", module);
        assertThat(catalogue.languages()).extracting(Locale::getLanguage).containsExactly("fr", "en");

        Bundle spanish = framework.start(null, pack);
        assertThat(catalogue.languages()).extracting(Locale::getLanguage).containsExactly("fr", "en", "es");
        assertThat(text(SPANISH, "a", 0)).isEqualTo("Hola");

        framework.stop(spanish);
        assertThat(catalogue.languages()).extracting(Locale::getLanguage).containsExactly("fr", "en");
        assertThat(text(SPANISH, "a", 0)).isEqualTo("Bonjour");
    }

    @Test
    void ofTwoBundlesWithTheSameKeyTheOneInstalledLaterWinsUntilItGoes(@TempDir Path module, @TempDir Path town)
            throws IOException {
        file(module, "ideas_fr", "a=Idées");
        file(town, "town_fr", "a=Projets du quartier");
        framework.start(5, "ideas", module);

        // the number is one that a hash table would put before the other
        Bundle later = framework.start(16, null, town);
        assertThat(text(Locale.FRENCH, "a", 0)).isEqualTo("Projets du quartier");

        framework.stop(later);
        assertThat(text(Locale.FRENCH, "a", 0)).isEqualTo("Idées");
    }

    @Test
    void aPackHasThePluralsAndNumbersOfItsLanguageInTheDigitsOfTheTown(@TempDir Path folder) throws IOException {
        file(folder, "pack_pl", "n={n, plural, one {# pomysł} few {# pomysły} many {# pomysłów} other {# pomysłu}}");
        file(
                folder,
                "pack_ar",
                "n={n, plural, zero {لا أفكار} one {فكرة واحدة} two {فكرتان} few {# أفكار} many {# فكرة} other {# فكرة}}");
        framework.start(null, folder);

        Locale polish = Locale.forLanguageTag("pl");
        assertThat(text(polish, "n", 1)).isEqualTo("1 pomysł");
        assertThat(text(polish, "n", 3)).isEqualTo("3 pomysły");
        assertThat(text(polish, "n", 12)).isEqualTo("12 pomysłów");
        assertThat(text(polish, "n", 22)).isEqualTo("22 pomysły");
        Locale arabic = Locale.forLanguageTag("ar");
        assertThat(text(arabic, "n", 0)).isEqualTo("لا أفكار");
        assertThat(text(arabic, "n", 2)).isEqualTo("فكرتان");
        assertThat(text(arabic, "n", 5)).isEqualTo("5 أفكار");
        assertThat(text(arabic, "n", 12)).isEqualTo("12 فكرة");
        assertThat(text(arabic, "n", 2_000)).isEqualTo("2,000 فكرة");
        assertThat(Conventions.rightToLeft(arabic)).isTrue();
        assertThat(Conventions.rightToLeft(polish)).isFalse();
    }

    @Test
    void aLanguageThatNobodyHasConventionsForIsWrittenByTheFrenchOnes(@TempDir Path folder) throws IOException {
        file(folder, "pack_ht", "n={n, plural, one {# lide} other {# lide yo}}");
        framework.start(null, folder);

        Locale creole = Locale.forLanguageTag("ht");
        assertThat(text(creole, "n", 0)).isEqualTo("0 lide");
        assertThat(text(creole, "n", 1_234).replaceAll("\\h", " ")).isEqualTo("1 234 lide yo");
    }

    @Test
    void aLanguageIsCalledWhatItsPackSaysOrElseWhatItIsKnownBy(@TempDir Path folder) throws IOException {
        file(folder, "web_fr", "web.language=Français\nonly.french=Bonjour");
        file(folder, "pack_ht", "web.language=Kreyòl ayisyen");
        file(folder, "pack_es", "a=Hola");
        framework.start(null, folder);

        assertThat(catalogue.languages().stream().map(catalogue::name))
                .containsExactly("Français", "Español", "Kreyòl ayisyen");
    }

    @Test
    void whatALanguageLacksCanBeListed(@TempDir Path folder) throws IOException {
        file(folder, "web_fr", "a=Bonjour {n}\nb=Salut");
        file(folder, "pack_es", "a=Hola {n}");
        framework.start(null, folder);

        assertThat(catalogue.missing("es")).isEqualTo(Map.of("b", "Salut"));
        assertThat(catalogue.missing("it")).isEqualTo(Map.of("a", "Bonjour {n}", "b", "Salut"));
    }

    private String text(Locale language, String key, int n) {
        return catalogue.text(language, key, Map.of("n", n));
    }

    private static void file(Path folder, String name, String content) throws IOException {
        Files.createDirectories(folder.resolve("i18n"));
        Files.writeString(folder.resolve("i18n/" + name + ".properties"), content);
    }
}
