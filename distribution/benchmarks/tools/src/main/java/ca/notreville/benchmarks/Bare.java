// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code Bare URL USER WRITERS IDEAS WARM-SECONDS SECONDS}: how many durable inserts a second the database takes from as many
 * writers, each with a connection of its own, one row a transaction, into a table of the same shape as that of the votes.
 */
public final class Bare {

    private static final String SHAPE = "create table bench_vote (idea_id bigint not null references ideas_idea (id),"
            + " member_id bigint not null, choice varchar(8) not null check (choice in ('for', 'neutral', 'against')),"
            + " receipt varchar(32) not null, cast_at timestamp not null, primary key (idea_id, member_id))";

    private final AtomicLong written = new AtomicLong();
    private volatile boolean ended;

    private Bare() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException, ExecutionException {
        new Bare()
                .run(
                        arguments[0],
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Long.parseLong(arguments[4]),
                        Long.parseLong(arguments[5]));
    }

    private void run(String url, String user, int writers, int ideas, long warm, long seconds)
            throws SQLException, InterruptedException, ExecutionException {
        try (Connection connection = DriverManager.getConnection(url, user, "");
                Statement statement = connection.createStatement()) {
            statement.execute(SHAPE);
            ExecutorService pool = Executors.newFixedThreadPool(writers);
            CountDownLatch ready = new CountDownLatch(writers);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                all.add(pool.submit(() -> {
                    write(url, user, writer, ideas, ready);
                    return null;
                }));
            }
            ready.await();
            TimeUnit.SECONDS.sleep(warm);
            long before = written.get();
            long start = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            long count = written.get() - before;
            long nanos = System.nanoTime() - start;
            ended = true;
            for (Future<?> one : all) {
                one.get();
            }
            pool.shutdown();
            statement.execute("drop table bench_vote");
            System.out.println("RESULT " + Math.round(count * 1e9 / nanos));
        }
    }

    private void write(String url, String user, int writer, int ideas, CountDownLatch ready) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, "")) {
            connection.setAutoCommit(false);
            ready.countDown();
            Timestamp time = new Timestamp(System.currentTimeMillis());
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into bench_vote (idea_id, member_id, choice, receipt, cast_at) values (?, ?, ?, ?, ?)")) {
                for (long i = 0; !ended; i++) {
                    insert.setLong(1, Town.idea(i % ideas));
                    insert.setLong(2, i / ideas * 1_000 + writer);
                    insert.setString(3, "for");
                    insert.setString(4, "0123-4567-89AB-CDEF");
                    insert.setTimestamp(5, time);
                    insert.executeUpdate();
                    connection.commit();
                    written.incrementAndGet();
                }
            }
        }
    }
}
