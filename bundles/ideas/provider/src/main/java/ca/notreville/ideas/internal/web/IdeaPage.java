// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.Vote;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An idea on its page, with what it refers to by id. */
public record IdeaPage(Idea idea, @Nullable Vote vote, List<Category> categories, List<Neighbourhood> neighbourhoods) {

    public String categoryName(Locale language) {
        return categories.stream()
                .filter(c -> c.id().equals(idea.category()))
                .map(c -> c.name(language))
                .findFirst()
                .orElse("");
    }

    public @Nullable Neighbourhood place() {
        return neighbourhoods.stream()
                .filter(n -> n.id().equals(idea.neighbourhood()))
                .findFirst()
                .orElse(null);
    }
}
