// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.List;

/** Choices of the forms. */
public final class Options {

    private Options() {}

    static List<Option> of(Visit visit, List<Category> categories) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text("ideas.category.none")));
        for (Category category : categories) {
            options.add(new Option(category.id(), category.name(visit.locale())));
        }
        return options;
    }

    static List<Option> places(Visit visit, TerritoryService territory) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text("ideas.place.town")));
        for (Neighbourhood place : territory.neighbourhoods()) {
            options.add(new Option(place.id(), place.name()));
        }
        return options;
    }

    public static List<Option> mappings(Visit visit, List<ImportMapping> mappings) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text("ideas.imports.saved.none")));
        mappings.forEach(mapping -> options.add(new Option(mapping.name(), mapping.name())));
        return options;
    }

    public static List<Option> columns(Visit visit, List<String> columns) {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text("ideas.columns.none")));
        columns.forEach(column -> options.add(new Option(column, column)));
        return options;
    }
}
