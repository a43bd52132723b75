// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.persistence.api.Ids;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");

    @Test
    void idsOfManyThreadsAreUniqueAndRiseForEachOfThem() {
        Ids ids = new TimeOrderedIds(Clock.systemUTC(), 3);

        List<long[]> made = AtOnce.run(
                8, thread -> LongStream.generate(ids::next).limit(20_000).toArray());

        Set<Long> all = new HashSet<>();
        for (long[] some : made) {
            assertThat(some).isSorted();
            LongStream.of(some).forEach(all::add);
        }
        assertThat(all).hasSize(160_000);
    }

    @Test
    void nodesMakeDifferentIdsInTheSameMomentHoweverManyTheyMake() {
        Set<Long> all = new HashSet<>();
        for (int node : new int[] {0, 1, 62, 63}) {
            Ids ids = new TimeOrderedIds(clock, node);
            LongStream.generate(ids::next).limit(1_000).forEach(all::add);
        }

        assertThat(all).hasSize(4_000);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeIdsFall() {
        Ids ids = new TimeOrderedIds(clock, 0);
        long before = ids.next();

        clock.advance(Duration.ofHours(-1));

        assertThat(ids.next()).isGreaterThan(before);
    }

    @Test
    void anIdTellsWhenItWasMade() {
        Ids ids = new TimeOrderedIds(clock, 63);
        long id = ids.next();

        assertThat(Ids.time(id)).isEqualTo(clock.instant());
        assertThat(id).isGreaterThanOrEqualTo(Ids.atOrAfter(clock.instant()));
        assertThat(id).isLessThan(Ids.atOrAfter(clock.instant().plusMillis(10)));
        assertThat(Ids.atOrAfter(Instant.EPOCH)).isZero();
    }

    @Test
    void idsAreExactInEveryJsonReaderUntilTheYear2200() {
        clock.advance(Duration.between(clock.instant(), Instant.parse("2199-12-31T00:00:00Z")));

        assertThat(new TimeOrderedIds(clock, 63).next()).isLessThan(1L << 53).isPositive();
    }

    @Test
    void aNumberThatNoNodeCanHaveIsRefused() {
        assertThatThrownBy(() -> new TimeOrderedIds(clock, 64)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TimeOrderedIds(clock, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
