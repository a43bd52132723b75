// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.internal.jpa.ConsultationTable;
import ca.notreville.ideas.internal.jpa.ConsultationTable.Due;
import ca.notreville.ideas.internal.jpa.ReceiptTable;
import ca.notreville.ideas.internal.jpa.SealTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Puts entries of the list under seals. Ids rise with time, but transactions do not commit in that order: whoever looks for
 * entries without a seal looks two minutes further back than the last one that was found, which is longer than any vote takes, and
 * now and then at all of them, for a node whose clock was wrong.
 */
@Component
public final class Sealer implements JobHandler {

    static final String KIND = "ideas.seal";

    /** Entries under one seal: far below the number of rows from which on Derby would lock the whole table. */
    static final int AT_ONCE = 1_000;

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final Duration ALL = Duration.ofDays(100_000);
    private static final Duration LOOK_AT_ALL = Duration.ofDays(1);
    private static final Duration FIRST_LOOK_AT_ALL = Duration.ofHours(1);

    /** So many times as long as a seal took the next one waits: voters come first. */
    private static final int REST = 20;

    private final DataSource dataSource;
    private final Clock clock;
    private Instant lookAtAll;

    @Activate
    public Sealer(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
        lookAtAll = clock.instant().plus(FIRST_LOOK_AT_ALL);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(EVERY);
    }

    @Override
    public void run(Job job) throws InterruptedException {
        boolean all = !clock.instant().isBefore(lookAtAll) | reveal();
        boolean back = true;
        while (true) {
            long start = System.nanoTime();
            boolean more = sealSome(all ? ALL : back ? LATE : Duration.ZERO);
            if (!more && all) {
                lookAtAll = clock.instant().plus(LOOK_AT_ALL);
            }
            if (!more) {
                return;
            }
            back = false;
            TimeUnit.NANOSECONDS.sleep(REST * (System.nanoTime() - start));
            if (job.stopping()) {
                throw new JobInterruptedException();
            }
        }
    }

    /**
     * Lets the entries of consultations be sealed that were hidden and have been closed for longer than any vote takes.
     *
     * @return whether there were any; they are older than others that are sealed already
     */
    boolean reveal() {
        List<Due> due = Sql.read(
                dataSource,
                connection ->
                        ConsultationTable.toReveal(connection, clock.instant().minus(LATE)));
        for (Due one : due) {
            String subject = ConsultationService.KIND + ':' + one.id();
            long from = Ids.atOrAfter(one.opensAt().minus(LATE)) - 1;
            while (Sql.write(
                            dataSource,
                            connection -> ReceiptTable.release(connection, subject, Math.max(from, 0), AT_ONCE))
                    == AT_ONCE) {
                // the rest
            }
            Sql.write(dataSource, connection -> {
                ConsultationTable.revealed(connection, one.id());
                return one;
            });
        }
        return !due.isEmpty();
    }

    /**
     * Puts the earliest entries without a seal under one.
     *
     * @param back how long before the last one under a seal to look from
     * @return whether there may be more of them
     */
    boolean sealSome(Duration back) {
        return Sql.write(dataSource, connection -> {
            SealTable.Row last = SealTable.latest(connection).orElse(null);
            long mark = last == null ? 0 : last.mark();
            long from = back.isZero() ? mark : Ids.atOrAfter(Ids.time(mark).minus(back)) - 1;
            List<Entry> entries = ReceiptTable.unsealed(connection, Math.max(from, 0), AT_ONCE);
            if (!entries.isEmpty()) {
                seal(connection, last, entries);
            }
            return entries.size() == AT_ONCE;
        });
    }

    private void seal(Connection connection, SealTable.@Nullable Row last, List<Entry> entries) throws SQLException {
        long low = entries.get(0).id();
        long high = entries.get(entries.size() - 1).id();
        Chain chain = last == null ? Chain.begin() : last.chain();
        long first = chain.entries() + 1;
        var changes = ReceiptTable.changes(connection, low, high);
        for (Entry entry : Chain.ordered(entries)) {
            chain.entry(entry, changes);
        }
        long number = last == null ? 1 : last.number() + 1;
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        chain.seal(number, now);
        long mark = last == null ? high : Math.max(last.mark(), high);
        SealTable.Row seal = new SealTable.Row(number, first, entries.size(), low, high, mark, now, chain.hash());
        if (!SealTable.insert(connection, seal, entries)) {
            throw new IllegalStateException("Entries were put under another seal meanwhile");
        }
    }
}
