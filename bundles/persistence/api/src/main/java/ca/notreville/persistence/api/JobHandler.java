// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Does one kind of job, as a whiteboard service. Called on a worker thread, never twice at once for the same job. */
@ConsumerType
public interface JobHandler {

    String kind();

    /**
     * Does the job, or what is left of it: an earlier attempt may have been killed anywhere, so each step must be safe to
     * repeat.
     *
     * @throws Exception to have it tried again later
     */
    void run(Job job) throws Exception;

    /** How often this job comes back by itself, without anybody enqueuing it; empty if it does not. */
    default Optional<Duration> period() {
        return Optional.empty();
    }
}
