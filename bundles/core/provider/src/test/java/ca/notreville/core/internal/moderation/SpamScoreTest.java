// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpamScoreTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration THREE_DAYS = Duration.ofDays(3);
    private static final Duration TWO_WEEKS = Duration.ofDays(14);

    @Test
    void aFirstWordOfANewAccountPasses() {
        assertThat(SpamScore.of(HOUR, "Bonne idée, j’en suis.", false).points()).isEqualTo(2);
        assertThat(SpamScore.of(HOUR, "Bonne idée, j’en suis.", false).held()).isFalse();
    }

    @Test
    void aLinkIsLookedAtInTheFirstDayAndMoreOfThemLater() {
        String one = "Voyez https://example.org";
        String three = one + " et https://example.org/2 et www.example.org";

        assertThat(SpamScore.of(HOUR, one, false).held()).isTrue();
        assertThat(SpamScore.of(HOUR, one, false).signs()).containsExactly("new-account", "links");
        assertThat(SpamScore.of(THREE_DAYS, one, false).held()).isFalse();
        assertThat(SpamScore.of(THREE_DAYS, three, false).held()).isTrue();
        assertThat(SpamScore.of(TWO_WEEKS, three, false).held()).isFalse();
        assertThat(SpamScore.of(TWO_WEEKS, three + " acheter.com", false).held())
                .isTrue();
    }

    @Test
    void theSameTwiceIsLookedAt() {
        assertThat(SpamScore.of(TWO_WEEKS, "Bonjour", true).held()).isTrue();
        assertThat(SpamScore.of(THREE_DAYS, "ici ".repeat(12), false).signs()).contains("repeated");
    }

    @Test
    void capitalsAloneAreNotSpam() {
        SpamScore score = SpamScore.of(HOUR, "JE SUIS TOUT À FAIT D’ACCORD AVEC CETTE IDÉE", false);

        assertThat(score.signs()).contains("shouting");
        assertThat(score.held()).isFalse();
    }

    @Test
    void aSettledAccountHasNoScore() {
        String bad = "ACHETEZ https://a.example ".repeat(20);

        assertThat(SpamScore.of(SpamScore.SETTLED, bad, true).points()).isZero();
        assertThat(SpamScore.of(SpamScore.SETTLED.minusSeconds(1), bad, true).held())
                .isTrue();
    }
}
