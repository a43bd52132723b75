// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.initiative.Initiative;
import org.junit.jupiter.api.Test;

class NewsTest {

    private static final News NEWS = News.of("comment:1", "core.comment", new Initiative("idea", 42), 7);

    @Test
    void aQuoteIsTheBeginningOfATextOnOneLine() {
        assertThat(NEWS.quoting(" un\n\ndeux ").quote()).isEqualTo("un deux");
        assertThat(NEWS.quoting("\uD83D\uDC26".repeat(400)).quote())
                .isEqualTo("\uD83D\uDC26".repeat(News.MAX_QUOTE - 1) + "…");
    }

    @Test
    void newsLeadToAPageOfThisSite() {
        assertThatThrownBy(() -> NEWS.leadingTo("https://elsewhere.example"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(NEWS.leadingTo("/ideas/42").path()).isEqualTo("/ideas/42");
    }
}
