// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.AtOnce;
import ca.notreville.testing.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReadCacheTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final List<List<Long>> reads = new ArrayList<>();

    @Test
    void onlyWhatIsNotRememberedIsReadAndInOneGo() {
        ReadCache<Long> cache = new ReadCache<>(64, LONG, 0L);
        cache.get(List.of(1L, 2L), this::squares);

        Map<Long, Long> values = cache.get(List.of(1L, 2L, 3L, 4L), this::squares);

        assertThat(values).isEqualTo(Map.of(1L, 1L, 2L, 4L, 3L, 9L, 4L, 16L));
        assertThat(reads).containsExactly(List.of(1L, 2L), List.of(3L, 4L));
    }

    @Test
    void thatThereIsNothingIsRememberedToo() {
        ReadCache<Long> cache = new ReadCache<>(64, LONG, -1L);
        AtomicInteger asked = new AtomicInteger();

        for (int i = 0; i < 2; i++) {
            Map<Long, Long> values = cache.get(List.of(5L), ids -> {
                asked.incrementAndGet();
                return Map.of();
            });
            assertThat(values).isEqualTo(Map.of(5L, -1L));
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void whatWasReadBeforeAChangeAndArrivesAfterItIsNotKept() {
        ReadCache<String> cache = new ReadCache<>(64, LONG, "");

        cache.get(List.of(1L), ids -> {
            cache.changed(1);
            return Map.of(1L, "before");
        });

        assertThat(cache.get(List.of(1L), ids -> Map.of(1L, "after"))).isEqualTo(Map.of(1L, "after"));
    }

    @Test
    void whoeverChangesAValueSeesTheChangeAfterwardsWhileOthersReadAllTheTime() {
        int writers = 4;
        ReadCache<Long> cache = new ReadCache<>(8, LONG, 0L);
        AtomicLongArray table = new AtomicLongArray(writers);
        AtomicLong stale = new AtomicLong();
        AtomicInteger writing = new AtomicInteger(writers);

        AtOnce.run(writers * 2, thread -> {
            long id = thread % writers;
            if (thread < writers) {
                for (int i = 0; i < 20_000; i++) {
                    long written = table.incrementAndGet((int) id);
                    cache.changed(id);
                    if (read(cache, table, id) < written) {
                        stale.incrementAndGet();
                    }
                }
                writing.decrementAndGet();
            } else {
                while (writing.get() > 0) {
                    read(cache, table, id);
                }
            }
            return true;
        });

        assertThat(stale).hasValue(0);
    }

    private static long read(ReadCache<Long> cache, AtomicLongArray table, long id) {
        return cache.get(List.of(id), ids -> Map.of(id, table.get((int) id))).getOrDefault(id, -1L);
    }

    @Test
    void idsThatFallOnTheSamePlaceAreNotMistakenForEachOther() {
        ReadCache<Long> cache = new ReadCache<>(2, LONG, 0L);
        List<Long> ids = LongStream.range(0, 500).boxed().toList();

        for (int i = 0; i < 2; i++) {
            assertThat(cache.get(ids, this::squares))
                    .allSatisfy((id, square) -> assertThat(square).isEqualTo(id * id));
        }
    }

    @Test
    void whatAnotherNodeChangedIsSeenWhenTheTimeIsOver() {
        ReadCache<String> cache = new ReadCache<>(64, Duration.ofMillis(30), "");
        cache.get(List.of(1L), ids -> Map.of(1L, "old"));

        Until.isTrue("read again", () -> cache.get(List.of(1L), ids -> Map.of(1L, "new"))
                .containsValue("new"));
    }

    private Map<Long, Long> squares(List<Long> ids) {
        reads.add(List.copyOf(ids));
        Map<Long, Long> squares = new HashMap<>();
        ids.forEach(id -> squares.put(id, id * id));
        return squares;
    }
}
