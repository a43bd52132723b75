// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.initiative;

import ca.notreville.core.api.access.Caller;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Finds an initiative whichever module owns it. */
@ProviderType
public interface Initiatives {

    /** Empty if there is none that the caller may see, or if its module is not there at present. */
    Optional<InitiativeSummary> find(Caller caller, Initiative initiative);

    /** Those of them that the caller may see and whose modules are there, in the order asked for; for a page of a list. */
    default Map<Initiative, InitiativeSummary> findAll(Caller caller, Collection<Initiative> initiatives) {
        Map<Initiative, InitiativeSummary> found = new LinkedHashMap<>();
        initiatives.forEach(
                initiative -> find(caller, initiative).ifPresent(summary -> found.put(initiative, summary)));
        return found;
    }
}
