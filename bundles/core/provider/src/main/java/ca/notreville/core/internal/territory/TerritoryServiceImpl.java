// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.Neighbourhood.Point;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.core.internal.jpa.BoroughEntity;
import ca.notreville.core.internal.jpa.NeighbourhoodEntity;
import ca.notreville.core.internal.jpa.TownEntity;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.text.Collator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps the territory in memory and reads it anew every minute, or at once when it is changed here. */
@Component(service = {TerritoryService.class, TerritoryServiceImpl.class})
public final class TerritoryServiceImpl implements TerritoryService {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final TypeReference<List<List<List<Double>>>> COORDINATES = new TypeReference<>() {};

    private final JpaTemplate jpa;
    private final ObjectMapper mapper = new ObjectMapper();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile @Nullable Territory territory;

    private record Territory(
            Town town,
            List<Borough> boroughs,
            List<Neighbourhood> neighbourhoods,
            Map<String, Neighbourhood> byId,
            int changes,
            long readAt) {}

    @Activate
    public TerritoryServiceImpl(@Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa) {
        this.jpa = jpa;
    }

    @Override
    public Town town() {
        return territory().town;
    }

    @Override
    public List<Borough> boroughs() {
        return territory().boroughs;
    }

    @Override
    public List<Neighbourhood> neighbourhoods() {
        return territory().neighbourhoods;
    }

    @Override
    public Optional<Neighbourhood> neighbourhood(String id) {
        return Optional.ofNullable(territory().byId.get(id));
    }

    /** Call after the commit of a change. */
    public void changed() {
        changes.incrementAndGet();
    }

    private Territory territory() {
        Territory now = territory;
        // what was read before a change and arrives after it is not kept
        int before = changes.get();
        if (now == null || now.changes != before || System.nanoTime() - now.readAt > FRESH.toNanos()) {
            now = read(before);
            territory = now;
        }
        return now;
    }

    private Territory read(int before) {
        return jpa.txExpr(em -> {
            TownEntity town = em.find(TownEntity.class, TownEntity.ID);
            List<Borough> boroughs = sorted(
                    em.createQuery("select b from Borough b", BoroughEntity.class).getResultList().stream()
                            .map(BoroughEntity::toBorough)
                            .toList(),
                    Borough::name);
            List<Neighbourhood> neighbourhoods = sorted(
                    em.createQuery("select n from Neighbourhood n", NeighbourhoodEntity.class).getResultList().stream()
                            .map(this::neighbourhood)
                            .toList(),
                    Neighbourhood::name);
            return new Territory(
                    new Town(town == null ? "Notreville" : town.name()),
                    boroughs,
                    neighbourhoods,
                    neighbourhoods.stream().collect(Collectors.toMap(Neighbourhood::id, Function.identity())),
                    before,
                    System.nanoTime());
        });
    }

    private Neighbourhood neighbourhood(NeighbourhoodEntity entity) {
        return new Neighbourhood(
                entity.number(),
                entity.id(),
                entity.borough(),
                entity.name(),
                Map.of("fr", text(entity.descriptionFr()), "en", text(entity.descriptionEn())),
                boundary(entity.boundary()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private List<List<Point>> boundary(@Nullable String coordinates) {
        if (coordinates == null) {
            return List.of();
        }
        try {
            List<List<Point>> rings = new ArrayList<>();
            for (List<List<Double>> ring : mapper.readValue(coordinates, COORDINATES)) {
                rings.add(ring.stream().map(p -> new Point(p.get(0), p.get(1))).toList());
            }
            return rings;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("boundary in the database", e);
        }
    }

    private static <T> List<T> sorted(List<T> places, Function<T, String> name) {
        Collator collator = Collator.getInstance(Locale.CANADA_FRENCH);
        return places.stream().sorted(Comparator.comparing(name, collator)).toList();
    }
}
