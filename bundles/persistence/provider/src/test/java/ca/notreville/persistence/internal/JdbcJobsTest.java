// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.testing.HookedDataSource;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.testing.Until;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class JdbcJobsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with();

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Ids ids = new TimeOrderedIds(clock, 0);
    private final List<JdbcJobs> nodes = new ArrayList<>();
    private final Map<JdbcJobs, HookedDataSource> sources = new HashMap<>();
    private final CountDownLatch release = new CountDownLatch(1);

    /** A handler in one line. */
    private record Does(String kind, Optional<Duration> period, Work work) implements JobHandler {

        interface Work {
            void run(Job job) throws Exception;
        }

        Does(String kind, Work work) {
            this(kind, Optional.empty(), work);
        }

        @Override
        public void run(Job job) throws Exception {
            work.run(job);
        }
    }

    private record Row(
            String state,
            int attempts,
            Instant due,
            @Nullable String error) {}

    @BeforeEach
    void empty() {
        database.execute("delete from persistence_job");
    }

    @AfterEach
    void stop() throws InterruptedException {
        release.countDown();
        for (JdbcJobs node : nodes) {
            node.stop();
        }
    }

    @Test
    void aJobIsQueuedWithTheCallersTransactionOrNotAtAll() throws SQLException {
        Jobs jobs = node(1);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            jobs.enqueue(connection, "mail", "kept");
            connection.commit();
            jobs.enqueue(connection, "mail", "given up");
            connection.rollback();
            connection.setAutoCommit(true);
        }

        assertThat(database.number("select count(*) from persistence_job")).isEqualTo(1);
        assertThat(database.number("select count(*) from persistence_job where payload = 'kept'"))
                .isEqualTo(1);
    }

    @Test
    void ofManyNodesThatRaceForJobsEachJobIsDoneByExactlyOne() throws Exception {
        ConcurrentHashMap<Long, AtomicInteger> done = new ConcurrentHashMap<>();
        for (int i = 0; i < 60; i++) {
            enqueue("mail", "");
        }

        for (int n = 1; n <= 4; n++) {
            node(n).addHandler(new Does("mail", job -> done.computeIfAbsent(job.id(), id -> new AtomicInteger())
                    .incrementAndGet()));
        }

        Until.isTrue("60 jobs done", () -> count("done") == 60);
        assertThat(done).hasSize(60);
        assertThat(done.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    }

    @Test
    void aJobThatFailsIsTriedAgainLaterEachTimeAndIsFailedAfterTheFifth() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        JdbcJobs node = node(1);
        node.addHandler(new Does("mail", job -> {
            assertThat(job.attempt()).isEqualTo(calls.incrementAndGet());
            throw new IllegalStateException("no server");
        }));
        long id = enqueue("mail", "");
        int[] waits = {5, 20, 80, 320};

        for (int i = 0; i < waits.length; i++) {
            node.poke();
            int attempt = i + 1;
            Until.isTrue(
                    "attempt " + attempt,
                    () -> row(id).attempts == attempt && row(id).state.equals("queued"));
            assertThat(row(id).due).isEqualTo(clock.instant().plusSeconds(waits[i]));
            clock.advance(Duration.ofSeconds(waits[i] - 1L));
            scanned(node);
            assertThat(calls).as("not before it is due").hasValue(attempt);
            clock.advance(Duration.ofSeconds(1));
        }
        node.poke();

        Until.isTrue("failed", () -> row(id).state.equals("failed"));
        assertThat(row(id)).isEqualTo(new Row("failed", 5, row(id).due, "java.lang.IllegalStateException: no server"));
        clock.advance(Duration.ofDays(1));
        scanned(node);
        assertThat(calls).hasValue(5);
    }

    @Test
    void aJobOfANodeThatDiedIsTakenUpWhenItsLeaseIsOverAndNotBefore() throws Exception {
        AtomicInteger attempt = new AtomicInteger();
        long id = enqueue("mail", "");
        runningAt("2:died", 1, id);
        JdbcJobs node = node(1);
        node.addHandler(new Does("mail", job -> attempt.set(job.attempt())));

        clock.advance(Duration.ofSeconds(60));
        scanned(node);
        assertThat(attempt).hasValue(0);

        clock.advance(Duration.ofSeconds(1));
        node.poke();
        Until.isTrue("done", () -> row(id).state.equals("done"));
        assertThat(attempt).hasValue(2);
    }

    @Test
    void aNodeThatIsStartedAgainTakesUpAtOnceWhatItHadBegunButNotWhatANodeOfASimilarNumberDoes() throws Exception {
        long own = enqueue("mail", "");
        long other = enqueue("mail", "");
        runningAt("1:earlier start", 1, own);
        runningAt("11:alive", 1, other);

        JdbcJobs node = node(1);
        node.addHandler(new Does("mail", job -> {}));

        Until.isTrue("done", () -> row(own).state.equals("done"));
        scanned(node);
        assertThat(row(other).state).isEqualTo("running");
    }

    @Test
    void aJobInWhoseMiddleEveryNodeDiedIsGivenUpInsteadOfEndingTheNextNode() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        long id = enqueue("poison", "");
        runningAt("2:died", Jobs.MAX_ATTEMPTS, id);
        clock.advance(Duration.ofSeconds(61));

        node(1).addHandler(new Does("poison", job -> calls.incrementAndGet()));

        Until.isTrue("failed", () -> row(id).state.equals("failed"));
        assertThat(row(id).error).contains("died");
        assertThat(calls).hasValue(0);
    }

    @Test
    void aPeriodicJobIsOneRowOnAllNodesAndComesBackWhenItsPeriodIsOver() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        for (int n = 1; n <= 3; n++) {
            node(n).addHandler(new Does("daily", Optional.of(Duration.ofDays(1)), job -> calls.incrementAndGet()));
        }
        Until.isTrue("first time", () -> calls.get() == 1 && count("queued") == 1);
        assertThat(database.number("select count(*) from persistence_job")).isEqualTo(1);
        scanned(nodes.get(0));
        assertThat(calls).hasValue(1);

        clock.advance(Duration.ofDays(1));
        nodes.get(1).poke();

        Until.isTrue("second time", () -> calls.get() == 2 && count("queued") == 1);
    }

    @Test
    void aPeriodicJobThatAnotherNodeDidAMomentAgoIsNotDoneAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Does daily = new Does("daily", Optional.of(Duration.ofDays(1)), job -> calls.incrementAndGet());
        HookedDataSource slow = new HookedDataSource(database.dataSource());
        // this node has seen that the job is due; before it can take it the other one has taken and done it
        slow.before("set state = 'running'", () -> {
            node(2).addHandler(daily);
            Until.isTrue("done by the other", () -> calls.get() == 1 && count("queued") == 1);
        });
        JdbcJobs node = started(new JdbcJobs(slow, ids, clock, 1));
        sources.put(node, slow);
        node.addHandler(daily);

        Until.isTrue("done by the other", () -> calls.get() == 1);
        scanned(node);
        assertThat(calls).hasValue(1);
    }

    @Test
    void manyJobsOfAModuleThatIsAwayDoNotHoldUpTheOthers() throws Exception {
        for (int i = 0; i < 60; i++) {
            enqueue("absent", "");
        }
        clock.advance(Duration.ofSeconds(1));
        long id = enqueue("mail", "");

        node(1).addHandler(new Does("mail", job -> {}));

        Until.isTrue("done", () -> row(id).state.equals("done"));
        assertThat(count("queued")).isEqualTo(60);
    }

    @Test
    void aJobThatStillRunsHereIsNotStartedASecondTimeWhenItsLeaseHasRunOut() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        JdbcJobs node = node(1);
        node.addHandler(new Does("long", job -> {
            calls.incrementAndGet();
            release.await();
        }));
        long id = enqueue("long", "");
        node.poke();
        Until.isTrue("running", () -> calls.get() == 1);

        clock.advance(Duration.ofMinutes(2));
        scanned(node);

        assertThat(calls).hasValue(1);
        release.countDown();
        Until.isTrue("done", () -> row(id).state.equals("done"));
    }

    @Test
    void leasesAreRenewedWhileEveryWorkerIsBusy() throws Exception {
        AtomicInteger running = new AtomicInteger();
        JdbcJobs node = started(new JdbcJobs(
                database.dataSource(), ids, clock, 1, Duration.ofMillis(300), Duration.ofSeconds(10), Duration.ZERO));
        node.addHandler(new Does("long", job -> {
            running.incrementAndGet();
            release.await();
        }));
        for (int i = 0; i < 6; i++) {
            enqueue("long", "");
        }
        // somebody pokes again and again; the busier the node, the more
        Until.isTrue("all workers busy", () -> {
            node.poke();
            return running.get() >= 2;
        });
        Until.isTrue("nobody is left to take one more", () -> {
            node.poke();
            return count("running") == running.get();
        });
        clock.advance(Duration.ofSeconds(30));

        Until.isTrue(
                "renewed",
                () -> database.number("select count(*) from persistence_job where state = 'running' and lease_until > "
                                + "'2026-05-01 12:00:29'")
                        == running.get());
    }

    @Test
    void anErrorInAHandlerIsAFailedAttemptAndOtherJobsGoOn() throws Exception {
        JdbcJobs node = node(1);
        node.addHandler(new Does("broken", job -> {
            throw new NoClassDefFoundError("of a bundle that was just replaced");
        }));
        node.addHandler(new Does("mail", job -> {}));
        List<Long> broken = List.of(enqueue("broken", ""), enqueue("broken", ""), enqueue("broken", ""));
        for (long id : broken) {
            Until.isTrue("failed once", () -> row(id).state.equals("queued") && row(id).attempts == 1);
        }

        // nobody pokes: what finds it is the regular look
        long id = enqueue("mail", "");

        Until.isTrue("done", () -> row(id).state.equals("done"));
    }

    @Test
    void whatStopsByItselfAtShutdownIsPutBackAndCountsForNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        JdbcJobs node = node(1);
        node.addHandler(new Does("long", job -> {
            begun.countDown();
            Until.isTrue("told to stop", job::stopping);
            throw new JobInterruptedException();
        }));
        long id = enqueue("long", "");
        node.poke();
        begun.await();

        node.stop();

        assertThat(row(id)).isEqualTo(new Row("queued", 0, clock.instant(), null));
    }

    @Test
    void whatDoesNotStopAtShutdownIsInterruptedPutBackAndCountsForNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        JdbcJobs node = started(new JdbcJobs(
                database.dataSource(), ids, clock, 1, Duration.ofSeconds(60), Duration.ofMillis(300), Duration.ZERO));
        node.addHandler(new Does("stubborn", job -> {
            begun.countDown();
            release.await();
        }));
        long id = enqueue("stubborn", "");
        node.poke();
        begun.await();

        node.stop();

        Until.isTrue("put back", () -> row(id).state.equals("queued"));
        assertThat(row(id).attempts).isZero();
    }

    @Test
    void removingAHandlerWaitsForItsJobAndTheNextHandlerFinishesIt() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean inside = new AtomicBoolean();
        JdbcJobs node = node(1);
        JobHandler leaving = new Does("long", job -> {
            inside.set(true);
            begun.countDown();
            Until.isTrue("told to stop", job::stopping);
            inside.set(false);
            throw new JobInterruptedException();
        });
        node.addHandler(leaving);
        long id = enqueue("long", "");
        node.poke();
        begun.await();

        node.removeHandler(leaving);

        assertThat(inside).isFalse();
        node.addHandler(new Does("long", job -> assertThat(job.attempt()).isEqualTo(1)));
        Until.isTrue("done", () -> row(id).state.equals("done"));
    }

    @Test
    void noJobStartsOnAHandlerThatHasGone() throws Exception {
        AtomicInteger late = new AtomicInteger();
        JdbcJobs node = node(1);
        for (int i = 0; i < 150; i++) {
            AtomicBoolean gone = new AtomicBoolean();
            JobHandler handler = new Does("mail", job -> late.addAndGet(gone.get() ? 1 : 0));
            enqueue("mail", "");
            enqueue("mail", "");
            node.addHandler(handler);
            if (i % 2 == 0) {
                node.poke();
            }
            node.removeHandler(handler);
            gone.set(true);
        }
        node.addHandler(new Does("mail", job -> {}));

        Until.isTrue("nothing lost", () -> count("done") == 300);
        assertThat(late).hasValue(0);
    }

    private JdbcJobs node(int number) {
        HookedDataSource source = new HookedDataSource(database.dataSource());
        JdbcJobs node = started(new JdbcJobs(source, ids, clock, number));
        sources.put(node, source);
        return node;
    }

    private JdbcJobs started(JdbcJobs node) {
        nodes.add(node);
        return node;
    }

    private long enqueue(String kind, String payload) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            JdbcJobs writer = nodes.isEmpty() ? node(60) : nodes.get(0);
            return writer.enqueue(connection, kind, payload);
        }
    }

    /**
     * Returns when this node has looked for jobs anew and taken or left each that it saw. Its two workers look one after the
     * other or at once: of five looks one worker has had three, and of those the second began and ended in between.
     */
    private void scanned(JdbcJobs node) {
        HookedDataSource source = Objects.requireNonNull(sources.get(node));
        long enough = looks(source) + 5;
        Until.isTrue("looked", () -> {
            node.poke();
            return looks(source) >= enough;
        });
    }

    private static long looks(HookedDataSource source) {
        return source.statements().stream()
                .filter(sql -> sql.startsWith("select id, kind") && sql.contains("lease_owner like"))
                .count();
    }

    private void runningAt(String owner, int attempts, long id) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update persistence_job set state = 'running', lease_owner = ?, lease_until = ?, attempts = ?"
                                + " where id = ?")) {
            update.setString(1, owner);
            update.setTimestamp(2, Timestamp.from(clock.instant().plusSeconds(60)));
            update.setInt(3, attempts);
            update.setLong(4, id);
            update.executeUpdate();
        }
    }

    private long count(String state) {
        return database.number("select count(*) from persistence_job where state = '" + state + "'");
    }

    private Row row(long id) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select state, attempts, due_at, error from persistence_job where id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Row(
                        row.getString(1), row.getInt(2), row.getTimestamp(3).toInstant(), row.getString(4));
            }
        }
    }
}
