// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.organisation.OrganisationQuery;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.territory.PlaceLife;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;

/** The map of the town, and a page for each neighbourhood. */
@Path("/neighbourhoods")
@Produces(MediaType.TEXT_HTML)
public final class PlacePages {

    /** How many organisations stand on these pages; the directory has them all. */
    private static final int ORGANISATIONS = 12;

    private static final String ROUND_TABLE = "round-table";

    private static final Templates VIEWS = new StaticTemplates();

    private final TerritoryService territory;
    private final OrganisationService organisations;
    private final PlaceLife life;

    public PlacePages(TerritoryService territory, OrganisationService organisations, PlaceLife life) {
        this.territory = territory;
        this.organisations = organisations;
        this.life = life;
    }

    @GET
    public Answer list(@Context Visit visit) {
        return Page.of(
                visit.text("core.places.title"),
                VIEWS.places(
                        visit,
                        territory.boroughs(),
                        territory.neighbourhoods(),
                        TownMap.of(territory.neighbourhoods(), ""),
                        organisations.list(OrganisationQuery.ALL, Paging.first(ORGANISATIONS))));
    }

    @GET
    @Path("{id}")
    public Answer show(@Context Visit visit, @PathParam("id") String id) {
        Neighbourhood place = territory.neighbourhood(id).orElseThrow(NotFoundException::new);
        String borough = territory.boroughs().stream()
                .filter(b -> b.id().equals(place.borough()))
                .map(b -> b.name())
                .findFirst()
                .orElse("");
        return Page.of(
                        place.name(),
                        VIEWS.place(
                                visit,
                                place,
                                borough,
                                TownMap.of(territory.neighbourhoods(), id),
                                organisations
                                        .list(new OrganisationQuery(null, ROUND_TABLE, id), Paging.first(ORGANISATIONS))
                                        .items(),
                                organisations.list(new OrganisationQuery(null, null, id), Paging.first(ORGANISATIONS)),
                                life.of(place),
                                visit.panels(place),
                                visit.panels(new Initiative(Neighbourhood.KIND, place.number()))))
                .describedAs(place.description(visit.locale()));
    }
}
