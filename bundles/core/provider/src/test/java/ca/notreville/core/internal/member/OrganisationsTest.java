// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.internal.member.Organisations.Organisation;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class OrganisationsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private final Organisations organisations = new Organisations(database.jpa("core"));

    @BeforeAll
    static void fill() {
        database.execute("insert into core_borough (id, name) values ('rive', 'Rive')");
        database.execute(
                "insert into core_neighbourhood (number, id, borough_id, name) values (1, 'quai', 'rive', 'Quai')");
        organisation(1, "Zoo", null);
        organisation(2, "École", "'quai'");
        organisation(3, "abri", "'quai'");
        database.execute("update core_organisation set mission_fr = 'Aider', mission_en = 'Help' where id = 2");
        var ana = new Town(database).somebody();
        database.execute("insert into core_membership values (2, " + ana.id() + ", 'owner')");
    }

    @Test
    void theyAreListedByNameAsFrenchSortsIt() {
        assertThat(organisations.list(null)).extracting(Organisation::name).containsExactly("abri", "École", "Zoo");
    }

    @Test
    void aNeighbourhoodHasItsOwn() {
        assertThat(organisations.list("quai")).extracting(Organisation::id).containsExactly(3L, 2L);
        assertThat(organisations.list("elsewhere")).isEmpty();
    }

    @Test
    void oneIsFoundWithHowManyActForItAndItsMissionInBothLanguages() {
        Organisation school = organisations.find(2).orElseThrow();

        assertThat(school.members()).isEqualTo(1);
        assertThat(school.mission(Locale.ENGLISH)).isEqualTo("Help");
        assertThat(school.mission(Locale.FRENCH)).isEqualTo("Aider");
        assertThat(school.mission(Locale.JAPANESE)).isEqualTo("Aider");
        assertThat(organisations.find(99)).isEmpty();
    }

    private static void organisation(long id, String name, @Nullable String place) {
        database.execute("insert into core_organisation (id, name, kind, neighbourhood_id) values (" + id + ", '" + name
                + "', 'community', " + place + ")");
    }
}
