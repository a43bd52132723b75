// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitiativeTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        Initiative initiative = new Initiative("idea", Long.MAX_VALUE);

        assertThat(Initiative.parse(initiative.toString())).contains(initiative);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "idea",
                "idea:",
                ":1",
                "idea:0",
                "idea:-1",
                "idea:01",
                "Idea:1",
                "idea:1 ",
                "idea:9999999999999999999"
            })
    void anythingElseIsNoInitiative(String text) {
        assertThat(Initiative.parse(text)).isEmpty();
    }

    @Test
    void anInitiativeWithoutAKindOrAnIdCannotBeMade() {
        assertThatThrownBy(() -> new Initiative("idea", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Initiative("", 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
