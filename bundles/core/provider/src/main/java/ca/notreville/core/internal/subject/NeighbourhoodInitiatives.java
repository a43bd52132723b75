// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.subject;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Neighbourhoods as initiatives. */
@Component
public final class NeighbourhoodInitiatives implements InitiativeSource {

    private final TerritoryService territory;

    @Activate
    public NeighbourhoodInitiatives(@Reference TerritoryService territory) {
        this.territory = territory;
    }

    @Override
    public String kind() {
        return Neighbourhood.KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        return territory.neighbourhoods().stream()
                .filter(place -> place.number() == id)
                .findFirst()
                .map(place -> new InitiativeSummary(
                        new Initiative(kind(), id),
                        place.name(),
                        "/neighbourhoods/" + place.id(),
                        true,
                        place.id(),
                        Set.of()));
    }
}
