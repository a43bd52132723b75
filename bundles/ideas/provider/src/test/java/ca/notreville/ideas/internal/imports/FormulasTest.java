// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulasTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "''=1", "- une liste"})
    void whatASpreadsheetWouldComputeIsGuardedAndComesBack(String text) {
        assertThat(Formulas.guard(text)).isEqualTo("'" + text);
        assertThat(Formulas.bare(Formulas.guard(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "''", "l'été", "'entre guillemets'", "1+1", " =1"})
    void whatItWouldNotIsLeftAlone(String text) {
        assertThat(Formulas.guard(text)).isEqualTo(text);
        assertThat(Formulas.bare(text)).isEqualTo(text);
    }

    @Test
    void anApostropheOfSomebodysOwnIsTakenAwayOnlyWhereOneWasPut() {
        assertThat(Formulas.bare("''=1")).isEqualTo("'=1");
    }
}
