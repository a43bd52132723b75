// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 31, 32, 1_234_567_890_123L, (1L << 53) - 1})
    void aReceiptSaysWhichRowItIsOfHoweverItIsTyped(long id) {
        Receipt receipt = Receipt.make(id, new SecureRandom());

        assertThat(receipt.text()).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){5}");
        assertThat(Receipt.parse(receipt.text())).contains(receipt);
        String typed = "  "
                + receipt.text()
                        .toLowerCase(Locale.ROOT)
                        .replace("-", " ")
                        .replace('0', 'o')
                        .replace('1', 'l');
        assertThat(Receipt.parse(typed)).contains(receipt);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "VILLE-0123456789", "U000-0000-0000-0000-0000-0000", "0000-0000-0000-0000-0000-00000"})
    void whatCannotBeAReceiptIsNone(String typed) {
        assertThat(Receipt.parse(typed)).isEmpty();
        assertThat(Receipt.parse(typed + " ".repeat(10_000_000))).isEmpty();
    }

    @Test
    void theCodeOfAReceiptFitsOneVoteOnly() {
        String receipt = Receipt.make(7, new SecureRandom()).text();

        String code = Entry.code(receipt, "idea:1", "for");

        assertThat(code).matches("[0-9a-f]{64}");
        assertThat(Entry.code(receipt, "idea:1", "against")).isNotEqualTo(code);
        assertThat(Entry.code(receipt, "idea:2", "for")).isNotEqualTo(code);
    }
}
