// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class IdeaInitiativesTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private final Caller visitor = Caller.visitor(Locale.FRENCH);
    private IdeasFixture fixture;
    private InitiativeSource initiatives;

    @BeforeEach
    void start() throws Exception {
        fixture = new IdeasFixture(database);
        initiatives = new IdeaInitiatives(fixture.jpa);
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void manyAreFoundAsEachIsAndNobodyFindsWhatHeMayNotSee() {
        long open = fixture.published("Des bancs");
        long hidden = held("Des insultes");
        List<Long> ids = List.of(hidden, open, 42L);

        assertThat(initiatives.findAll(visitor, ids))
                .containsOnlyKeys(open)
                .containsEntry(open, initiatives.find(visitor, open).orElseThrow());
        assertThat(initiatives.findAll(Caller.member(7, "Ana", Set.of(), Locale.FRENCH), ids))
                .containsOnlyKeys(open, hidden);
        assertThat(initiatives.findAll(visitor, List.of())).isEmpty();
    }

    private long held(String title) {
        IdeaEntity idea = new IdeaEntity(fixture.ids.next(), IdeaState.PUBLISHED, 7, "Ana", fixture.clock.instant());
        idea.write(title, "Il manque quelque chose ici.", "On pourrait y remédier.");
        idea.hold();
        fixture.jpa.tx(em -> fixture.writer.publish(em, List.of(idea)));
        return idea.id();
    }
}
