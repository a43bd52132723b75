// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was read from the database for some ids, until somebody on this node changes it, and for a few seconds at
 * most, since another node may change it too.
 *
 * <p>A value that was read before a change and arrives after it is never kept: each entry holds the number of changes that
 * were known when its reading began. The size is fixed; of two ids that fall on the same place the later one stays. No locks.
 *
 * @param <V> immutable
 */
public final class ReadCache<V> {

    private final AtomicReferenceArray<@Nullable Entry<V>> entries;
    private final AtomicIntegerArray changes;
    private final long nanosToLive;
    private final V absent;

    private record Entry<V>(long id, V value, int changes, long readAt) {}

    /**
     * @param places how many values at most, rounded up to a power of two
     * @param timeToLive how long a value may be wrong because another node changed it
     * @param absent what an id has for which the database has nothing
     */
    public ReadCache(int places, Duration timeToLive, V absent) {
        int size = Integer.highestOneBit(Math.max(2, places - 1)) << 1;
        entries = new AtomicReferenceArray<>(size);
        changes = new AtomicIntegerArray(size);
        nanosToLive = timeToLive.toNanos();
        this.absent = absent;
    }

    /**
     * The values of all these ids.
     *
     * @param read reads what is not remembered, in one query for all of them
     */
    public Map<Long, V> get(Collection<Long> ids, Function<List<Long>, Map<Long, V>> read) {
        Map<Long, V> values = new HashMap<>(ids.size() * 2);
        List<Long> missing = new ArrayList<>();
        long now = System.nanoTime();
        for (Long id : ids) {
            int place = place(id);
            Entry<V> entry = entries.get(place);
            if (entry != null
                    && entry.id == id
                    && entry.changes == changes.get(place)
                    && now - entry.readAt < nanosToLive) {
                values.put(id, entry.value);
            } else {
                missing.add(id);
            }
        }
        if (!missing.isEmpty()) {
            int[] before =
                    missing.stream().mapToInt(id -> changes.get(place(id))).toArray();
            Map<Long, V> fresh = read.apply(missing);
            for (int i = 0; i < before.length; i++) {
                Long id = missing.get(i);
                V value = fresh.getOrDefault(id, absent);
                entries.set(place(id), new Entry<>(id, value, before[i], now));
                values.put(id, value);
            }
        }
        return values;
    }

    /** Call after the commit of a change: whatever was read before is forgotten. */
    public void changed(long id) {
        changes.incrementAndGet(place(id));
    }

    private int place(long id) {
        long mixed = id * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & entries.length() - 1;
    }
}
