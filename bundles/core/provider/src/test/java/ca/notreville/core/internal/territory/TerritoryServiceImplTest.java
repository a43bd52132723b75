// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.Neighbourhood.Point;
import ca.notreville.core.api.territory.Town;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class TerritoryServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private TerritoryServiceImpl territory;

    @BeforeEach
    void start() {
        for (String table : List.of("core_neighbourhood", "core_borough", "core_town")) {
            database.execute("delete from " + table);
        }
        territory = new TerritoryServiceImpl(database.jpa("core"));
    }

    @Test
    void whereThereIsNothingYetTheTownIsCalledNotrevilleAndIsEmpty() {
        assertThat(territory.town()).isEqualTo(new Town("Notreville"));
        assertThat(territory.boroughs()).isEmpty();
        assertThat(territory.neighbourhoods()).isEmpty();
        assertThat(territory.neighbourhood("quai")).isEmpty();
    }

    @Test
    void placesAreSortedByNameAsFrenchDoes() {
        place("zones", "Zones");
        place("ete", "Été");
        place("etang", "Étang");
        place("quai", "quai");

        assertThat(territory.neighbourhoods())
                .extracting(Neighbourhood::name)
                .containsExactly("Étang", "Été", "quai", "Zones");
    }

    @Test
    void aBoundaryFromBeforeThereWereMultiPolygonsIsOnePolygon() {
        place("quai", "Quai");
        database.execute("update core_neighbourhood set boundary ="
                + " '[[[-72.5, 46.1], [-72.6, 46.1], [-72.6, 46.2], [-72.5, 46.1]]]'");

        Neighbourhood quai = territory.neighbourhood("quai").orElseThrow();

        assertThat(quai.boundary()).hasSize(1);
        assertThat(quai.boundary().get(0).outer())
                .hasSize(4)
                .startsWith(new Point(-72.5, 46.1), new Point(-72.6, 46.1));
    }

    @Test
    void aBoundaryIsPolygonsOfRingsOfPointsWithLongitudeFirst() {
        place("iles", "Les Îles");
        database.execute(
                "update core_neighbourhood set boundary = '[[[[-72.5, 46.1], [-72.4, 46.1], [-72.4, 46.2], [-72.5, 46.1]]],"
                        + " [[[-72.0, 46.0], [-71.0, 46.0], [-71.0, 47.0], [-72.0, 46.0]],"
                        + " [[-71.5, 46.2], [-71.4, 46.3], [-71.4, 46.2], [-71.5, 46.2]]]]'");
        Neighbourhood islands = territory.neighbourhood("iles").orElseThrow();
        assertThat(islands.boundary()).hasSize(2);
        assertThat(islands.boundary().get(1).rings()).hasSize(2);
        assertThat(islands.boundary().get(1).outer()).startsWith(new Point(-72.0, 46.0), new Point(-71.0, 46.0));
    }

    @Test
    void aPointIsInTheNeighbourhoodThatCoversItAndNeitherInAHoleNorOutside() {
        place("est", "Est");
        place("ouest", "Ouest");
        database.execute(
                "update core_neighbourhood set boundary = '[[[[0,0],[2,0],[2,2],[0,2],[0,0]]]]' where id = 'ouest'");
        database.execute("update core_neighbourhood set boundary = '[[[[2,0],[6,0],[6,2],[2,2],[2,0]],"
                + "[[3,0.5],[3,1.5],[4,1.5],[4,0.5],[3,0.5]]],[[[10,10],[11,10],[11,11],[10,10]]]]' where id = 'est'");

        assertThat(at(1, 1)).isEqualTo("ouest");
        assertThat(at(5, 1)).isEqualTo("est");
        assertThat(at(10.9, 10.2)).isEqualTo("est");
        assertThat(at(3.5, 1)).isEmpty();
        assertThat(at(-0.001, 1)).isEmpty();
        // the border between both, a corner of both, the border of the hole
        assertThat(at(2, 1)).isEqualTo("est");
        assertThat(at(2, 0)).isEqualTo("est");
        assertThat(at(3, 1)).isEqualTo("est");
        assertThat(at(0, 0)).isEqualTo("ouest");
        assertThat(at(Double.NaN, 1)).isEmpty();
        assertThat(at(1, Double.POSITIVE_INFINITY)).isEmpty();
    }

    private String at(double longitude, double latitude) {
        return territory.at(longitude, latitude).map(Neighbourhood::id).orElse("");
    }

    @Test
    void aPlaceWithoutBoundaryOrDescriptionIsAPlace() {
        place("quai", "Quai");

        Neighbourhood quai = territory.neighbourhood("quai").orElseThrow();

        assertThat(quai.boundary()).isEmpty();
        assertThat(quai.description(Locale.FRENCH)).isEmpty();
        assertThat(quai.description(Locale.JAPANESE)).isEmpty();
    }

    @Test
    void whatWasReadIsRememberedUntilItIsChangedHere() {
        place("quai", "Quai");
        assertThat(territory.neighbourhoods()).hasSize(1);
        place("parc", "Parc");
        assertThat(territory.neighbourhoods()).hasSize(1);

        territory.changed();

        assertThat(territory.neighbourhoods()).hasSize(2);
        assertThat(territory.neighbourhood("parc")).isPresent();
        assertThat(territory.neighbourhood("PARC")).isEmpty();
        assertThat(territory.boroughs()).containsExactly(new Borough("rive", "Rive"));
    }

    private static void place(String id, String name) {
        if (database.number("select count(*) from core_borough") == 0) {
            database.execute("insert into core_borough (id, name) values ('rive', 'Rive')");
        }
        database.execute("insert into core_neighbourhood (number, id, borough_id, name) select 1 + count(*), '" + id
                + "', 'rive', '" + name + "' from core_neighbourhood");
    }
}
