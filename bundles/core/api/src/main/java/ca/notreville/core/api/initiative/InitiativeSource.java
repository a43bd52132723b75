// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

import ca.notreville.core.api.access.Caller;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes one kind of initiative known, as a whiteboard service of the module that owns it. Called on any thread. */
@ConsumerType
public interface InitiativeSource {

    String kind();

    /** Empty if there is none of this id that the caller may see. */
    Optional<InitiativeSummary> find(Caller caller, long id);

    /** Those of these ids that the caller may see; a module whose initiatives are found in lists reads them in one statement. */
    default Map<Long, InitiativeSummary> findAll(Caller caller, Collection<Long> ids) {
        Map<Long, InitiativeSummary> found = new HashMap<>();
        ids.forEach(id -> find(caller, id).ifPresent(summary -> found.put(id, summary)));
        return found;
    }
}
