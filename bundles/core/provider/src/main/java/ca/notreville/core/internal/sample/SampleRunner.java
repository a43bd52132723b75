// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.sample;

import ca.notreville.core.api.module.HealthCheck;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills an empty installation with the sample town, if the framework property {@value #SAMPLE} asks for it, and each module
 * when it comes. The node is not ready before that is done.
 */
@Component(immediate = true, service = HealthCheck.class)
public final class SampleRunner implements HealthCheck {

    static final String SAMPLE = "notreville.sample";

    private static final Logger LOG = LoggerFactory.getLogger(SampleRunner.class);

    private final boolean wanted;
    private final CoreSample core;
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    @Activate
    public SampleRunner(BundleContext context, @Reference CoreSample core) throws IOException {
        this.core = core;
        wanted = Boolean.parseBoolean(context.getProperty(SAMPLE));
        if (wanted) {
            core.fill();
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSample(SampleData sample) {
        if (!wanted) {
            return;
        }
        SampleTown town = core.town();
        if (town.members().isEmpty()) {
            return;
        }
        try {
            long start = System.nanoTime();
            sample.fill(town);
            failed.remove(sample.module());
            LOG.info("Sample data of {} is there, {} ms", sample.module(), (System.nanoTime() - start) / 1_000_000);
        } catch (RuntimeException e) {
            failed.add(sample.module());
            LOG.error("Sample data of {} could not be written", sample.module(), e);
        }
    }

    void removeSample(SampleData sample) {
        failed.remove(sample.module());
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public Result check() {
        return failed.isEmpty() ? Result.ok("") : Result.failed(String.join(", ", failed));
    }
}
