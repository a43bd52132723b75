// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.util.Collection;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps news from members who do not want to hear of somebody, as a whiteboard service. Called on a worker thread, for 500
 * readers at a time; what it throws has the news spread later.
 */
@ConsumerType
public interface NewsFilter {

    /**
     * @param actor id of the member whose doing the news are, never 0
     * @param readers ids
     * @return those who are not told
     */
    Set<Long> keptFrom(long actor, Collection<Long> readers);
}
