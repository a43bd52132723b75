// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.territory.Neighbourhood.Point;
import ca.notreville.core.api.territory.Neighbourhood.Polygon;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;

/** Boundaries as the API, the database and JTS have them. */
final class Boundaries {

    static final GeometryFactory FACTORY = new GeometryFactory();

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Kept to the centimetre, so that the same file is always the same text. */
    private static final double PER_DEGREE = 1e7;

    private Boundaries() {}

    /** @param coordinates of a GeoJSON MultiPolygon, or of a Polygon as long as there were only those */
    static List<Polygon> read(@Nullable String coordinates) {
        if (coordinates == null) {
            return List.of();
        }
        try {
            JsonNode all = MAPPER.readTree(coordinates);
            List<Polygon> polygons = new ArrayList<>();
            if (all.path(0).path(0).path(0).isNumber()) {
                polygons.add(polygon(all));
            } else {
                all.forEach(one -> polygons.add(polygon(one)));
            }
            return polygons;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("boundary in the database", e);
        }
    }

    private static Polygon polygon(JsonNode rings) {
        List<List<Point>> points = new ArrayList<>();
        for (JsonNode ring : rings) {
            List<Point> of = new ArrayList<>();
            ring.forEach(p -> of.add(new Point(p.path(0).asDouble(), p.path(1).asDouble())));
            points.add(of);
        }
        return new Polygon(points);
    }

    static String write(List<Polygon> boundary) {
        List<List<List<List<Double>>>> coordinates = boundary.stream()
                .map(polygon -> polygon.rings().stream()
                        .map(ring -> ring.stream()
                                .map(p -> List.of(p.longitude(), p.latitude()))
                                .toList())
                        .toList())
                .toList();
        try {
            return MAPPER.writeValueAsString(coordinates);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Geometry geometry(List<Polygon> boundary) {
        return FACTORY.createMultiPolygon(boundary.stream()
                .map(polygon -> FACTORY.createPolygon(
                        ring(polygon.outer()),
                        polygon.rings().stream().skip(1).map(Boundaries::ring).toArray(LinearRing[]::new)))
                .toArray(org.locationtech.jts.geom.Polygon[]::new));
    }

    private static LinearRing ring(List<Point> points) {
        return FACTORY.createLinearRing(points.stream()
                .map(p -> new Coordinate(p.longitude(), p.latitude()))
                .toArray(Coordinate[]::new));
    }

    /**
     * The one way to write an area down: whichever point its rings begin with and however they wind, it comes out the same, the
     * outer ones counterclockwise as RFC 7946 wants them.
     */
    static List<Polygon> normal(Geometry area) {
        Geometry sorted = area.norm();
        List<Polygon> polygons = new ArrayList<>();
        for (int i = 0; i < sorted.getNumGeometries(); i++) {
            org.locationtech.jts.geom.Polygon one = (org.locationtech.jts.geom.Polygon) sorted.getGeometryN(i);
            List<List<Point>> rings = new ArrayList<>();
            rings.add(points(one.getExteriorRing(), true));
            for (int hole = 0; hole < one.getNumInteriorRing(); hole++) {
                rings.add(points(one.getInteriorRingN(hole), false));
            }
            polygons.add(new Polygon(rings));
        }
        return polygons;
    }

    private static List<Point> points(LinearRing ring, boolean counterclockwise) {
        LinearRing wound = Orientation.isCCW(ring.getCoordinateSequence()) == counterclockwise ? ring : ring.reverse();
        List<Point> points = new ArrayList<>();
        for (Coordinate c : wound.getCoordinates()) {
            points.add(new Point(rounded(c.x), rounded(c.y)));
        }
        return points;
    }

    static double rounded(double degrees) {
        return Math.round(degrees * PER_DEGREE) / PER_DEGREE;
    }
}
