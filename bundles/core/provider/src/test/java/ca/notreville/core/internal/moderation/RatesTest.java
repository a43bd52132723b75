// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class RatesTest {

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int THREADS = 12;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Rates rates = new Rates(database.dataSource(), clock);

    @Test
    void ofManyThatBeginAWindowAtOnceEachIsCountedOnce() {
        List<Integer> all = IntStream.rangeClosed(1, THREADS).boxed().toList();
        for (int round = 0; round < 30; round++) {
            String subject = "round " + round;

            List<Integer> times =
                    AtOnce.run(THREADS, i -> rates.count(subject, WINDOW).times());

            assertThat(times).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void ofManyThatComeWhenAWindowIsOverEachIsCountedOnceInTheNext() {
        List<Integer> all = IntStream.rangeClosed(1, THREADS).boxed().toList();
        for (int round = 0; round < 30; round++) {
            rates.count("again", WINDOW);
            clock.advance(WINDOW);

            List<Integer> times =
                    AtOnce.run(THREADS, i -> rates.count("again", WINDOW).times());

            assertThat(times).containsExactlyInAnyOrderElementsOf(all);
            clock.advance(WINDOW);
        }
    }
}
