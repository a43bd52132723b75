// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deletes the rows of those who never came back: they grow with what strangers send. */
@Component
public final class Sweep implements JobHandler {

    private final Attempts attempts;

    @Activate
    public Sweep(@Reference Attempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public String kind() {
        return "signon.sweep";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(Job job) {
        attempts.sweep();
    }
}
