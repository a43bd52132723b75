// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.internal.territory.TerritoryServiceImpl;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.awt.geom.Area;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.osgi.framework.BundleContext;

@OnDatabase
class SampleTownTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final List<String> TABLES = List.of(
            "core_membership", "core_organisation", "core_member", "core_neighbourhood", "core_borough", "core_town");
    private static final AtomicLong IDS = new AtomicLong(1_000);

    private TerritoryServiceImpl territory;
    private CoreSample core;

    @BeforeEach
    void start() throws Exception {
        TABLES.forEach(table -> database.execute("delete from " + table));
        territory = new TerritoryServiceImpl(database.jpa("core"));
        core = new CoreSample(
                database.jpa("core"), IDS::incrementAndGet, new TestClock("2026-05-01T12:00:00Z"), territory);
        core.fill();
    }

    @Test
    void theTownHasItsBoroughsNeighbourhoodsMembersAndOrganisations() {
        assertThat(territory.town().name()).isEqualTo("Val-aux-Hérons");
        assertThat(counts()).containsExactly(count("core_membership"), 8L, 40L, 12L, 3L, 1L);
        assertThat(count("core_membership")).isGreaterThanOrEqualTo(8);
        assertThat(territory.neighbourhoods())
                .extracting(Neighbourhood::borough)
                .containsOnlyElementsOf(
                        territory.boroughs().stream().map(Borough::id).toList());
        for (Neighbourhood place : territory.neighbourhoods()) {
            assertThat(place.description(Locale.FRENCH)).isNotBlank();
            assertThat(place.description(Locale.ENGLISH)).isNotBlank().isNotEqualTo(place.description(Locale.FRENCH));
        }
    }

    @Test
    void aSecondRunChangesNothing() throws Exception {
        SampleTown before = core.town();
        List<Long> counts = counts();

        core.fill();

        assertThat(counts()).isEqualTo(counts);
        assertThat(core.town()).isEqualTo(before);
    }

    @Test
    void nobodyCanSignInAsOneOfItsMembers() {
        assertThat(database.number("select count(*) from core_member where password is not null"))
                .isZero();
        assertThat(core.town().members()).hasSize(40);
        assertThatThrownBy(() -> core.town().member("nobody")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void eachNeighbourhoodIsOneClosedRingThatDoesNotCrossItself() {
        for (Neighbourhood place : territory.neighbourhoods()) {
            assertThat(place.boundary()).hasSize(1);
            var ring = place.boundary().get(0).outer();
            assertThat(ring).hasSizeGreaterThan(3);
            assertThat(ring.get(ring.size() - 1)).isEqualTo(ring.get(0));
            List<Line2D> sides = new ArrayList<>();
            for (int i = 1; i < ring.size(); i++) {
                sides.add(new Line2D.Double(
                        ring.get(i - 1).longitude(),
                        ring.get(i - 1).latitude(),
                        ring.get(i).longitude(),
                        ring.get(i).latitude()));
            }
            for (int i = 0; i < sides.size(); i++) {
                for (int j = i + 2; j < sides.size() - (i == 0 ? 1 : 0); j++) {
                    assertThat(sides.get(i).intersectsLine(sides.get(j)))
                            .as("%s: sides %d and %d", place.id(), i, j)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void neighbourhoodsDoNotOverlap() {
        List<Neighbourhood> places = territory.neighbourhoods();
        for (int i = 0; i < places.size(); i++) {
            double smallest = surface(area(places.get(i)));
            assertThat(smallest).isPositive();
            for (int j = i + 1; j < places.size(); j++) {
                Area both = area(places.get(i));
                both.intersect(area(places.get(j)));
                // what they share of a boundary has no surface but for rounding
                assertThat(surface(both))
                        .as("%s and %s", places.get(i).id(), places.get(j).id())
                        .isLessThan(smallest / 1_000);
            }
        }
    }

    @Test
    void whereTheSampleIsWantedEachModuleFillsItsPartAndOneThatFailsKeepsTheNodeFromBeingReady() throws Exception {
        SampleRunner runner = new SampleRunner(asking("true"), core);
        List<Integer> filled = new ArrayList<>();

        runner.addSample(sample("gardens", town -> filled.add(town.members().size())));
        assertThat(filled).containsExactly(40);
        assertThat(runner.check().healthy()).isTrue();

        SampleData broken = sample("donations", town -> {
            throw new IllegalStateException("broken");
        });
        runner.addSample(broken);
        assertThat(runner.check().healthy()).isFalse();
        assertThat(runner.check().detail()).isEqualTo("donations");

        runner.removeSample(broken);
        assertThat(runner.check().healthy()).isTrue();
    }

    @Test
    void whereNobodyAskedForTheSampleNothingIsWritten() throws Exception {
        TABLES.forEach(table -> database.execute("delete from " + table));
        SampleRunner runner = new SampleRunner(asking(null), core);

        runner.addSample(sample("gardens", town -> {
            throw new AssertionError("not wanted");
        }));

        assertThat(counts()).containsOnly(0L);
    }

    @Test
    void aTownThatIsNotTheSampleIsLeftAlone() throws Exception {
        TABLES.forEach(table -> database.execute("delete from " + table));
        database.execute("insert into core_town (id, name) values (1, 'Autreville')");
        SampleRunner runner = new SampleRunner(asking("true"), core);

        runner.addSample(sample("gardens", town -> {
            throw new AssertionError("not here");
        }));

        assertThat(counts()).containsExactly(0L, 0L, 0L, 0L, 0L, 1L);
    }

    private static BundleContext asking(@Nullable String wanted) {
        BundleContext context = mock(BundleContext.class);
        when(context.getProperty("notreville.sample")).thenReturn(wanted);
        return context;
    }

    private static SampleData sample(String module, Consumer<SampleTown> work) {
        return new SampleData() {
            @Override
            public String module() {
                return module;
            }

            @Override
            public void fill(SampleTown town) {
                work.accept(town);
            }
        };
    }

    private static List<Long> counts() {
        return TABLES.stream().map(SampleTownTest::count).toList();
    }

    private static long count(String table) {
        return database.number("select count(*) from " + table);
    }

    private static Area area(Neighbourhood place) {
        Path2D path = new Path2D.Double();
        var ring = place.boundary().get(0).outer();
        path.moveTo(ring.get(0).longitude(), ring.get(0).latitude());
        ring.forEach(point -> path.lineTo(point.longitude(), point.latitude()));
        path.closePath();
        return new Area(path);
    }

    /** Gauss's area formula over every ring of the shape. */
    private static double surface(Area area) {
        double sum = 0;
        double[] at = new double[6];
        double[] start = new double[2];
        double[] last = new double[2];
        for (PathIterator path = area.getPathIterator(null); !path.isDone(); path.next()) {
            int kind = path.currentSegment(at);
            if (kind == PathIterator.SEG_MOVETO) {
                start = new double[] {at[0], at[1]};
            } else {
                double[] to = kind == PathIterator.SEG_CLOSE ? start : at;
                sum += last[0] * to[1] - to[0] * last[1];
            }
            last = kind == PathIterator.SEG_CLOSE ? start.clone() : new double[] {at[0], at[1]};
        }
        return Math.abs(sum / 2);
    }
}
