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
    void aBoundaryIsRingsOfPointsWithLongitudeFirst() {
        place("quai", "Quai");
        database.execute("update core_neighbourhood set boundary ="
                + " '[[[-72.5, 46.1], [-72.6, 46.1], [-72.6, 46.2], [-72.5, 46.1]]]'");

        Neighbourhood quai = territory.neighbourhood("quai").orElseThrow();

        assertThat(quai.boundary()).hasSize(1);
        assertThat(quai.boundary().get(0)).hasSize(4).startsWith(new Point(-72.5, 46.1), new Point(-72.6, 46.1));
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
            database.execute("insert into core_borough values ('rive', 'Rive')");
        }
        database.execute("insert into core_neighbourhood (number, id, borough_id, name) select 1 + count(*), '" + id
                + "', 'rive', '" + name + "' from core_neighbourhood");
    }
}
