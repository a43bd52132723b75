// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.jpa.ListingTable;
import ca.notreville.ideas.internal.jpa.VoteTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of votes. What is shown is always counted from the votes themselves and only remembered until the next one; what
 * lists are <em>sorted</em> by follows within a second, in a table of its own, so that voters never wait for each other on a
 * counter.
 *
 * <p>Which ideas still have votes to fold in is kept in memory. A node that stops in order folds them and says so in the
 * database; one that starts without finding that word counts every idea anew, in the background.
 */
@Component(service = Tallies.class)
public final class Tallies {

    private static final Logger LOG = LoggerFactory.getLogger(Tallies.class);

    private static final int REMEMBERED = 1 << 16;
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration FOLD_EVERY = Duration.ofSeconds(1);

    /** So many times as long as a fold took the next one waits: voters come first, and more votes are folded in at once. */
    private static final int REST = 4;

    static final int FOLD_AT_ONCE = 200;
    private static final int NODE_MASK = (1 << Ids.NODE_BITS) - 1;

    private final DataSource dataSource;
    private final int node;
    private final ReadCache<Tally> remembered = new ReadCache<>(REMEMBERED, FRESH, Tally.NONE);
    private final Set<Long> unfolded = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor folder;
    private volatile boolean stopping;

    /** Whether the lists are in line with all votes but those that are still to fold in. */
    private volatile boolean complete;

    @Activate
    public Tallies(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource, @Reference Ids ids)
            throws SQLException {
        this.dataSource = dataSource;
        this.node = (int) (ids.next() >> Ids.SEQUENCE_BITS) & NODE_MASK;
        folder = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "notreville-ideas-fold"));
        // whoever stops does not wait for a fold that is not due yet, but folds at once
        folder.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        complete = takeWord();
        if (!complete) {
            folder.execute(this::foldAll);
        }
        foldAfter(FOLD_EVERY.toMillis());
    }

    private void foldAfter(long millis) {
        try {
            var unused = folder.schedule(
                    () -> {
                        long start = System.nanoTime();
                        try {
                            fold();
                        } finally {
                            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                            foldAfter(Math.max(FOLD_EVERY.toMillis(), REST * took));
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // stopping, which folds once more by itself
        }
    }

    @Deactivate
    public void stop() throws InterruptedException, SQLException {
        stopping = true;
        folder.shutdown();
        if (folder.awaitTermination(10, TimeUnit.SECONDS)) {
            fold();
            if (complete && unfolded.isEmpty()) {
                giveWord();
            }
        }
    }

    /** The votes of these ideas, every one of them counted. */
    public Map<Long, Tally> of(Collection<Long> ideas) {
        return remembered.get(
                ideas, missing -> Sql.read(dataSource, connection -> VoteTable.count(connection, missing)));
    }

    /** Call after a vote on this idea is committed. */
    public void changed(long idea) {
        remembered.changed(idea);
        unfolded.add(idea);
    }

    /**
     * Folds in what has changed until now. Anybody may call it, to have lists sorted by the last vote. What changes meanwhile is
     * left to the next time, or this would not end while people vote.
     */
    public synchronized void fold() {
        List<Long> due = List.copyOf(unfolded);
        if (due.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            for (int from = 0; from < due.size(); from += FOLD_AT_ONCE) {
                List<Long> some = due.subList(from, Math.min(from + FOLD_AT_ONCE, due.size()));
                // out before they are counted: a vote that comes meanwhile puts its idea in again
                some.forEach(unfolded::remove);
                try {
                    fold(connection, some);
                } catch (SQLException e) {
                    unfolded.addAll(some);
                    throw e;
                }
            }
        } catch (SQLException e) {
            LOG.warn("Folding votes failed, trying again: {}", e.getMessage());
        }
    }

    /**
     * Another node may have counted later and written earlier than this one, which then wrote over it: so what was written is
     * compared with the votes once more, and what differs is due again.
     */
    private void fold(Connection connection, List<Long> ideas) throws SQLException {
        Map<Long, Tally> counted = new HashMap<>(VoteTable.count(connection, ideas));
        ideas.forEach(idea -> counted.putIfAbsent(idea, Tally.NONE));
        ListingTable.fold(connection, counted);
        Map<Long, Tally> now = VoteTable.count(connection, ideas);
        counted.forEach((idea, tally) -> {
            if (!tally.equals(now.getOrDefault(idea, Tally.NONE))) {
                unfolded.add(idea);
            }
        });
    }

    private void foldAll() {
        long start = System.nanoTime();
        long last = 0;
        try (Connection connection = dataSource.getConnection()) {
            List<Long> some;
            do {
                some = next(connection, last);
                if (!some.isEmpty()) {
                    synchronized (this) {
                        fold(connection, some);
                    }
                    last = some.get(some.size() - 1);
                }
            } while (some.size() == FOLD_AT_ONCE && !stopping);
            complete = some.size() < FOLD_AT_ONCE;
            LOG.info("Counted all votes anew in {} ms", (System.nanoTime() - start) / 1_000_000);
        } catch (SQLException e) {
            LOG.warn("Counting votes anew failed; it will be tried at the next start", e);
        }
    }

    /** Some ideas that lists show, by their ids, rising. */
    static List<Long> next(Connection connection, long after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select idea_id from ideas_listing where idea_id > ? order by idea_id fetch first " + FOLD_AT_ONCE
                        + " rows only")) {
            select.setLong(1, after);
            try (ResultSet rows = select.executeQuery()) {
                List<Long> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids;
            }
        }
    }

    /** @return whether this node had said that all is folded; the word is good once */
    private boolean takeWord() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from ideas_fold where node = ?")) {
            delete.setInt(1, node);
            return delete.executeUpdate() > 0;
        }
    }

    private void giveWord() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into ideas_fold (node) values (?)")) {
            insert.setInt(1, node);
            insert.executeUpdate();
        }
    }

    /** Waits for votes that are being counted anew since the start, and folds in what has changed. */
    void settle() throws InterruptedException, ExecutionException {
        Runnable fold = this::fold;
        folder.submit(fold).get();
    }
}
