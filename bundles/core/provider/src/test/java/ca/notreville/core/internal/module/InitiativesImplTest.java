// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.module;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class InitiativesImplTest {

    private final List<InitiativeSource> sources = new CopyOnWriteArrayList<>();
    private final InitiativesImpl initiatives = new InitiativesImpl(sources);
    private final Caller visitor = Caller.visitor(Locale.FRENCH);

    @Test
    void theModuleThatOwnsTheKindIsAsked() {
        sources.add(source("idea"));
        sources.add(source("project"));

        assertThat(initiatives.find(visitor, new Initiative("project", 3)))
                .map(InitiativeSummary::title)
                .contains("project 3");
    }

    @Test
    void whatIsNotThereAndWhatHasNoModuleAreBothNotFound() {
        sources.add(source("idea"));

        assertThat(initiatives.find(visitor, new Initiative("idea", 99))).isEmpty();
        assertThat(initiatives.find(visitor, new Initiative("project", 3))).isEmpty();
    }

    @Test
    void aModuleThatGoesTakesItsInitiativesWithIt() {
        InitiativeSource idea = source("idea");
        sources.add(idea);
        sources.remove(idea);

        assertThat(initiatives.find(visitor, new Initiative("idea", 3))).isEmpty();
    }

    private static InitiativeSource source(String kind) {
        return new InitiativeSource() {
            @Override
            public String kind() {
                return kind;
            }

            @Override
            public Optional<InitiativeSummary> find(Caller caller, long id) {
                return id == 99
                        ? Optional.empty()
                        : Optional.of(new InitiativeSummary(
                                new Initiative(kind, id), kind + " " + id, "/", true, null, Set.of()));
            }
        };
    }
}
