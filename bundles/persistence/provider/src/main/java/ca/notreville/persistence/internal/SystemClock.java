// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Publishes the clock that every service takes the time from, in UTC and to the millisecond, which every
 * database keeps. */
@Component(immediate = true)
public final class SystemClock {

    private final ServiceRegistration<Clock> registration;

    @Activate
    public SystemClock(BundleContext context) {
        registration = context.registerService(
                Clock.class, Clock.tickMillis(ZoneOffset.UTC), FrameworkUtil.asDictionary(Map.of("zone", "UTC")));
    }

    @Deactivate
    void stop() {
        registration.unregister();
    }
}
