// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.web.api.Visit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page of ideas, with what its cards refer to by id. */
public final class Listing {

    private final IdeaQuery query;
    private final Slice<IdeaCard> slice;
    private final List<Category> categories;
    private final List<Neighbourhood> neighbourhoods;
    private final Map<String, Category> categoriesById;
    private final Map<String, Neighbourhood> neighbourhoodsById;

    Listing(IdeaQuery query, Slice<IdeaCard> slice, List<Category> categories, List<Neighbourhood> neighbourhoods) {
        this.query = query;
        this.slice = slice;
        this.categories = categories;
        this.neighbourhoods = neighbourhoods;
        categoriesById = categories.stream().collect(Collectors.toMap(Category::id, Function.identity()));
        neighbourhoodsById = neighbourhoods.stream().collect(Collectors.toMap(Neighbourhood::id, Function.identity()));
    }

    public IdeaQuery query() {
        return query;
    }

    public List<IdeaCard> items() {
        return slice.items();
    }

    public List<Category> categories() {
        return categories;
    }

    public List<Neighbourhood> neighbourhoods() {
        return neighbourhoods;
    }

    public String categoryName(@Nullable String id, Locale language) {
        Category category = id == null ? null : categoriesById.get(id);
        return category == null ? "" : category.name(language);
    }

    public String placeName(@Nullable String id) {
        Neighbourhood place = id == null ? null : neighbourhoodsById.get(id);
        return place == null ? "" : place.name();
    }

    /** Whether anything but the order was chosen. */
    public boolean filtered() {
        return query.isSearch() || query.neighbourhood() != null || query.category() != null || query.state() != null;
    }

    /** Address of this list in another order. */
    public String sortedBy(Visit visit, String sort) {
        return address(visit, sort, null);
    }

    /** Address of the next piece; {@code null} at the end. */
    public @Nullable String nextAddress(Visit visit) {
        return slice.next() == null ? null : address(visit, query.sort(), slice.next());
    }

    private String address(Visit visit, @Nullable String sort, @Nullable String after) {
        StringBuilder address = new StringBuilder("/ideas");
        append(visit, address, "q", query.q());
        append(visit, address, "neighbourhood", query.neighbourhood());
        append(visit, address, "category", query.category());
        append(visit, address, "state", query.state());
        append(visit, address, "sort", sort);
        append(visit, address, "after", after);
        return address.toString();
    }

    private static void append(Visit visit, StringBuilder address, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            address.append(address.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(visit.encode(value));
        }
    }
}
