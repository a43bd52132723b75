// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.initiative.Initiative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @Test
    void initiativesAndThemesAreReadAsTheyAreWritten() {
        Target idea = Target.of(new Initiative("idea", 42));

        assertThat(idea).hasToString("idea:42");
        assertThat(Target.parse("idea:42")).contains(idea);
        assertThat(idea.initiative()).contains(new Initiative("idea", 42));
        assertThat(Target.parse("tag:parcs-2")).contains(Target.tag("parcs-2"));
        assertThat(Target.tag("parcs-2").initiative()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "idea", "idea:", "idea:0", "idea:x", "tag:", "tag:É", "tag:a b", "Idea:1", "tag:a:b"})
    void nothingElseIsATarget(String text) {
        assertThat(Target.parse(text)).isEmpty();
    }
}
