// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.territory.Neighbourhood;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;

/** Finds the neighbourhood at a point. Immutable once built; for any number of threads. */
final class PlaceIndex {

    private final STRtree tree = new STRtree();

    private record Area(Neighbourhood place, IndexedPointInAreaLocator locator) {}

    PlaceIndex(List<Neighbourhood> places) {
        for (Neighbourhood place : places) {
            if (!place.boundary().isEmpty()) {
                Geometry area = Boundaries.geometry(place.boundary());
                tree.insert(area.getEnvelopeInternal(), new Area(place, new IndexedPointInAreaLocator(area)));
            }
        }
        // it builds itself at the first query, which must not be two at once
        tree.build();
    }

    Optional<Neighbourhood> at(double longitude, double latitude) {
        if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
            return Optional.empty();
        }
        Coordinate point = new Coordinate(longitude, latitude);
        @SuppressWarnings("unchecked")
        List<Area> near = tree.query(new Envelope(point));
        return near.stream()
                .filter(area -> area.locator.locate(point) != Location.EXTERIOR)
                .map(Area::place)
                .min(Comparator.comparing(Neighbourhood::id));
    }
}
