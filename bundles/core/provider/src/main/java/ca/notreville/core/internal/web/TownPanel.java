// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.web.api.HomePanel;
import ca.notreville.web.api.NavEntry;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The town's map on the home page: the way to one's own neighbourhood. */
@Component
public final class TownPanel implements HomePanel {

    private final TerritoryService territory;

    @Activate
    public TownPanel(@Reference TerritoryService territory) {
        this.territory = territory;
    }

    @Override
    public int rank() {
        return 150;
    }

    @Override
    public Optional<Content> render(Visit visit) {
        return territory.neighbourhoods().isEmpty()
                ? Optional.empty()
                : Optional.of(new StaticTemplates()
                        .townPanel(
                                visit,
                                territory.boroughs(),
                                territory.neighbourhoods(),
                                TownMap.of(territory.neighbourhoods(), "")));
    }

    /** The entry of the neighbourhoods in the main navigation. */
    @Component
    public static final class PlacesEntry implements NavEntry {

        @Override
        public String path() {
            return "/neighbourhoods";
        }

        @Override
        public String label() {
            return "core.nav.places";
        }

        @Override
        public int rank() {
            return 800;
        }
    }
}
