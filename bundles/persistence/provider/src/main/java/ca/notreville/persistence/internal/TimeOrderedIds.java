// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.persistence.api.Ids;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** See {@link Ids} for the layout. */
@Component(configurationPid = PersistenceConfig.PID)
@Designate(ocd = PersistenceConfig.class)
public final class TimeOrderedIds implements Ids {

    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;

    private final Clock clock;
    private final long node;

    /** Tick and sequence of the last id, without the node. */
    private final AtomicLong last = new AtomicLong();

    @Activate
    public TimeOrderedIds(@Reference Clock clock, PersistenceConfig config) {
        this(clock, config.nodeNumber());
    }

    public TimeOrderedIds(Clock clock, int node) {
        if (node < 0 || node >= 1 << NODE_BITS) {
            throw new IllegalArgumentException("nodeNumber must be 0 to " + ((1 << NODE_BITS) - 1) + ": " + node);
        }
        this.clock = clock;
        this.node = node;
    }

    @Override
    public long next() {
        long now = ((clock.millis() - EPOCH_MILLIS) / TICK_MILLIS) << SEQUENCE_BITS;
        // a clock that was set back does not make ids fall
        long counter = last.updateAndGet(before -> Math.max(before + 1, now));
        long tick = counter >> SEQUENCE_BITS;
        return (((tick << NODE_BITS) | node) << SEQUENCE_BITS) | (counter & SEQUENCE_MASK);
    }
}
