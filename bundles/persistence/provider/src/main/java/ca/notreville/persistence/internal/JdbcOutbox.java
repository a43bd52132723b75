// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.OutboxFollower;
import ca.notreville.persistence.api.OutboxRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox on one table.
 *
 * <p>Ids rise with time but transactions do not commit in that order, so "greater than the last one seen" would miss rows.
 * A follower is therefore given new rows at once (cheap, nearly always right) and, every {@link #SWEEP}, whatever rows of the last
 * {@link #LATE} it has not had yet. No transaction that writes to the outbox may last longer than that, less what
 * the clocks of the nodes differ.
 */
@Component(immediate = true)
public final class JdbcOutbox implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcOutbox.class);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** While all starts nobody waits for what is followed, but everybody for the processor. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private static final int BATCH = 500;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final Map<OutboxFollower, Position> followers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService worker;
    private final AtomicBoolean poked = new AtomicBoolean();

    /** When it begins to follow ({@link System#nanoTime}); it then looks for rows by itself. */
    private final long settled;

    /** What one follower has had. Used by the worker alone, with the lock held: who has it knows that nothing is delivered. */
    private static final class Position {
        private final ReentrantLock delivering = new ReentrantLock();
        private long last;
        private final TreeSet<Long> recent = new TreeSet<>();

        Position(long last) {
            this.last = last;
        }
    }

    @Activate
    public JdbcOutbox(
            @Reference(target = "(osgi.jndi.service.name=notreville.persistence)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock) {
        this(dataSource, ids, clock, POLL, SWEEP, SETTLE);
    }

    JdbcOutbox(DataSource dataSource, Ids ids, Clock clock, Duration poll, Duration sweep, Duration settle) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        settled = System.nanoTime() + settle.toNanos();
        worker = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "notreville-outbox"));
        every(poll, settle, false);
        every(sweep, settle, true);
    }

    private void every(Duration period, Duration settle, boolean sweep) {
        Future<?> unused = worker.scheduleWithFixedDelay(
                () -> followAll(sweep),
                Math.max(settle.toMillis(), period.toMillis()),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Deactivate
    void stop() throws InterruptedException {
        worker.shutdown();
        if (!worker.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
            worker.shutdownNow();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addFollower(OutboxFollower follower) {
        followers.put(
                follower,
                new Position(Ids.atOrAfter(Ids.time(follower.position()).minus(LATE))));
        poke();
    }

    /** Waits a little for what is being delivered: after that the follower may close what it writes to. */
    void removeFollower(OutboxFollower follower) {
        Position gone = followers.remove(follower);
        if (gone == null) {
            return;
        }
        try {
            if (gone.delivering.tryLock(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                gone.delivering.unlock();
            } else {
                LOG.warn("A follower of topic {} does not stop; going on without it", follower.topic());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void append(Connection connection, String topic, String item) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into persistence_outbox (id, topic, item) values (?, ?, ?)")) {
            insert.setLong(1, ids.next());
            insert.setString(2, topic);
            insert.setString(3, item);
            insert.executeUpdate();
        }
    }

    @Override
    public void poke() {
        if (System.nanoTime() - settled >= 0 && poked.compareAndSet(false, true)) {
            try {
                worker.execute(() -> {
                    poked.set(false);
                    followAll(false);
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("Stopping; the row will be followed after the next start");
            }
        }
    }

    private void followAll(boolean sweep) {
        followers.forEach((follower, position) -> {
            position.delivering.lock();
            try {
                if (followers.get(follower) == position) {
                    follow(follower, position, sweep);
                }
            } catch (Throwable e) {
                // An Error too: the classes of a module that is just being replaced fail with LinkageError, and a task
                // that
                // throws is never run again.
                LOG.warn("Following topic {} failed; the same rows come again", follower.topic(), e);
            } finally {
                position.delivering.unlock();
            }
        });
    }

    private void follow(OutboxFollower follower, Position position, boolean sweep) throws SQLException {
        long horizon = Ids.atOrAfter(clock.instant().minus(LATE));
        long from = sweep ? Math.min(position.last, horizon) : position.last;
        while (true) {
            List<OutboxRow> read = read(follower.topic(), from);
            List<OutboxRow> fresh = read.stream()
                    .filter(row -> !position.recent.contains(row.id()))
                    .toList();
            if (!fresh.isEmpty()) {
                follower.deliver(fresh);
                fresh.forEach(row -> position.recent.add(row.id()));
                position.last =
                        Math.max(position.last, fresh.get(fresh.size() - 1).id());
                position.recent.headSet(horizon).clear();
            }
            if (read.size() < BATCH) {
                break;
            }
            from = read.get(read.size() - 1).id();
        }
    }

    private List<OutboxRow> read(String topic, long after) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, item from persistence_outbox where topic = ? and id > ? order by id"
                                + " fetch first " + BATCH + " rows only")) {
            select.setString(1, topic);
            select.setLong(2, after);
            try (ResultSet rows = select.executeQuery()) {
                List<OutboxRow> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(new OutboxRow(rows.getLong(1), topic, rows.getString(2)));
                }
                return read;
            }
        }
    }
}
