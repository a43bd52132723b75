// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The territory; a few hundred places at most, kept in memory. */
@ProviderType
public interface TerritoryService {

    Town town();

    /** Sorted by name. */
    List<Borough> boroughs();

    /** Sorted by name. */
    List<Neighbourhood> neighbourhoods();

    default Optional<Neighbourhood> neighbourhood(String id) {
        return neighbourhoods().stream().filter(n -> n.id().equals(id)).findFirst();
    }
}
