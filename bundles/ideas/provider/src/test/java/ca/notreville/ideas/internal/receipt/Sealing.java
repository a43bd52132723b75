// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;

/** What the job does, when a test wants it. */
public final class Sealing {

    private final Sealer sealer;

    public Sealing(DataSource dataSource, Clock clock) {
        sealer = new Sealer(dataSource, clock);
    }

    /** Puts everything that is there under seals. */
    public void seal() {
        sealer.reveal();
        while (sealer.sealSome(Duration.ofMinutes(2))) {
            // again
        }
    }
}
