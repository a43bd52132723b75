// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.PlaceFinder;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.core.internal.jpa.BoroughEntity;
import ca.notreville.core.internal.jpa.NeighbourhoodEntity;
import ca.notreville.core.internal.jpa.TownEntity;
import java.text.Collator;
import java.time.Duration;
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
@Component(service = {TerritoryService.class, PlaceFinder.class, TerritoryServiceImpl.class})
public final class TerritoryServiceImpl implements TerritoryService, PlaceFinder {

    private static final Duration FRESH = Duration.ofMinutes(1);

    private final JpaTemplate jpa;
    private final AtomicInteger changes = new AtomicInteger();
    private volatile @Nullable Territory territory;

    private record Territory(
            Town town,
            List<Borough> boroughs,
            List<Neighbourhood> neighbourhoods,
            Map<String, Neighbourhood> byId,
            PlaceIndex index,
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

    @Override
    public Optional<Neighbourhood> at(double longitude, double latitude) {
        return territory().index.at(longitude, latitude);
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
                            .map(TerritoryServiceImpl::neighbourhood)
                            .toList(),
                    Neighbourhood::name);
            return new Territory(
                    new Town(town == null ? "Notreville" : town.name()),
                    boroughs,
                    neighbourhoods,
                    neighbourhoods.stream().collect(Collectors.toMap(Neighbourhood::id, Function.identity())),
                    index(neighbourhoods),
                    before,
                    System.nanoTime());
        });
    }

    private static Neighbourhood neighbourhood(NeighbourhoodEntity entity) {
        return new Neighbourhood(
                entity.number(),
                entity.id(),
                entity.borough(),
                entity.name(),
                Map.of("fr", text(entity.descriptionFr()), "en", text(entity.descriptionEn())),
                Boundaries.read(entity.boundary()));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The one that is there, unless something moved. */
    private PlaceIndex index(List<Neighbourhood> neighbourhoods) {
        Territory before = territory;
        return before != null && before.neighbourhoods.equals(neighbourhoods)
                ? before.index
                : new PlaceIndex(neighbourhoods);
    }

    private static <T> List<T> sorted(List<T> places, Function<T, String> name) {
        Collator collator = Collator.getInstance(Locale.CANADA_FRENCH);
        return places.stream().sorted(Comparator.comparing(name, collator)).toList();
    }
}
