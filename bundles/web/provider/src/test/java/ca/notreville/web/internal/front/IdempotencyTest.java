// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.persistence.api.Job;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.HookedDataSource;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class IdempotencyTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("web");

    private static final Idempotency.Answer ANSWER =
            new Idempotency.Answer(201, "/api/v1/ideas/1", "application/json", "{\"é\":1}");

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Idempotency idempotency = new Idempotency(database.dataSource(), clock);

    @BeforeEach
    void empty() {
        database.execute("delete from web_idempotency");
    }

    @Test
    void theSameRequestIsAnsweredTheSameForADay() throws SQLException {
        assertThat(idempotency.begin(7, "k", "hash")).isEmpty();
        idempotency.end(7, "k", ANSWER);
        clock.advance(Duration.ofHours(24));
        assertThat(idempotency.begin(7, "k", "hash")).contains(ANSWER);

        clock.advance(Duration.ofMillis(1));

        assertThat(idempotency.begin(7, "k", "other hash")).isEmpty();
    }

    @Test
    void anotherRequestUnderTheSameKeyIsInvalidButNotThatOfSomebodyElse() throws SQLException {
        idempotency.begin(7, "k", "hash");
        idempotency.end(7, "k", ANSWER);

        assertThatThrownBy(() -> idempotency.begin(7, "k", "other")).isInstanceOf(InvalidException.class);
        assertThat(idempotency.begin(8, "k", "other")).isEmpty();
    }

    @Test
    void ofManyEqualRequestsAtOnceOneIsDoneAndTheOthersAreToldToWait() {
        List<String> outcomes = AtOnce.run(12, i -> {
            try {
                return idempotency.begin(7, "k", "hash").isEmpty() ? "done" : "replayed";
            } catch (ConflictException e) {
                return e.code();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(outcomes).filteredOn("done"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("idempotency-in-progress"::equals).hasSize(11);
    }

    @Test
    void whatANodeThatDiedHadBegunIsDoneAnewByOneAfterAMinute() throws SQLException {
        idempotency.begin(7, "k", "hash");
        assertThatThrownBy(() -> idempotency.begin(7, "k", "hash")).isInstanceOf(ConflictException.class);
        clock.advance(Duration.ofMinutes(1));
        HookedDataSource slow = new HookedDataSource(database.dataSource());
        // two have seen that it was given up; before the one takes it over the other one does
        slow.before("update web_idempotency", () -> assertThat(idempotency.begin(7, "k", "hash"))
                .isEmpty());

        assertThatThrownBy(() -> new Idempotency(slow, clock).begin(7, "k", "hash"))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    void whatFailedFreesItsKey() throws SQLException {
        idempotency.begin(7, "k", "hash");
        idempotency.end(7, "k", null);

        assertThat(idempotency.begin(7, "k", "other")).isEmpty();
    }

    @Test
    void answersOlderThanADayAreDeleted() throws SQLException {
        idempotency.begin(7, "old", "hash");
        clock.advance(Duration.ofHours(24).plusMillis(1));
        idempotency.begin(7, "new", "hash");

        idempotency.run(Mockito.mock(Job.class));

        assertThat(database.number("select count(*) from web_idempotency")).isEqualTo(1);
    }
}
