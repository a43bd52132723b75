// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.organisation.Organisation;
import ca.notreville.core.api.profile.SkillService.Skill;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.web.api.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class LanguagesTest {

    private static final Locale SPANISH = Locale.forLanguageTag("es");

    @Test
    void beforeThereAreMessagesThereAreFrenchAndEnglish() {
        assertThat(new Languages().codes()).containsExactly("fr", "en");
    }

    @Test
    void whoChoseALanguageWhosePackIsGoneReadsFrench() {
        Messages messages = Mockito.mock(Messages.class);
        Mockito.when(messages.languages()).thenReturn(List.of(Locale.FRENCH, Locale.ENGLISH));
        Languages languages = new Languages().with(messages);
        assertThat(languages.code(SPANISH)).isEqualTo("fr");
        assertThat(languages.code(Locale.CANADA)).isEqualTo("en");

        Mockito.when(messages.languages()).thenReturn(List.of(Locale.FRENCH, Locale.ENGLISH, SPANISH));
        assertThat(languages.code(SPANISH)).isEqualTo("es");
    }

    @Test
    void whatIsWrittenInFrenchAndEnglishOnlyIsFrenchInEveryOtherLanguage() {
        Neighbourhood place = new Neighbourhood(
                1, "quai", "b", "Le Quai", Map.of("fr", "Au bord de l’eau", "en", "By the water"), List.of());
        Organisation organisation =
                new Organisation(1, 0, "Les Amis", "community", null, "", "Marcher ensemble", "Walking", false, 1);
        Skill skill = new Skill(1, "menuiserie", "woodwork");

        assertThat(place.description(SPANISH)).isEqualTo("Au bord de l’eau");
        assertThat(organisation.mission(SPANISH)).isEqualTo("Marcher ensemble");
        assertThat(skill.name(SPANISH)).isEqualTo("menuiserie");
        assertThat(place.description(Locale.ENGLISH)).isEqualTo("By the water");
    }

    @Test
    void aDescriptionThatNobodyTranslatedIsFrenchInEnglishToo() {
        Neighbourhood place =
                new Neighbourhood(1, "quai", "b", "Le Quai", Map.of("fr", "Au bord de l’eau", "en", ""), List.of());

        assertThat(place.description(Locale.ENGLISH)).isEqualTo("Au bord de l’eau");
    }
}
