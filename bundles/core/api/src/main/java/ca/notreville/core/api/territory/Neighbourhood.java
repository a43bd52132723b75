// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.territory;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * @param number its id as an initiative of kind {@value #KIND}
 * @param id slug, unique among neighbourhoods: what everything is pinned to
 * @param borough id of the borough
 * @param descriptions by language ({@code fr}, {@code en}), plain text
 * @param boundary rings of WGS84 longitude/latitude pairs in degrees, the outer one first (RFC 7946); may be empty
 */
public record Neighbourhood(
        long number,
        String id,
        String borough,
        String name,
        Map<String, String> descriptions,
        List<List<Point>> boundary) {

    /** What a neighbourhood is called as an initiative. */
    public static final String KIND = "neighbourhood";

    public Neighbourhood {
        descriptions = Map.copyOf(descriptions);
        boundary = boundary.stream().map(List::copyOf).toList();
    }

    /** The description in this language, else in French, else "". */
    public String description(Locale language) {
        return descriptions.getOrDefault(language.getLanguage(), descriptions.getOrDefault("fr", ""));
    }

    /** WGS84, degrees. */
    public record Point(double longitude, double latitude) {}
}
