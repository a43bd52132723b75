// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.territory.GeoImport.Notice;
import ca.notreville.core.api.territory.GeoImport.Severity;
import ca.notreville.core.api.territory.Neighbourhood.Polygon;
import ca.notreville.core.api.territory.PlaceTexts;
import ca.notreville.core.api.territory.TerritoryAdmin;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.index.strtree.STRtree;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.valid.IsValidOp;

/**
 * Reads a FeatureCollection of areas one feature after the other, so that a large file never stands in memory as a whole.
 * Made for one file.
 */
final class GeoReader {

    private static final Pattern NOT_SLUG = Pattern.compile("[^a-z0-9]+");
    private static final int MAX_SLUG = 60;
    private static final int MIN_RING = 4;

    /** What mending may change of an area: more is not the area that was meant. */
    private static final double MENDABLE = 0.05;

    /** Part of the smaller of two areas that they may share before it is told. */
    private static final double SHARED = 0.001;

    private static final List<String> WGS84 = List.of("CRS84", "EPSG:4326", "EPSG::4326", "OGC:1.3:CRS84");

    private final ObjectMapper mapper = new ObjectMapper();
    private final String nameProperty;
    private final @Nullable String boroughProperty;
    private final @Nullable String idProperty;
    private final List<Place> places = new ArrayList<>();
    private final List<Geometry> areas = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final Map<String, Integer> featureOf = new HashMap<>();
    private int features;
    private int positions;

    /**
     * One neighbourhood of the file.
     *
     * @param boroughName "" if the file says none
     */
    record Place(int feature, String id, String name, String borough, String boroughName, List<Polygon> boundary) {}

    /** What was read: places only if nothing was refused. */
    record Result(List<Place> places, List<Notice> notices) {}

    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;
        private final transient Map<String, Object> arguments;

        RefusedException(String code, Map<String, Object> arguments) {
            super(code);
            this.code = code;
            this.arguments = arguments;
        }
    }

    GeoReader(String nameProperty, @Nullable String boroughProperty, @Nullable String idProperty) {
        this.nameProperty = nameProperty;
        this.boroughProperty = boroughProperty;
        this.idProperty = idProperty;
    }

    /** @throws InvalidException if the file as a whole is none */
    Result read(InputStream file) {
        try (JsonParser parser = mapper.getFactory().createParser(new Limited(file))) {
            collection(parser);
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new InvalidException(List.of(new FieldError(
                    "file",
                    "core.geo-not-json",
                    Map.of(
                            "line",
                            where == null ? 0 : where.getLineNr(),
                            "column",
                            where == null ? 0 : where.getColumnNr()))));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        if (features == 0) {
            throw InvalidException.of("file", "core.geo-empty");
        }
        boolean refused = notices.stream().anyMatch(notice -> notice.severity() == Severity.REFUSED);
        if (!refused) {
            tellOverlaps();
        }
        return new Result(refused ? List.of() : places, notices);
    }

    private void collection(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw InvalidException.of("file", "core.geo-not-a-collection");
        }
        String type = "";
        boolean read = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals("features") && value == JsonToken.START_ARRAY && !read) {
                read = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (features == TerritoryAdmin.MAX_FEATURES) {
                        throw invalid("core.geo-too-many", Map.of("max", TerritoryAdmin.MAX_FEATURES));
                    }
                    feature(features++, parser.readValueAsTree());
                }
            } else if (member.equals("crs")) {
                checkReference(parser.readValueAsTree());
            } else if (member.equals("type") && value == JsonToken.VALUE_STRING) {
                type = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null || !read || !type.equals("FeatureCollection")) {
            throw InvalidException.of("file", "core.geo-not-a-collection");
        }
    }

    /** RFC 7946 knows WGS84 only; older files may say that they have something else. */
    private static void checkReference(JsonNode reference) {
        String name = reference.path("properties").path("name").asText();
        if (!reference.isNull() && WGS84.stream().noneMatch(name::endsWith)) {
            throw invalid(
                    "core.geo-reference",
                    Map.of("reference", Fields.clean(name.substring(0, Math.min(60, name.length())))));
        }
    }

    private static InvalidException invalid(String code, Map<String, Object> arguments) {
        return new InvalidException(List.of(new FieldError("file", code, arguments)));
    }

    private void feature(int index, JsonNode feature) {
        String name = "";
        try {
            if (!feature.path("type").asText().equals("Feature")) {
                throw new RefusedException("core.geo-not-a-feature", Map.of());
            }
            JsonNode properties = feature.path("properties");
            name = property(properties, nameProperty);
            String slug = slug(idProperty == null ? name : property(properties, idProperty));
            String boroughName = boroughProperty == null ? "" : property(properties, boroughProperty);
            String borough = boroughName.isEmpty() ? "" : slug(boroughName);
            Integer twin = featureOf.putIfAbsent(slug, index);
            if (twin != null) {
                throw new RefusedException("core.geo-twice", Map.of("other", twin));
            }
            Geometry area = area(index, name, feature.path("geometry"));
            areas.add(area);
            places.add(new Place(index, slug, name, borough, boroughName, Boundaries.normal(area)));
        } catch (RefusedException e) {
            notices.add(new Notice(Severity.REFUSED, index, name, e.code, e.arguments));
        }
    }

    private static String property(JsonNode properties, String property) throws RefusedException {
        JsonNode value = properties.path(property);
        String text = value.isValueNode() && !value.isNull()
                ? Fields.clean(value.asText()).replaceAll("\\s+", " ")
                : "";
        if (text.isEmpty()) {
            TreeSet<String> known = new TreeSet<>();
            properties.fieldNames().forEachRemaining(known::add);
            String list = Fields.clean(String.join(", ", known));
            throw new RefusedException(
                    "core.geo-no-property",
                    Map.of("property", property, "known", list.substring(0, Math.min(300, list.length()))));
        }
        int length = text.codePointCount(0, text.length());
        if (length > PlaceTexts.MAX_NAME) {
            throw new RefusedException("core.geo-name-long", Map.of("max", PlaceTexts.MAX_NAME, "length", length));
        }
        return text;
    }

    /** {@code Côte-des-Neiges} as {@code cote-des-neiges}. */
    static String slug(String name) throws RefusedException {
        String plain = Normalizer.normalize(name.replace("œ", "oe").replace("Œ", "oe"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        String slug = NOT_SLUG.matcher(plain).replaceAll("-");
        slug = slug.substring(slug.startsWith("-") ? 1 : 0);
        if (slug.length() > MAX_SLUG) {
            slug = slug.substring(0, MAX_SLUG);
        }
        slug = slug.endsWith("-") ? slug.substring(0, slug.length() - 1) : slug;
        if (slug.isEmpty()) {
            throw new RefusedException("core.geo-no-letters", Map.of("value", name));
        }
        return slug;
    }

    private Geometry area(int index, String name, JsonNode geometry) throws RefusedException {
        String type = geometry.path("type").asText();
        JsonNode coordinates = geometry.path("coordinates");
        List<org.locationtech.jts.geom.Polygon> polygons = new ArrayList<>();
        boolean[] mended = new boolean[2];
        if (type.equals("Polygon")) {
            polygons.add(polygon(coordinates, mended));
        } else if (type.equals("MultiPolygon") && coordinates.isArray() && !coordinates.isEmpty()) {
            for (JsonNode one : coordinates) {
                polygons.add(polygon(one, mended));
            }
        } else {
            throw new RefusedException(
                    "core.geo-no-area", Map.of("type", type.isEmpty() ? "null" : Fields.clean(type)));
        }
        Geometry area =
                Boundaries.FACTORY.createMultiPolygon(polygons.toArray(org.locationtech.jts.geom.Polygon[]::new));
        if (mended[OPEN]) {
            notices.add(new Notice(Severity.MENDED, index, name, "core.geo-open", Map.of()));
        }
        IsValidOp check = new IsValidOp(area);
        if (!check.isValid()) {
            Coordinate place = check.getValidationError().getCoordinate();
            Map<String, Object> where = Map.of("longitude", place.x, "latitude", place.y);
            area = mended(area, where);
            notices.add(new Notice(Severity.MENDED, index, name, "core.geo-crossing-mended", where));
        } else if (mended[WOUND]) {
            notices.add(new Notice(Severity.MENDED, index, name, "core.geo-winding", Map.of()));
        }
        return area;
    }

    private static final int OPEN = 0;
    private static final int WOUND = 1;

    /** What is meant is clear only if hardly anything changes. */
    private static Geometry mended(Geometry area, Map<String, Object> where) throws RefusedException {
        Geometry fixed = GeometryFixer.fix(area);
        if (fixed.isEmpty()
                || fixed.getDimension() != 2
                || Math.abs(fixed.getArea() - area.getArea()) > MENDABLE * fixed.getArea()) {
            throw new RefusedException("core.geo-crossing", where);
        }
        return fixed;
    }

    private org.locationtech.jts.geom.Polygon polygon(JsonNode rings, boolean[] mended) throws RefusedException {
        if (!rings.isArray() || rings.isEmpty()) {
            throw new RefusedException("core.geo-coordinates", Map.of());
        }
        LinearRing outer = ring(rings.get(0), mended, true);
        LinearRing[] holes = new LinearRing[rings.size() - 1];
        for (int i = 0; i < holes.length; i++) {
            holes[i] = ring(rings.get(i + 1), mended, false);
        }
        return Boundaries.FACTORY.createPolygon(outer, holes);
    }

    private LinearRing ring(JsonNode ring, boolean[] mended, boolean outer) throws RefusedException {
        if (!ring.isArray()) {
            throw new RefusedException("core.geo-coordinates", Map.of());
        }
        positions += ring.size();
        if (positions > TerritoryAdmin.MAX_POSITIONS) {
            throw invalid("core.geo-too-many-positions", Map.of("max", TerritoryAdmin.MAX_POSITIONS));
        }
        List<Coordinate> points = new ArrayList<>(ring.size() + 1);
        for (JsonNode position : ring) {
            points.add(position(position));
        }
        if (!points.isEmpty() && !points.get(0).equals2D(points.get(points.size() - 1))) {
            points.add(points.get(0).copy());
            mended[OPEN] = true;
        }
        if (points.size() < MIN_RING) {
            throw new RefusedException("core.geo-ring-short", Map.of("min", MIN_RING));
        }
        LinearRing closed = Boundaries.FACTORY.createLinearRing(points.toArray(Coordinate[]::new));
        if (Orientation.isCCW(closed.getCoordinateSequence()) != outer) {
            mended[WOUND] = true;
        }
        return closed;
    }

    private static Coordinate position(JsonNode position) throws RefusedException {
        if (position.size() < 2
                || !position.path(0).isNumber()
                || !position.path(1).isNumber()) {
            throw new RefusedException("core.geo-coordinates", Map.of());
        }
        double longitude = position.path(0).asDouble();
        double latitude = position.path(1).asDouble();
        if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) {
            throw new RefusedException(
                    "core.geo-out-of-range",
                    Map.of("longitude", String.valueOf(longitude), "latitude", String.valueOf(latitude)));
        }
        return new Coordinate(Boundaries.rounded(longitude), Boundaries.rounded(latitude));
    }

    private void tellOverlaps() {
        STRtree tree = new STRtree();
        for (int i = 0; i < areas.size(); i++) {
            tree.insert(areas.get(i).getEnvelopeInternal(), i);
        }
        for (int i = 0; i < areas.size(); i++) {
            @SuppressWarnings("unchecked")
            List<Integer> near = tree.query(areas.get(i).getEnvelopeInternal());
            int one = i;
            near.stream().filter(other -> other > one).sorted().forEach(other -> tellOverlap(one, other));
        }
    }

    private void tellOverlap(int one, int other) {
        double shared = OverlayNGRobust.overlay(areas.get(one), areas.get(other), OverlayNG.INTERSECTION)
                .getArea();
        double part =
                shared / Math.min(areas.get(one).getArea(), areas.get(other).getArea());
        if (part > SHARED) {
            notices.add(new Notice(
                    Severity.NOTED,
                    places.get(one).feature(),
                    places.get(one).name(),
                    "core.geo-overlap",
                    Map.of(
                            "other",
                            places.get(other).feature(),
                            "name",
                            places.get(other).name(),
                            "percent",
                            Math.max(1, Math.round(part * 100)))));
        }
    }

    /** Ends in a fault when the file is longer than allowed, whatever length it announced. */
    private static final class Limited extends FilterInputStream {
        private int read;

        Limited(InputStream in) {
            super(in);
        }

        private int count(int n) {
            read += Math.max(n, 0);
            if (read > TerritoryAdmin.MAX_FILE) {
                throw invalid("core.geo-too-large", Map.of("megabytes", TerritoryAdmin.MAX_FILE / 1024 / 1024));
            }
            return n;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? b : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return count(super.read(bytes, offset, length));
        }
    }
}
