// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CsrfTest {

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Csrf csrf = new Csrf(new byte[32], clock);

    @Test
    void aTokenIsGoodForItsSessionForTwelveHours() {
        String token = csrf.token("session");
        clock.advance(Duration.ofHours(12));
        assertThat(csrf.valid(token, "session")).isTrue();

        clock.advance(Duration.ofMillis(1));

        assertThat(csrf.valid(token, "session")).isFalse();
    }

    @Test
    void aTokenOfANodeWhoseClockIsALittleAheadIsGood() {
        TestClock ahead = new TestClock("2026-05-01T12:00:05Z");

        assertThat(csrf.valid(new Csrf(new byte[32], ahead).token("session"), "session"))
                .isTrue();
        ahead.advance(Duration.ofMinutes(10));
        assertThat(csrf.valid(new Csrf(new byte[32], ahead).token("session"), "session"))
                .isFalse();
    }

    @Test
    void aTokenOfAnotherSessionOrAnotherInstallationIsRefused() {
        assertThat(csrf.valid(csrf.token("other"), "session")).isFalse();
        byte[] key = new byte[32];
        key[0] = 1;
        assertThat(csrf.valid(new Csrf(key, clock).token("session"), "session")).isFalse();
    }

    @Test
    void aTokenOfWhichOneCharacterWasChangedIsRefused() {
        String token = csrf.token("session");

        // the last character carries bits that no byte has
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(csrf.valid(token.substring(0, i) + other + token.substring(i + 1), "session"))
                    .isFalse();
        }
        for (String wrong : new String[] {"", "é", "====", token + token, token.substring(4)}) {
            assertThat(csrf.valid(wrong, "session")).isFalse();
        }
    }

    @Test
    void noTwoPagesHaveTheSameToken() {
        assertThat(csrf.token("session")).isNotEqualTo(csrf.token("session"));
    }
}
