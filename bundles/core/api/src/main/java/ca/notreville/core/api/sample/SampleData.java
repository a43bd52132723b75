// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.sample;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A module's part of the sample town. Whiteboard; run once for each installation that asked for the sample town, after the
 * core's own part, also when the module is installed later.
 */
@ConsumerType
public interface SampleData {

    /** The module's word. */
    String module();

    /**
     * Fills the module in one transaction, or throws and leaves nothing.
     *
     * @param town who lives there
     */
    void fill(SampleTown town);
}
