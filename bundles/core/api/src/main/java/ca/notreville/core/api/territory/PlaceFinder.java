// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Tells in which neighbourhood a point lies. Answers from memory, within microseconds, on any thread. */
@ProviderType
public interface PlaceFinder {

    /**
     * The neighbourhood that covers a point, its border among it. Of several that share the border, or overlap, it is always
     * the one whose id comes first in alphabetical order.
     *
     * @param longitude WGS84, degrees, -180 to 180
     * @param latitude WGS84, degrees, -90 to 90
     * @return empty outside of every boundary, and for what is no position on Earth
     */
    Optional<Neighbourhood> at(double longitude, double latitude);
}
