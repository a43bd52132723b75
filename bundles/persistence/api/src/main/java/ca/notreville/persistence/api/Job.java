// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import org.osgi.annotation.versioning.ProviderType;

/** One attempt at a job. */
@ProviderType
public interface Job {

    long id();

    String payload();

    /** 1 for the first. */
    int attempt();

    /**
     * Whether the node or the handler's module is being stopped: return soon, the job will be taken up again where its own
     * rows say that it stands.
     */
    boolean stopping();
}
