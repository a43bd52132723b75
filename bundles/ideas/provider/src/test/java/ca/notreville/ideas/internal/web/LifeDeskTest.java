// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifeDeskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12500|1250000",
                "12 500|1250000",
                "12\u00A0500,50 $|1250050",
                "12\u202F500|1250000",
                "12,500|1250000",
                "12,500.5|1250050",
                "$1,250,000.05|125000005",
                "0|0",
                "0,5|50"
            })
    void anAmountIsReadAsPeopleWriteIt(String text, long cents) {
        assertThat(LifeDesk.cents(text)).isEqualTo(cents);
    }

    @ParameterizedTest
    @ValueSource(strings = {"douze", "-5", "12.500", "1,2,3", "1e9", "12 500,505", "99999999999999999999"})
    void whatIsNoAmountIsRefused(String text) {
        assertThat(LifeDesk.cents(text)).isNegative();
    }

    @Test
    void nothingIsNoAmount() {
        assertThat(LifeDesk.cents("  ")).isNull();
    }
}
