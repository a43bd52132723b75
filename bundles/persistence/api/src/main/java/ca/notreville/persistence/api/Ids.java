// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ids for new rows, made without asking the database.
 *
 * <p>Positive, at most 53 bits (exact in every JSON reader), rising with time: 39 bits count hundredths of a second since
 * 2026-01-01T00:00Z (until the year 2200), 6 bits are the number of the node, 8 bits tell apart ids of one tick. A node that needs more than
 * 25,600 ids a second borrows from the ticks to come. Safe for any number of threads.
 */
@ProviderType
public interface Ids {

    /** A new id, greater than every earlier one of this node. */
    long next();

    /** The smallest id that can be made at or after this moment, to look for rows by time. */
    static long atOrAfter(Instant moment) {
        return Math.max(0, (moment.toEpochMilli() - EPOCH_MILLIS) / TICK_MILLIS) << (NODE_BITS + SEQUENCE_BITS);
    }

    /** When an id was made, to within a hundredth of a second. */
    static Instant time(long id) {
        return Instant.ofEpochMilli((id >> (NODE_BITS + SEQUENCE_BITS)) * TICK_MILLIS + EPOCH_MILLIS);
    }

    /** 2026-01-01T00:00Z. */
    long EPOCH_MILLIS = 1_767_225_600_000L;

    int TICK_MILLIS = 10;
    int NODE_BITS = 6;
    int SEQUENCE_BITS = 8;
}
