// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordListTest {

    private final WordList words = new WordList(Map.of(
            WordList.fold("connard"), false,
            WordList.fold("enculé"), true,
            WordList.fold("ta gueule"), false,
            WordList.fold("asshole"), false));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Quel connard!",
                "CONNARD",
                "connards",
                "conard",
                "coooonnnnard",
                "c0nn@rd",
                "c.o.n.n.a.r.d",
                "c o n n a r d",
                "c-o-n-n-a-r-d",
                "ta  GUEULE",
                "ta-gueule",
                "a$$hole",
                "A s s h o l e",
                "e\u0301t ｃｏｎｎａｒｄ"
            })
    void aBlockedWordIsFoundHoweverItIsDressed(String text) {
        assertThat(words.find(text)).contains(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Le renard et le canard",
                "connardises",
                "Il a 3 enfants et 15 % de rabais",
                "tagueule",
                "Un bon classement au passage",
                "",
                "!!! ??? |"
            })
    void whatOnlyLooksLikeItIsLeftAlone(String text) {
        assertThat(words.find(text)).isEmpty();
    }

    @Test
    void theWorstOfSeveralCounts() {
        assertThat(words.find("connard, et encule")).contains(true);
        assertThat(words.find("ENCULÉS")).contains(true);
    }

    @Test
    void aVeryLongTextIsReadOnce() {
        assertThat(words.find("a ".repeat(20_000))).isEmpty();
    }
}
