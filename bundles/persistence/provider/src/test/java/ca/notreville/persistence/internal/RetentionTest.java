// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class RetentionTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with();

    private final TestClock clock = new TestClock("2026-05-31T12:00:00Z");

    @Test
    void outboxRowsAreKeptForSevenDays() throws SQLException {
        outbox(Duration.ofDays(7).plusSeconds(1));
        outbox(Duration.ofDays(7));
        outbox(Duration.ZERO);

        run();

        assertThat(database.number("select count(*) from persistence_outbox")).isEqualTo(2);
    }

    @Test
    void jobsThatAreDoneAreKeptForThirtyDaysAndAllOthersForGood() throws SQLException {
        job(1, "done", "2026-05-01 11:59:59");
        job(2, "done", "2026-05-01 12:00:00");
        job(3, "failed", "2026-01-01 00:00:00");
        job(4, "queued", "2026-01-01 00:00:00");

        run();

        assertThat(database.number("select count(*) from persistence_job")).isEqualTo(3);
        assertThat(database.number("select count(*) from persistence_job where id = 1"))
                .isZero();
    }

    private void run() throws SQLException {
        new Retention(database.dataSource(), clock).run(Mockito.mock(Job.class));
    }

    private void outbox(Duration age) {
        long id = Ids.atOrAfter(clock.instant().minus(age));
        database.execute("insert into persistence_outbox (id, topic, item) values (" + id + ", 'search', 'idea:1')");
    }

    private static void job(int id, String state, String due) {
        database.execute("insert into persistence_job (id, kind, payload, state, due_at) values (" + id
                + ", 'mail', '', '" + state + "', '" + due + "')");
    }
}
