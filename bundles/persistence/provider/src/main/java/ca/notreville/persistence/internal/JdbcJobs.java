// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Violations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs on one table. A node takes a job by writing its name and a lease into the row, which only one can; the lease is
 * renewed while the job runs, so that the job of a node that died is taken up by another, or by the same one started again.
 */
@Component(immediate = true, configurationPid = PersistenceConfig.PID)
public final class JdbcJobs implements Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJobs.class);

    private static final int WORKERS = 2;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    /** While all starts nobody waits for a job, but everybody for the processor. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;

    /** {@code <node>:<this start of it>} */
    private final String owner;

    private final String node;
    private final ConcurrentMap<String, Registered> handlers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Attempt> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService workers;

    /** Apart from the workers: however long their jobs take, there is always a thread that renews the leases. */
    private final ScheduledExecutorService heart;

    private final AtomicBoolean poked = new AtomicBoolean();

    /** When it begins to work ({@link System#nanoTime}); it then looks for jobs by itself. */
    private final long settled;

    private final Duration lease;
    private final Duration grace;

    /** A handler; who runs it is registered with {@code users}, which end when it goes. */
    private static final class Registered {
        private final JobHandler handler;
        private final Phaser users = new Phaser(1);
        private volatile boolean planned;

        Registered(JobHandler handler) {
            this.handler = handler;
        }
    }

    private record Taken(long id, String kind, String payload, int attempts) {}

    @Activate
    public JdbcJobs(
            @Reference(target = "(osgi.jndi.service.name=notreville.persistence)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            PersistenceConfig config) {
        this(dataSource, ids, clock, config.nodeNumber(), LEASE, GRACE, SETTLE);
    }

    public JdbcJobs(DataSource dataSource, Ids ids, Clock clock, int nodeNumber) {
        this(dataSource, ids, clock, nodeNumber, LEASE, GRACE, Duration.ZERO);
    }

    JdbcJobs(
            DataSource dataSource,
            Ids ids,
            Clock clock,
            int nodeNumber,
            Duration lease,
            Duration grace,
            Duration settle) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.lease = lease;
        this.grace = grace;
        settled = System.nanoTime() + settle.toNanos();
        node = nodeNumber + ":";
        owner = node + UUID.randomUUID();
        workers = Executors.newScheduledThreadPool(WORKERS, task -> new Thread(task, "notreville-jobs"));
        heart = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "notreville-jobs-leases"));
        for (int i = 0; i < WORKERS; i++) {
            every(workers, POLL, settle, this::workAll);
        }
        every(heart, lease.dividedBy(3), settle, this::renewLeases);
    }

    private static void every(ScheduledExecutorService executor, Duration period, Duration settle, Runnable task) {
        Future<?> unused = executor.scheduleWithFixedDelay(
                task, Math.max(settle.toMillis(), period.toMillis()), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void stop() throws InterruptedException {
        heart.shutdown();
        workers.shutdown();
        running.values().forEach(Attempt::stop);
        if (!workers.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
            workers.shutdownNow();
            // What was interrupted is put back, so that the next start need not find it by its lease.
            if (!workers.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A job does not stop; it will be taken up again");
            }
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addHandler(JobHandler handler) {
        handlers.put(handler.kind(), new Registered(handler));
        poke();
    }

    /** Waits a little for a job of this handler to come to a point where it can stop. */
    public void removeHandler(JobHandler handler) {
        Registered gone = handlers.remove(handler.kind());
        if (gone == null) {
            return;
        }
        running.values().stream().filter(a -> a.kind.equals(handler.kind())).forEach(Attempt::stop);
        try {
            // the last to leave ends the phaser: nobody comes in after this returns
            gone.users.awaitAdvanceInterruptibly(
                    gone.users.arriveAndDeregister(), grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            LOG.warn("A job of kind {} does not stop; going on without it", handler.kind());
        }
    }

    @Override
    public long enqueue(Connection connection, String kind, String payload) throws SQLException {
        return insert(connection, kind, payload, null);
    }

    @Override
    public void poke() {
        if (System.nanoTime() - settled >= 0 && poked.compareAndSet(false, true)) {
            try {
                workers.execute(() -> {
                    poked.set(false);
                    workAll();
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("Stopping; the job will be done after the next start");
            }
        }
    }

    private long insert(Connection connection, String kind, String payload, @Nullable String recurs)
            throws SQLException {
        long id = ids.next();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into persistence_job (id, kind, recurs, payload, state, due_at) values (?, ?, ?, ?, 'queued', ?)")) {
            insert.setLong(1, id);
            insert.setString(2, kind);
            insert.setString(3, recurs);
            insert.setString(4, payload);
            insert.setTimestamp(5, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        }
        return id;
    }

    /** Sees to it that there is the one row of a job that comes back by itself. */
    private void plan(Registered registered) throws SQLException {
        JobHandler handler = registered.handler;
        if (registered.planned || handler.period().isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            if (!planned(connection, handler.kind())) {
                insert(connection, handler.kind(), "", handler.kind());
            }
        } catch (SQLException e) {
            // Another node has just written the row: the unique key lets one of us win.
            if (!Violations.isUnique(e)) {
                throw e;
            }
        }
        registered.planned = true;
    }

    private static boolean planned(Connection connection, String kind) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id from persistence_job where recurs = ?")) {
            select.setString(1, kind);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private void workAll() {
        try {
            for (Registered registered : handlers.values()) {
                plan(registered);
            }
            while (!workers.isShutdown()) {
                Taken job = takeOne();
                if (job == null) {
                    return;
                }
                work(job);
            }
        } catch (Throwable e) {
            // A task that throws, be it an Error, is never run again.
            LOG.warn("Looking for jobs failed; trying again", e);
        }
    }

    private @Nullable Taken takeOne() throws SQLException {
        List<String> kinds = List.copyOf(handlers.keySet());
        if (kinds.isEmpty()) {
            return null;
        }
        Timestamp now = Timestamp.from(clock.instant());
        try (Connection connection = dataSource.getConnection()) {
            for (Taken candidate : candidates(connection, kinds, now)) {
                Registered registered = handlers.get(candidate.kind);
                // What still runs here although its lease could not be renewed must not run here twice at once.
                if (registered == null || running.containsKey(candidate.id)) {
                    continue;
                }
                if (candidate.attempts >= MAX_ATTEMPTS
                        && registered.handler.period().isEmpty()) {
                    giveUp(connection, candidate, now);
                } else if (take(connection, candidate, now)) {
                    return candidate;
                }
            }
            return null;
        }
    }

    /** Due jobs of the kinds that are done here: those of a module that is away must not stand before them. */
    private List<Taken> candidates(Connection connection, List<String> kinds, Timestamp now) throws SQLException {
        List<Taken> candidates = new ArrayList<>();
        collect(connection, candidates, kinds, "state = 'queued' and due_at <= ?", now);
        collect(connection, candidates, kinds, "state = 'running' and lease_until < ?", now);
        // What an earlier start of this very node left behind needs no waiting for its lease.
        collect(connection, candidates, kinds, "state = 'running' and lease_until >= ? and " + leftBehind(), now);
        return candidates;
    }

    private String leftBehind() {
        return "lease_owner like '" + node + "%' and lease_owner <> '" + owner + "'";
    }

    private static void collect(
            Connection connection, List<Taken> into, List<String> kinds, String condition, Timestamp now)
            throws SQLException {
        String places = String.join(", ", Collections.nCopies(kinds.size(), "?"));
        try (PreparedStatement select =
                connection.prepareStatement("select id, kind, payload, attempts from persistence_job where " + condition
                        + " and kind in (" + places + ") order by due_at fetch first 50 rows only")) {
            select.setTimestamp(1, now);
            for (int i = 0; i < kinds.size(); i++) {
                select.setString(2 + i, kinds.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    into.add(new Taken(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getInt(4)));
                }
            }
        }
    }

    /** Whether a row still is as the candidate was; it may have been taken, done and be queued for another day since. */
    private String stillCandidate() {
        return " where id = ? and attempts = ? and (state = 'queued' and due_at <= ?"
                + " or state = 'running' and (lease_until < ? or " + leftBehind() + "))";
    }

    /** The row decides: of several who try, one changes it from the state that all of them saw. */
    private boolean take(Connection connection, Taken job, Timestamp now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update persistence_job set state = 'running', attempts = attempts + 1, lease_owner = ?, lease_until = ?"
                        + stillCandidate())) {
            update.setString(1, owner);
            update.setTimestamp(2, Timestamp.from(clock.instant().plus(lease)));
            update.setLong(3, job.id);
            update.setInt(4, job.attempts);
            update.setTimestamp(5, now);
            update.setTimestamp(6, now);
            return update.executeUpdate() == 1;
        }
    }

    /** A job whose every attempt ended with the node itself would end each node that takes it up, for ever. */
    private void giveUp(Connection connection, Taken job, Timestamp now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update persistence_job set state = 'failed', error = ?, finished_at = ?, lease_owner = null,"
                        + " lease_until = null" + stillCandidate())) {
            update.setString(1, "its node died in the middle of the last attempt");
            update.setTimestamp(2, now);
            update.setLong(3, job.id);
            update.setInt(4, job.attempts);
            update.setTimestamp(5, now);
            update.setTimestamp(6, now);
            if (update.executeUpdate() == 1) {
                LOG.error("Job {} of kind {} failed: its node died {} times", job.id, job.kind, job.attempts);
            }
        }
    }

    private void work(Taken job) throws SQLException {
        Attempt attempt = new Attempt(job.id, job.kind, job.payload, job.attempts + 1);
        // Known as running before the handler is looked up: who removes the handler after that tells this attempt to
        // stop.
        running.put(job.id, attempt);
        try {
            Registered registered = handlers.get(job.kind);
            if (registered == null || workers.isShutdown() || registered.users.register() < 0) {
                putBack(attempt);
                return;
            }
            try {
                run(attempt, registered.handler);
            } finally {
                registered.users.arriveAndDeregister();
            }
        } finally {
            running.remove(job.id);
        }
    }

    private void run(Attempt attempt, JobHandler handler) throws SQLException {
        try {
            handler.run(attempt);
        } catch (JobInterruptedException e) {
            putBack(attempt);
            return;
        } catch (Throwable e) {
            // An Error too: the classes of a module that is just being replaced fail with LinkageError.
            if (attempt.stopping()) {
                // Interrupted, or robbed of what it works with: no fault of the job. The database needs this thread
                // uninterrupted.
                boolean unused = Thread.interrupted();
                LOG.info("Job {} of kind {} was stopped: {}", attempt.id(), attempt.kind, e.toString());
                putBack(attempt);
            } else {
                failed(attempt, handler, e);
            }
            return;
        }
        done(attempt, handler);
    }

    private void done(Attempt attempt, JobHandler handler) throws SQLException {
        if (handler.period().isPresent()) {
            finish(attempt, "queued", clock.instant().plus(handler.period().get()), null, 0);
        } else {
            finish(attempt, "done", clock.instant(), null, attempt.attempt());
        }
    }

    private void putBack(Attempt attempt) throws SQLException {
        finish(attempt, "queued", clock.instant(), null, attempt.attempt() - 1);
    }

    private void failed(Attempt attempt, JobHandler handler, Throwable e) throws SQLException {
        boolean last = attempt.attempt() >= MAX_ATTEMPTS && handler.period().isEmpty();
        LOG.error(
                "Job {} of kind {} failed, attempt {}{}",
                attempt.id(),
                attempt.kind,
                attempt.attempt(),
                last ? ", the last" : "",
                e);
        Duration wait = FIRST_RETRY.multipliedBy(1L << (2 * Math.min(attempt.attempt() - 1, 4)));
        finish(attempt, last ? "failed" : "queued", clock.instant().plus(wait), String.valueOf(e), attempt.attempt());
    }

    private void finish(Attempt attempt, String state, Instant due, @Nullable String error, int attempts)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update persistence_job set state = ?, due_at = ?, error = ?, attempts = ?, lease_owner = null,"
                                + " lease_until = null, finished_at = ? where id = ? and lease_owner = ?")) {
            update.setString(1, state);
            update.setTimestamp(2, Timestamp.from(due));
            update.setString(3, error == null ? null : error.substring(0, Math.min(error.length(), 1000)));
            update.setInt(4, attempts);
            update.setTimestamp(5, state.equals("queued") ? null : Timestamp.from(clock.instant()));
            update.setLong(6, attempt.id());
            update.setString(7, owner);
            update.executeUpdate();
        }
    }

    private void renewLeases() {
        for (Attempt attempt : running.values()) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement update = connection.prepareStatement(
                            "update persistence_job set lease_until = ? where id = ? and lease_owner = ?")) {
                update.setTimestamp(1, Timestamp.from(clock.instant().plus(lease)));
                update.setLong(2, attempt.id());
                update.setString(3, owner);
                if (update.executeUpdate() == 0) {
                    // Somebody else has it, since this node could not renew in time: two must not go on.
                    attempt.stop();
                }
            } catch (SQLException | RuntimeException e) {
                LOG.warn("Renewing the lease of job {}: {}", attempt.id(), e.getMessage());
            }
        }
    }

    private static final class Attempt implements Job {
        private final long id;
        private final String kind;
        private final String payload;
        private final int attempt;
        private volatile boolean stopping;

        Attempt(long id, String kind, String payload, int attempt) {
            this.id = id;
            this.kind = kind;
            this.payload = payload;
            this.attempt = attempt;
        }

        void stop() {
            stopping = true;
        }

        @Override
        public long id() {
            return id;
        }

        @Override
        public String payload() {
            return payload;
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public boolean stopping() {
            return stopping;
        }
    }
}
