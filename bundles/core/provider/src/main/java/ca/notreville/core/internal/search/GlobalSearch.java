// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.search;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Search over everything that installed modules make findable. */
@Component(service = GlobalSearch.class)
public final class GlobalSearch {

    public static final int MAX_Q = 100;

    /** A person who has not found it by then asks for something else. */
    private static final int MAX_HITS = 500;

    private final SearchService search;
    private final Initiatives initiatives;
    private final TerritoryService territory;

    @Activate
    public GlobalSearch(
            @Reference SearchService search,
            @Reference Initiatives initiatives,
            @Reference TerritoryService territory) {
        this.search = search;
        this.initiatives = initiatives;
        this.territory = territory;
    }

    public List<String> kinds() {
        return search.kinds();
    }

    /**
     * What the caller may see of what was found, best first.
     *
     * @param q required, {@value #MAX_Q} characters at most
     * @param kind only this one, {@code null} for all
     * @param neighbourhood only what is about this one, {@code null} for all
     * @param paging cursors of this list have one number
     */
    public Slice<InitiativeSummary> find(
            Caller caller, @Nullable String q, @Nullable String kind, @Nullable String neighbourhood, Paging paging) {
        Fields fields = new Fields();
        String words = fields.line("q", q, 1, MAX_Q);
        String only = fields.oneOf("kind", kind, search.kinds());
        String place = fields.oneOf(
                "neighbourhood",
                neighbourhood,
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList());
        fields.verify();
        int offset = paging.after().isEmpty()
                ? 0
                : (int) Math.max(0, Math.min(MAX_HITS, paging.after().get(0)));
        int wanted = Math.min(paging.limit() + 1, MAX_HITS - offset);
        if (wanted <= 0) {
            return new Slice<>(List.of(), null);
        }
        List<Initiative> hits = search.find(new SearchQuery(
                only == null ? SearchQuery.EVERY_KIND : only,
                words,
                place == null ? Map.of() : Map.of("neighbourhood", place),
                offset,
                wanted));
        String next = hits.size() > paging.limit() ? Paging.cursor(offset + paging.limit()) : null;
        List<Initiative> page = hits.subList(0, Math.min(hits.size(), paging.limit()));
        return new Slice<>(List.copyOf(initiatives.findAll(caller, page).values()), next);
    }
}
