// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.internal.view.StaticTemplates;
import ca.notreville.web.api.HomeDoor;
import ca.notreville.web.api.HomePanel;
import ca.notreville.web.api.NavEntry;
import ca.notreville.web.api.NeighbourhoodPanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The places of the portal where ideas are found: the home page and each neighbourhood's. */
@Component(service = {HomePanel.class, NeighbourhoodPanel.class})
public final class IdeasOnPortal implements HomePanel, NeighbourhoodPanel {

    private static final int RANK = 100;
    private static final int SHOWN = 6;

    private final IdeaService ideas;
    private final TerritoryService territory;

    @Activate
    public IdeasOnPortal(@Reference IdeaService ideas, @Reference TerritoryService territory) {
        this.ideas = ideas;
        this.territory = territory;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public Optional<Content> render(Visit visit) {
        Listing trending = listing(visit, new IdeaQuery(null, null, null, null, "trending"));
        return trending.items().isEmpty()
                ? Optional.empty()
                : Optional.of(new StaticTemplates().homePanel(visit, trending));
    }

    @Override
    public Optional<Content> render(Visit visit, Neighbourhood place) {
        Listing here = listing(visit, new IdeaQuery(null, place.id(), null, null, "recent"));
        return Optional.of(new StaticTemplates().placePanel(visit, place, here));
    }

    private Listing listing(Visit visit, IdeaQuery query) {
        return new Listing(
                query,
                ideas.list(visit.caller(), query, Paging.first(SHOWN)),
                ideas.categories(),
                territory.neighbourhoods());
    }

    /** The entry of ideas in the main navigation. */
    @Component
    public static final class IdeasEntry implements NavEntry {

        @Override
        public String path() {
            return "/ideas";
        }

        @Override
        public String label() {
            return "ideas.nav";
        }

        @Override
        public int rank() {
            return RANK;
        }
    }

    /** The door of ideas on the home page. */
    @Component
    public static final class IdeasDoor implements HomeDoor {

        @Override
        public String path() {
            return "/ideas/new";
        }

        @Override
        public String label() {
            return "ideas.door";
        }

        @Override
        public String hint() {
            return "ideas.door.hint";
        }

        @Override
        public String icon() {
            return "idea";
        }

        @Override
        public int rank() {
            return RANK;
        }
    }

    /** The door to those that are there already. */
    @Component
    public static final class VoteDoor implements HomeDoor {

        @Override
        public String path() {
            return "/ideas";
        }

        @Override
        public String label() {
            return "ideas.door.vote";
        }

        @Override
        public String hint() {
            return "ideas.door.vote.hint";
        }

        @Override
        public String icon() {
            return "vote";
        }

        @Override
        public int rank() {
            return RANK + 10;
        }
    }
}
