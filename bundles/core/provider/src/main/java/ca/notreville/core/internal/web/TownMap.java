// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.Neighbourhood.Point;
import ca.notreville.core.api.territory.Neighbourhood.Polygon;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The town drawn from the boundaries of its neighbourhoods: an equirectangular projection, which over one town is true enough.
 *
 * @param width of the drawing's own units
 * @param height of the drawing's own units
 */
public record TownMap(int width, int height, List<Shape> shapes) {

    private static final int WIDTH = 640;
    private static final double MARGIN = 6;

    /**
     * One neighbourhood.
     *
     * @param path of SVG
     * @param tone number of the borough's colour, 0 to 5
     * @param labelX where its name may stand
     * @param current whether this is the one that the page is about
     */
    public record Shape(Neighbourhood neighbourhood, String path, int tone, int labelX, int labelY, boolean current) {}

    static TownMap of(List<Neighbourhood> neighbourhoods, String current) {
        List<Neighbourhood> drawn =
                neighbourhoods.stream().filter(n -> !n.boundary().isEmpty()).toList();
        if (drawn.isEmpty()) {
            return new TownMap(0, 0, List.of());
        }
        double west = 180;
        double east = -180;
        double south = 90;
        double north = -90;
        for (Neighbourhood n : drawn) {
            for (Polygon polygon : n.boundary()) {
                for (Point p : polygon.outer()) {
                    west = Math.min(west, p.longitude());
                    east = Math.max(east, p.longitude());
                    south = Math.min(south, p.latitude());
                    north = Math.max(north, p.latitude());
                }
            }
        }
        double narrow = Math.cos(Math.toRadians((south + north) / 2));
        double scale = (WIDTH - 2 * MARGIN) / Math.max(1e-9, (east - west) * narrow);
        List<String> boroughs =
                drawn.stream().map(Neighbourhood::borough).distinct().toList();
        List<Shape> shapes = new ArrayList<>();
        for (Neighbourhood n : drawn) {
            StringBuilder path = new StringBuilder();
            double sumX = 0;
            double sumY = 0;
            List<Point> largest = n.boundary().stream()
                    .map(Polygon::outer)
                    .max(Comparator.comparingDouble(TownMap::surface))
                    .orElseThrow();
            for (Polygon polygon : n.boundary()) {
                for (List<Point> ring : polygon.rings()) {
                    int lastX = -1;
                    int lastY = -1;
                    char command = 'M';
                    for (Point p : ring) {
                        double x = MARGIN + (p.longitude() - west) * narrow * scale;
                        double y = MARGIN + (north - p.latitude()) * scale;
                        if (ring == largest) {
                            sumX += x;
                            sumY += y;
                        }
                        // half a unit is as fine as anybody sees, and the same for both sides of a border
                        int halfX = (int) Math.round(2 * x);
                        int halfY = (int) Math.round(2 * y);
                        if (halfX != lastX || halfY != lastY) {
                            path.append(command);
                            half(path, halfX);
                            path.append(' ');
                            half(path, halfY);
                            command = 'L';
                            lastX = halfX;
                            lastY = halfY;
                        }
                    }
                    path.append('Z');
                }
            }
            shapes.add(new Shape(
                    n,
                    path.toString(),
                    boroughs.indexOf(n.borough()) % 6,
                    (int) (sumX / largest.size()),
                    (int) (sumY / largest.size()),
                    n.id().equals(current)));
        }
        return new TownMap(WIDTH, (int) Math.ceil((north - south) * scale + 2 * MARGIN), shapes);
    }

    private static void half(StringBuilder path, int halves) {
        path.append(halves / 2);
        if (halves % 2 != 0) {
            path.append(".5");
        }
    }

    /** Of the box around it, which is enough to choose where the name stands. */
    private static double surface(List<Point> ring) {
        var east = ring.stream().mapToDouble(Point::longitude).summaryStatistics();
        var north = ring.stream().mapToDouble(Point::latitude).summaryStatistics();
        return (east.getMax() - east.getMin()) * (north.getMax() - north.getMin());
    }
}
