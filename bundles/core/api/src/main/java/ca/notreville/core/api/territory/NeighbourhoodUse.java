// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import java.util.Collection;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Tells which neighbourhoods a module has pinned something to, as a whiteboard service: those are kept when the territory is
 * imported anew without them.
 */
@ConsumerType
public interface NeighbourhoodUse {

    /**
     * @param neighbourhoods ids, a few hundred at most
     * @return those of them that anything of this module is pinned to
     */
    Set<String> used(Collection<String> neighbourhoods);
}
