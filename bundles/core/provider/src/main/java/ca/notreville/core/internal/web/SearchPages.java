// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.search.GlobalSearch;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.core.internal.view.Templates;
import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Visit;
import java.util.List;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Search over everything. */
@Component(service = SearchPages.class)
@Path("/search")
@Produces(MediaType.TEXT_HTML)
public final class SearchPages {

    private static final Templates VIEWS = new StaticTemplates();

    private final GlobalSearch search;
    private final TerritoryService territory;

    @Activate
    public SearchPages(@Reference GlobalSearch search, @Reference TerritoryService territory) {
        this.search = search;
        this.territory = territory;
    }

    /** What was asked for, as it is shown again. */
    public record Asked(String q, String kind, String neighbourhood) {}

    @GET
    public Answer show(
            @Context Visit visit,
            @QueryParam("q") @Nullable String q,
            @QueryParam("kind") @Nullable String kind,
            @QueryParam("neighbourhood") @Nullable String neighbourhood,
            @QueryParam("after") @Nullable String after) {
        Asked asked = new Asked(text(q), text(kind), text(neighbourhood));
        Slice<InitiativeSummary> found = asked.q.isBlank()
                ? new Slice<>(List.of(), null)
                : search.find(visit.caller(), q, kind, neighbourhood, Paging.of(null, after, 1));
        return Page.of(
                visit.text("core.search.title"),
                VIEWS.search(visit, asked, found, search.kinds(), territory.neighbourhoods()));
    }

    private static String text(@Nullable String parameter) {
        return parameter == null ? "" : parameter;
    }
}
