// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs requests. The access log (logger {@code notreville.access}) has the request's id, method, path, status and
 * milliseconds, and neither the query, which may hold words of a person, nor anybody's address.
 */
@Component(service = Traffic.class)
public final class Traffic {

    private static final Logger ACCESS = LoggerFactory.getLogger("notreville.access");

    private final MetricRegistry registry = new MetricRegistry();
    private final Timer[] byClass = new Timer[6];
    private final String start = Long.toString(ThreadLocalRandom.current().nextLong(1L << 30), 36);
    private final AtomicLong number = new AtomicLong();

    @Activate
    public Traffic() {
        for (int c = 1; c < byClass.length; c++) {
            byClass[c] = registry.register(
                    "http." + c + "xx",
                    new Timer(LockFreeExponentiallyDecayingReservoir.builder().build()));
        }
    }

    /** An id for a request, unique among the nodes of an installation for all practical purposes. */
    String newId() {
        return start + "-" + Long.toString(number.incrementAndGet(), 36);
    }

    void count(String method, String path, int status, long nanos, String requestId) {
        byClass[Math.min(5, Math.max(1, status / 100))].update(nanos, TimeUnit.NANOSECONDS);
        if (ACCESS.isInfoEnabled()) {
            ACCESS.info("{} {} {} {} {} ms", requestId, method, path, status, nanos / 1_000_000);
        }
    }

    /** Timers {@code http.1xx} to {@code http.5xx}. */
    public MetricRegistry registry() {
        return registry;
    }
}
