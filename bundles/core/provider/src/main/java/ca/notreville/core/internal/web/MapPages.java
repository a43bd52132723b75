// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.MapTiles;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The town on a map that can be moved; drawn, and in words, without script. */
@Component(service = MapPages.class)
@Path("/map")
@Produces(MediaType.TEXT_HTML)
public final class MapPages {

    private final TerritoryService territory;
    private final MapTiles tiles;

    @Activate
    public MapPages(@Reference TerritoryService territory, @Reference MapTiles tiles) {
        this.territory = territory;
        this.tiles = tiles;
    }

    @GET
    public Answer show(@Context Visit visit) {
        return Page.of(
                visit.text("core.map-page.title"),
                new StaticTemplates()
                        .mapPage(
                                visit,
                                territory.boroughs(),
                                territory.neighbourhoods(),
                                TownMap.of(territory.neighbourhoods(), ""),
                                tiles));
    }
}
