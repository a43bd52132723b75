// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.event.DomainEvent;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.aries.jpa.template.JpaTemplate;
import org.mockito.Mockito;

/** The services of the module on a real database, with what they need of other modules reduced to the least. */
final class IdeasFixture {

    private static final Set<String> OF_STAFF = Set.of(ImportService.IMPORT, LifeService.ANSWER, LifeService.MERGE);

    /** Everything that the module allows by default is allowed. */
    static final AccessControl ACCESS =
            (caller, action, where) -> caller.has(OF_STAFF.contains(action) ? Role.STAFF : Role.MEMBER);

    private static final AtomicLong LAST_ID = new AtomicLong(1_000);

    final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    final Ids ids = LAST_ID::incrementAndGet;
    final List<DomainEvent> events = new CopyOnWriteArrayList<>();
    final List<String> outboxItems = new CopyOnWriteArrayList<>();
    final FollowService follows = Mockito.mock(FollowService.class);
    final JpaTemplate jpa;
    final Tallies tallies;
    final Register register = new Register(ids);
    final VotingService votes;
    final IdeaWriter writer;

    IdeasFixture(TestDatabase database) throws Exception {
        jpa = database.jpa("ideas");
        // the same node each time, however many ids were made
        tallies = new Tallies(database.dataSource(), () -> 1L << Ids.SEQUENCE_BITS);
        votes = new VotingServiceImpl(database.dataSource(), clock, ACCESS, events::add, tallies, register);
        writer = new IdeaWriter(new Outbox() {
            @Override
            public void append(Connection connection, String topic, String item) {
                outboxItems.add(topic + " " + item);
            }

            @Override
            public void poke() {}
        });
    }

    long published(String title) {
        return write(title, IdeaState.PUBLISHED);
    }

    long write(String title, IdeaState state) {
        IdeaEntity idea = new IdeaEntity(ids.next(), state, 7, "Auteur", clock.instant());
        idea.write(title, "Il manque quelque chose ici.", "On pourrait y remédier.");
        jpa.tx(em -> writer.publish(em, List.of(idea)));
        return idea.id();
    }

    Tally tally(long idea) {
        return tallies.of(Collections.singleton(idea)).getOrDefault(idea, Tally.NONE);
    }

    void close() throws Exception {
        tallies.stop();
    }
}
