// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.core.api.module.ModuleStatus;
import ca.notreville.core.api.territory.GeoImport;
import ca.notreville.core.api.territory.GeoImport.Change;
import ca.notreville.core.api.territory.GeoImport.Fate;
import ca.notreville.core.api.territory.GeoImport.Notice;
import ca.notreville.core.api.territory.GeoMapping;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.NeighbourhoodUse;
import ca.notreville.core.api.territory.PlaceTexts;
import ca.notreville.core.api.territory.TerritoryAdmin;
import ca.notreville.core.internal.territory.GeoReader.Place;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.Collator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Keeps what was read in a row of its own until somebody applies it, on whichever node. */
@Component
public final class TerritoryAdminImpl implements TerritoryAdmin {

    static final String IMPORT = "core.geo-import";
    static final String DESCRIBE = "core.place-describe";

    /** How long something that was read waits to be applied. */
    static final Duration WAITING = Duration.ofDays(1);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final TerritoryServiceImpl territory;
    private final ModuleRegistry modules;
    private final AuditLog audit;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    final List<NeighbourhoodUse> uses = new CopyOnWriteArrayList<>();

    @Activate
    public TerritoryAdminImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference TerritoryServiceImpl territory,
            @Reference ModuleRegistry modules,
            @Reference AuditLog audit) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.territory = territory;
        this.modules = modules;
        this.audit = audit;
    }

    /** What a row holds: places as read and notices. */
    record Draft(boolean replace, List<Place> places, List<Notice> notices) {}

    private record Row(Instant madeAt, @Nullable Instant appliedAt, Draft draft) {}

    /** What stands in the database now; names as people see them and as the last import had them. */
    private record Known(
            long number,
            String borough,
            String name,
            @Nullable String sourceName,
            String boundary) {}

    /** What applying means. */
    private record Plan(
            List<Change> changes, List<Place> write, List<String> keepWithoutBoundary, List<String> remove) {}

    @Override
    public GeoImport prepare(Caller caller, InputStream geoJson, GeoMapping mapping) {
        access.require(caller, TERRITORY);
        Fields fields = new Fields();
        String name = fields.line("name", mapping.name(), 0, GeoMapping.MAX_PROPERTY);
        String borough = fields.line("borough", mapping.borough(), 0, GeoMapping.MAX_PROPERTY);
        String id = fields.line("id", mapping.id(), 0, GeoMapping.MAX_PROPERTY);
        fields.verify();
        GeoReader.Result read = new GeoReader(
                        name.isEmpty() ? GeoMapping.DEFAULT_NAME : name,
                        borough.isEmpty() ? null : borough,
                        id.isEmpty() ? null : id)
                .read(geoJson);
        long number = ids.next();
        Draft draft = new Draft(mapping.replace(), withBorough(read.places()), read.notices());
        String json = json(draft);
        Instant now = clock.instant();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement old = connection.prepareStatement("delete from core_geo_import where made_at < ?")) {
                old.setTimestamp(1, Timestamp.from(now.minus(WAITING)));
                old.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_geo_import (id, made_at, made_by, draft) values (?, ?, ?, ?)")) {
                insert.setLong(1, number);
                insert.setTimestamp(2, Timestamp.from(now));
                insert.setLong(3, caller.memberId());
                insert.setString(4, json);
                insert.executeUpdate();
            }
            return true;
        });
        return get(caller, number);
    }

    /** A file without boroughs is one borough, which is called like the town. */
    private List<Place> withBorough(List<Place> places) {
        String town = territory.town().name();
        return places.stream()
                .map(p -> p.boroughName().isEmpty()
                        ? new Place(p.feature(), p.id(), p.name(), slugOf(town), town, p.boundary())
                        : p)
                .toList();
    }

    private static String slugOf(String town) {
        try {
            return GeoReader.slug(town);
        } catch (GeoReader.RefusedException e) {
            // a town whose name has no letter of the alphabet
            return "town";
        }
    }

    @Override
    public GeoImport get(Caller caller, long id) {
        access.require(caller, TERRITORY);
        return Sql.read(dataSource, connection -> {
            Row row = row(connection, id);
            return view(connection, id, row, plan(connection, row.draft));
        });
    }

    @Override
    public GeoImport apply(Caller caller, long id) {
        access.require(caller, TERRITORY);
        GeoImport done = Sql.write(dataSource, connection -> {
            Row row = row(connection, id);
            if (row.draft.notices().stream().anyMatch(n -> n.severity() == GeoImport.Severity.REFUSED)) {
                throw new ConflictException("core.geo-refused");
            }
            Instant now = clock.instant();
            // also the lock: of two that apply it at once the second finds it applied
            try (PreparedStatement mark = connection.prepareStatement(
                    "update core_geo_import set applied_at = ? where id = ? and applied_at is null")) {
                mark.setTimestamp(1, Timestamp.from(now));
                mark.setLong(2, id);
                if (mark.executeUpdate() == 0) {
                    throw new ConflictException("core.geo-applied");
                }
            }
            Plan plan = plan(connection, row.draft);
            write(connection, plan);
            audit.append(connection, caller, IMPORT, "territory", counts(plan));
            return view(connection, id, new Row(row.madeAt, now, row.draft), plan);
        });
        territory.changed();
        return done;
    }

    private static Map<String, String> counts(Plan plan) {
        Map<String, String> counts = new LinkedHashMap<>();
        for (Fate fate : Fate.values()) {
            long n = plan.changes.stream().filter(c -> c.fate() == fate).count();
            counts.put(fate.word(), String.valueOf(n));
        }
        return counts;
    }

    private static GeoImport view(Connection connection, long id, Row row, Plan plan) throws SQLException {
        Map<String, Known> known = known(connection);
        List<Neighbourhood> places = row.draft.places().stream()
                .map(p -> {
                    Known now = known.get(p.id());
                    return new Neighbourhood(
                            now == null ? 0 : now.number,
                            p.id(),
                            p.borough(),
                            now == null ? p.name() : nameAfter(p, now),
                            Map.of(),
                            p.boundary());
                })
                .sorted(Comparator.comparing(Neighbourhood::name, french()))
                .toList();
        return new GeoImport(id, row.madeAt, row.appliedAt, plan.changes, row.draft.notices(), places);
    }

    private static Collator french() {
        return Collator.getInstance(Locale.CANADA_FRENCH);
    }

    private static String nameAfter(Place place, Known now) {
        return place.name().equals(now.sourceName) ? now.name : place.name();
    }

    private Plan plan(Connection connection, Draft draft) throws SQLException {
        Map<String, Known> known = known(connection);
        List<Change> changes = new ArrayList<>();
        List<Place> write = new ArrayList<>();
        Set<String> gone = new HashSet<>(known.keySet());
        for (Place place : draft.places()) {
            gone.remove(place.id());
            Known now = known.get(place.id());
            if (now == null) {
                write.add(place);
                changes.add(new Change(Fate.ADDED, place.id(), place.name()));
                continue;
            }
            boolean same = now.borough.equals(place.borough())
                    && place.name().equals(now.sourceName)
                    && now.boundary.equals(Boundaries.write(place.boundary()));
            if (!same) {
                write.add(place);
            }
            changes.add(new Change(same ? Fate.UNCHANGED : Fate.CHANGED, place.id(), nameAfter(place, now)));
        }
        boolean replace = draft.replace() && !draft.places().isEmpty();
        Set<String> used = replace ? used(connection, gone) : gone;
        known.forEach((id, now) -> {
            if (gone.contains(id)) {
                changes.add(new Change(used.contains(id) ? Fate.KEPT : Fate.REMOVED, id, now.name));
            }
        });
        changes.sort(Comparator.comparing(Change::name, french()));
        return new Plan(
                changes,
                write,
                replace ? gone.stream().filter(used::contains).toList() : List.of(),
                gone.stream().filter(id -> !used.contains(id)).toList());
    }

    /** Whatever anything may be pinned to; all of them while a module is away that could not be asked. */
    private Set<String> used(Connection connection, Collection<String> places) throws SQLException {
        if (modules.modules().stream().anyMatch(module -> module.state() != ModuleStatus.State.ACTIVE)) {
            return Set.copyOf(places);
        }
        Set<String> used = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select n.id from core_neighbourhood n"
                                + " where exists (select 1 from core_member m where m.neighbourhood_id = n.id)"
                                + " or exists (select 1 from core_organisation o where o.neighbourhood_id = n.id)"
                                + " or exists (select 1 from core_comment c where c.kind = 'neighbourhood' and c.initiative_id = n.number)"
                                + " or exists (select 1 from core_member_role r where r.limit_kind = 'neighbourhood' and r.limit_id = n.id)");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                used.add(rows.getString(1));
            }
        }
        uses.forEach(use -> used.addAll(use.used(places)));
        return used;
    }

    private void write(Connection connection, Plan plan) throws SQLException {
        Map<String, Known> known = known(connection);
        Map<String, String> boroughs = new LinkedHashMap<>();
        plan.write.forEach(place -> boroughs.put(place.borough(), place.boroughName()));
        for (Map.Entry<String, String> borough : boroughs.entrySet()) {
            writeBorough(connection, borough.getKey(), borough.getValue());
        }
        for (Place place : plan.write) {
            Known now = known.get(place.id());
            String sql = now == null
                    ? "insert into core_neighbourhood (borough_id, name, source_name, boundary, number, id) values (?, ?, ?, ?, ?, ?)"
                    : "update core_neighbourhood set borough_id = ?, name = ?, source_name = ?, boundary = ? where number = ? and id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, place.borough());
                statement.setString(2, now == null ? place.name() : nameAfter(place, now));
                statement.setString(3, place.name());
                statement.setString(4, Boundaries.write(place.boundary()));
                statement.setLong(5, now == null ? ids.next() : now.number);
                statement.setString(6, place.id());
                statement.executeUpdate();
            }
        }
        each(connection, "update core_neighbourhood set boundary = null where id = ?", plan.keepWithoutBoundary);
        each(connection, "delete from core_neighbourhood where id = ?", plan.remove);
        if (!plan.remove.isEmpty()) {
            try (PreparedStatement empty = connection.prepareStatement(
                    "delete from core_borough where not exists"
                            + " (select 1 from core_neighbourhood n where n.borough_id = core_borough.id) and not exists"
                            + " (select 1 from core_member_role r where r.limit_kind = 'borough' and r.limit_id = core_borough.id)")) {
                empty.executeUpdate();
            }
        }
    }

    private static void writeBorough(Connection connection, String id, String name) throws SQLException {
        String before = null;
        boolean there = false;
        try (PreparedStatement select =
                connection.prepareStatement("select source_name from core_borough where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    there = true;
                    before = row.getString(1);
                }
            }
        }
        if (there && name.equals(before)) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                there
                        ? "update core_borough set name = ?, source_name = ? where id = ?"
                        : "insert into core_borough (name, source_name, id) values (?, ?, ?)")) {
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setString(3, id);
            statement.executeUpdate();
        }
    }

    private static void each(Connection connection, String sql, List<String> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String id : ids) {
                statement.setString(1, id);
                statement.executeUpdate();
            }
        }
    }

    private static Map<String, Known> known(Connection connection) throws SQLException {
        Map<String, Known> known = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select id, number, borough_id, name, source_name, boundary from core_neighbourhood order by id");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                String boundary = rows.getString(6);
                known.put(
                        rows.getString(1),
                        new Known(
                                rows.getLong(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                boundary == null ? "" : boundary));
            }
        }
        return known;
    }

    private static Row row(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select made_at, applied_at, draft from core_geo_import where id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NotFoundException();
                }
                Timestamp applied = row.getTimestamp(2);
                return new Row(
                        row.getTimestamp(1).toInstant(),
                        applied == null ? null : applied.toInstant(),
                        MAPPER.readValue(row.getString(3), Draft.class));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("import " + id, e);
            }
        }
    }

    private static String json(Draft draft) {
        try {
            return MAPPER.writeValueAsString(draft);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Neighbourhood describe(Caller caller, String neighbourhood, PlaceTexts texts) {
        access.require(caller, TERRITORY, Scope.in(neighbourhood));
        Neighbourhood before = territory.neighbourhood(neighbourhood).orElseThrow(NotFoundException::new);
        Fields fields = new Fields();
        String name = fields.line("name", texts.name(), 1, PlaceTexts.MAX_NAME);
        String french = fields.text("descriptionFr", texts.descriptionFr(), 0, PlaceTexts.MAX_DESCRIPTION);
        String english = fields.text("descriptionEn", texts.descriptionEn(), 0, PlaceTexts.MAX_DESCRIPTION);
        fields.verify();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_neighbourhood set name = ?, description_fr = ?, description_en = ? where id = ?")) {
                update.setString(1, name);
                update.setString(2, french);
                update.setString(3, english);
                update.setString(4, neighbourhood);
                if (update.executeUpdate() == 0) {
                    throw new NotFoundException();
                }
            }
            audit.append(
                    connection,
                    caller,
                    DESCRIBE,
                    Neighbourhood.KIND + ":" + before.number(),
                    Map.of("before", before.name(), "after", name));
            return true;
        });
        territory.changed();
        return territory.neighbourhood(neighbourhood).orElseThrow(NotFoundException::new);
    }
}
