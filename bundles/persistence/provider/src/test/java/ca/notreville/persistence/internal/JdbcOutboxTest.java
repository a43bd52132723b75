// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.OutboxFollower;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.testing.Until;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class JdbcOutboxTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with();

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final List<JdbcOutbox> nodes = new ArrayList<>();

    /** Keeps what it is told. */
    private static class Keeps implements OutboxFollower {
        private final String topic;
        private final long position;
        final List<OutboxRow> rows = new CopyOnWriteArrayList<>();

        Keeps(String topic, long position) {
            this.topic = topic;
            this.position = position;
        }

        @Override
        public String topic() {
            return topic;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void deliver(List<OutboxRow> some) {
            rows.addAll(some);
        }

        List<String> items() {
            return rows.stream().map(OutboxRow::item).toList();
        }
    }

    @BeforeEach
    void empty() {
        database.execute("delete from persistence_outbox");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (JdbcOutbox node : nodes) {
            node.stop();
        }
    }

    @Test
    void aRowIsCommittedAndRolledBackWithTheCallersTransaction() throws SQLException {
        JdbcOutbox outbox = node(0);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            outbox.append(connection, "search", "idea:1");
            connection.commit();
            outbox.append(connection, "search", "idea:2");
            connection.rollback();
            connection.setAutoCommit(true);
        }
        Keeps follower = follow(outbox, new Keeps("search", 0));

        Until.isTrue("delivered", () -> !follower.rows.isEmpty());
        append(outbox, "search", "idea:3");

        Until.isTrue("delivered", () -> follower.items().contains("idea:3"));
        assertThat(follower.items()).containsExactly("idea:1", "idea:3");
    }

    @Test
    void everyFollowerOnEveryNodeSeesEveryRowOfItsTopicInOrderAndOnce() throws SQLException {
        JdbcOutbox first = node(0);
        JdbcOutbox second = node(1);
        List<String> expected =
                IntStream.range(0, 1_100).mapToObj(i -> "idea:" + i).toList();
        try (Connection connection = database.dataSource().getConnection()) {
            for (String item : expected) {
                first.append(connection, "search", item);
            }
            first.append(connection, "other", "x");
        }

        List<Keeps> followers = List.of(
                follow(first, new Keeps("search", 0)),
                follow(first, new Keeps("search", 0)),
                follow(second, new Keeps("search", 0)));

        for (Keeps follower : followers) {
            Until.isTrue("all rows", () -> follower.rows.size() >= expected.size());
            assertThat(follower.items()).isEqualTo(expected);
        }
    }

    @Test
    void aFollowerThatThrowsGetsTheSameRowsAgainAndHoldsUpNoOther() throws SQLException {
        JdbcOutbox outbox = node(0);
        AtomicBoolean broken = new AtomicBoolean(true);
        Keeps failing = follow(outbox, new Keeps("search", 0) {
            @Override
            public void deliver(List<OutboxRow> some) {
                if (broken.get()) {
                    throw new IllegalStateException("index is closed");
                }
                super.deliver(some);
            }
        });
        Keeps sound = follow(outbox, new Keeps("search", 0));
        append(outbox, "search", "idea:1");
        Until.isTrue("the other goes on", () -> sound.items().equals(List.of("idea:1")));
        append(outbox, "search", "idea:2");
        Until.isTrue("the other goes on", () -> sound.items().equals(List.of("idea:1", "idea:2")));

        broken.set(false);

        Until.isTrue("again", () -> failing.items().equals(List.of("idea:1", "idea:2")));
    }

    @Test
    void anErrorInAFollowerDoesNotEndTheFollowing() throws SQLException {
        JdbcOutbox outbox = node(0);
        // more often than there are tasks: each goes on after it has thrown
        CountDownLatch thrown = new CountDownLatch(6);
        AtomicBoolean broken = new AtomicBoolean(true);
        Keeps follower = follow(outbox, new Keeps("search", 0) {
            @Override
            public void deliver(List<OutboxRow> some) {
                if (broken.get()) {
                    thrown.countDown();
                    throw new NoClassDefFoundError("of a bundle that was just replaced");
                }
                super.deliver(some);
            }
        });
        append(outbox, "search", "idea:1");
        Until.isTrue("thrown by the regular look", () -> thrown.getCount() == 0);

        // nobody pokes any more
        broken.set(false);

        Until.isTrue("again", () -> follower.items().equals(List.of("idea:1")));
    }

    @Test
    void aRowThatIsCommittedAfterLaterOnesIsDeliveredAllTheSame() throws SQLException {
        JdbcOutbox outbox = node(0);
        Keeps follower = follow(outbox, new Keeps("search", 0));
        append(outbox, "search", "idea:2");
        Until.isTrue("delivered", () -> follower.rows.size() == 1);

        // made a minute before the other and committed only now
        long early = Ids.atOrAfter(clock.instant().minusSeconds(60));
        database.execute("insert into persistence_outbox (id, topic, item) values (" + early + ", 'search', 'idea:1')");

        Until.isTrue("swept up", () -> follower.rows.size() == 2);
        append(outbox, "search", "idea:3");
        Until.isTrue("delivered", () -> follower.rows.size() == 3);
        assertThat(follower.items()).containsExactly("idea:2", "idea:1", "idea:3");
    }

    @Test
    void afterARestartAFollowerGetsTheLastMinutesAgainAndNothingOlder() throws SQLException {
        JdbcOutbox outbox = node(0);
        append(outbox, "search", "old");
        clock.advance(Duration.ofMinutes(10));
        append(outbox, "search", "nearly known");
        clock.advance(Duration.ofSeconds(90));
        append(outbox, "search", "known");
        long known = database.number("select max(id) from persistence_outbox");
        append(outbox, "search", "missed");

        Keeps restarted = follow(outbox, new Keeps("search", known));

        Until.isTrue("delivered", () -> restarted.items().contains("missed"));
        assertThat(restarted.items()).containsExactly("nearly known", "known", "missed");
    }

    @Test
    void rowsThatManyThreadsOnTwoNodesWriteAtOnceAllArriveOnBoth() {
        List<JdbcOutbox> two = List.of(node(0), node(1));
        Keeps first = follow(two.get(0), new Keeps("search", 0));
        Keeps second = follow(two.get(1), new Keeps("search", 0));

        AtOnce.run(8, thread -> {
            JdbcOutbox outbox = two.get(thread % 2);
            for (int i = 0; i < 25; i++) {
                clock.advance(Duration.ofMillis(7));
                append(outbox, "search", thread + "/" + i);
            }
            return true;
        });

        for (Keeps follower : List.of(first, second)) {
            Until.isTrue("all rows", () -> follower.items().stream().distinct().count() == 200);
            assertThat(follower.items()).doesNotHaveDuplicates();
        }
    }

    @Test
    void whenAFollowerHasBeenRemovedNothingIsBeingDeliveredToIt() throws Exception {
        JdbcOutbox outbox = node(0);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean inside = new AtomicBoolean();
        AtomicBoolean insideAfterRemoval = new AtomicBoolean(true);
        Keeps follower = follow(outbox, new Keeps("search", 0) {
            @Override
            public void deliver(List<OutboxRow> some) {
                inside.set(true);
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                inside.set(false);
            }
        });
        append(outbox, "search", "idea:1");
        Until.isTrue("delivering", inside::get);

        Thread removal = new Thread(() -> {
            outbox.removeFollower(follower);
            insideAfterRemoval.set(inside.get());
        });
        removal.start();
        Until.isTrue(
                "removal waits or is over",
                () -> removal.getState() == Thread.State.TIMED_WAITING || !removal.isAlive());
        release.countDown();
        removal.join();

        assertThat(insideAfterRemoval).isFalse();
    }

    private JdbcOutbox node(int number) {
        JdbcOutbox outbox = new JdbcOutbox(
                database.dataSource(),
                new TimeOrderedIds(clock, number),
                clock,
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ZERO);
        nodes.add(outbox);
        return outbox;
    }

    private static Keeps follow(JdbcOutbox outbox, Keeps follower) {
        outbox.addFollower(follower);
        return follower;
    }

    private static void append(JdbcOutbox outbox, String topic, String item) {
        try (Connection connection = database.dataSource().getConnection()) {
            outbox.append(connection, topic, item);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        outbox.poke();
    }
}
