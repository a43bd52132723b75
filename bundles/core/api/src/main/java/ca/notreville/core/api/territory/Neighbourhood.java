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
 * @param boundary the polygons of its area, none of which overlap; empty if it is not known
 */
public record Neighbourhood(
        long number, String id, String borough, String name, Map<String, String> descriptions, List<Polygon> boundary) {

    /** What a neighbourhood is called as an initiative. */
    public static final String KIND = "neighbourhood";

    public Neighbourhood {
        descriptions = Map.copyOf(descriptions);
        boundary = List.copyOf(boundary);
    }

    /** The description in this language, else in French, else "". */
    public String description(Locale language) {
        String own = descriptions.getOrDefault(language.getLanguage(), "");
        return own.isEmpty() ? descriptions.getOrDefault("fr", "") : own;
    }

    /**
     * An area, maybe with holes.
     *
     * @param rings closed rings of WGS84 positions as in RFC 7946: the outer one first, then the holes
     */
    public record Polygon(List<List<Point>> rings) {
        public Polygon {
            rings = rings.stream().map(List::copyOf).toList();
            if (rings.isEmpty()) {
                throw new IllegalArgumentException("a polygon has a ring");
            }
        }

        public List<Point> outer() {
            return rings.get(0);
        }
    }

    /** WGS84, degrees. */
    public record Point(double longitude, double latitude) {}
}
