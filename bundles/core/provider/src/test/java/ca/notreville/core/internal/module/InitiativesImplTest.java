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
import org.mockito.Mockito;

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
    void manyAreFoundInTheOrderAskedForAndWhatIsNotThereIsLeftOut() {
        sources.add(source("idea"));
        sources.add(source("project"));
        Initiative second = new Initiative("idea", 4);

        assertThat(initiatives.findAll(
                        visitor,
                        List.of(
                                new Initiative("project", 3),
                                second,
                                new Initiative("idea", 99),
                                new Initiative("event", 1),
                                new Initiative("idea", 2),
                                second)))
                .extractingFromEntries(entry -> entry.getValue().title())
                .containsExactly("project 3", "idea 4", "idea 2");
        assertThat(initiatives.findAll(visitor, List.of())).isEmpty();
    }

    @Test
    void eachModuleIsAskedOnceForAllThatIsWantedOfIt() {
        InitiativeSource idea = Mockito.spy(source("idea"));
        sources.add(idea);

        initiatives.findAll(visitor, List.of(new Initiative("idea", 1), new Initiative("idea", 2)));

        Mockito.verify(idea).findAll(visitor, List.of(1L, 2L));
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
