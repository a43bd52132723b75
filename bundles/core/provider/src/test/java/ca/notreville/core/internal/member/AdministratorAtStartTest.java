// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import static ca.notreville.core.internal.member.Town.VISITOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Member;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@OnDatabase
class AdministratorAtStartTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private Town town;
    private Path link;
    private Map<String, String> environment;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        town = new Town(database);
        for (String table : List.of("core_claim", "core_session", "core_member_role", "core_member")) {
            database.execute("delete from " + table);
        }
        link = folder.resolve("run/admin-link");
        Path password = Files.writeString(folder.resolve("password"), "une phrase de chef\n");
        environment = Map.of(
                AdministratorAtStart.EMAIL,
                "Chef@Example.org",
                AdministratorAtStart.PASSWORD_FILE,
                password.toString());
    }

    @Test
    void theEnvironmentNamesTheFirstAdministrator() throws IOException {
        start(environment);

        Member chef = town.sessions
                .open(new Credentials("chef@example.org", "une phrase de chef", "192.0.2.1"))
                .member();
        assertThat(chef.roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(chef.displayName()).isEqualTo("chef");
        assertThat(link).doesNotExist();
    }

    @Test
    void aSecondStartLeavesTheAdministratorAsTheyAre() throws IOException {
        start(environment);
        database.execute("update core_member set display_name = 'Cheffe'");

        start(environment);

        assertThat(database.number("select count(*) from core_member where display_name = 'Cheffe'"))
                .isEqualTo(1);
        assertThat(administrators()).isEqualTo(1);
    }

    @Test
    void whoHasThatAddressAlreadyIsNotMadeAdministrator() throws IOException {
        town.members.signUp(VISITOR, Town.signUp("chef@example.org"));

        start(environment);

        assertThat(administrators()).isZero();
    }

    @Test
    void nodesThatStartAtOnceMakeOneAdministrator() {
        AtOnce.run(4, i -> {
            try {
                return new AdministratorAtStart(database.dataSource(), town.members, town.clock, environment, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(administrators()).isEqualTo(1);
    }

    @Test
    void anAccountThatCannotBeMadeAdministratorIsNotMadeEither() throws IOException {
        database.execute("alter table core_member_role add constraint core_no_chef check (role <> 'administrator')");
        try {
            assertThatThrownBy(() -> start(environment)).isInstanceOf(RuntimeException.class);
        } finally {
            database.execute("alter table core_member_role drop constraint core_no_chef");
        }

        start(environment);

        assertThat(administrators()).isEqualTo(1);
    }

    @Test
    void withoutAnAdministratorThereIsALinkThatOnlyTheOperatorCanRead() throws IOException {
        start(Map.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(link)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(link)).matches("/members/claim\\?token=[A-Za-z0-9_-]{43}\n");
        assertThat(database.number("select count(*) from core_claim where token_hash = '" + Tokens.hash(token()) + "'"))
                .isEqualTo(1);
        assertThat(town.members.administrationClaimable(token())).isTrue();
    }

    @Test
    void theLinkMakesOneAdministratorAndIsGoodOnce() throws IOException {
        start(Map.of());

        Member first = town.members.claimAdministration(VISITOR, token(), Town.signUp("first@example.org"));

        assertThat(first.roles()).containsExactly(Role.ADMINISTRATOR);
        assertThat(town.members.administrationClaimable(token())).isFalse();
        assertThatThrownBy(() -> town.members.claimAdministration(VISITOR, token(), Town.signUp("next@example.org")))
                .isInstanceOf(NotFoundException.class);
        assertThat(database.number("select count(*) from core_member")).isEqualTo(1);
    }

    @Test
    void aClaimWithMistakesIsNotUsedUp() throws IOException {
        start(Map.of());

        assertThatThrownBy(() -> town.members.claimAdministration(VISITOR, token(), Town.signUp("no address")))
                .isInstanceOf(InvalidException.class);

        assertThat(town.members.administrationClaimable(token())).isTrue();
    }

    @Test
    void ofManyWhoOpenTheLinkAtOnceOneBecomesAdministratorAndTheOthersAreToldThatItIsUsed() throws IOException {
        start(Map.of());
        String token = token();

        List<String> answers = AtOnce.run(8, i -> {
            try {
                town.members.claimAdministration(VISITOR, token, Town.signUp("rush" + i + "@example.org"));
                return "made";
            } catch (NotFoundException e) {
                return e.code();
            }
        });

        assertThat(answers).containsOnlyOnce("made");
        assertThat(answers).filteredOn("core.claim-not-good"::equals).hasSize(7);
        assertThat(administrators()).isEqualTo(1);
        assertThat(database.number("select count(*) from core_member")).isEqualTo(1);
    }

    @Test
    void eachStartMakesANewLinkAndTheOldOneIsNoMoreGood() throws IOException {
        start(Map.of());
        String old = token();

        start(Map.of());

        assertThat(town.members.administrationClaimable(old)).isFalse();
        assertThat(town.members.administrationClaimable(token())).isTrue();
    }

    @Test
    void thereIsNoLinkOnceThereIsAnAdministrator() throws IOException {
        start(Map.of());
        town.members.claimAdministration(VISITOR, token(), Town.signUp("first@example.org"));

        start(Map.of());

        assertThat(link).doesNotExist();
    }

    @Test
    void aLinkThatNobodyOpenedIsNoMoreGoodOnceTheEnvironmentHasNamedAnAdministrator() throws IOException {
        start(Map.of());
        String old = token();

        start(environment);

        assertThat(link).doesNotExist();
        assertThat(town.members.administrationClaimable(old)).isFalse();
        assertThatThrownBy(() -> town.members.claimAdministration(VISITOR, old, Town.signUp("late@example.org")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whereNoFileIsNamedThereIsNoLink() throws IOException {
        new AdministratorAtStart(database.dataSource(), town.members, town.clock, Map.of(), null);

        assertThat(database.number("select count(*) from core_claim")).isZero();
    }

    private void start(Map<String, String> with) throws IOException {
        new AdministratorAtStart(database.dataSource(), town.members, town.clock, with, link.toString());
    }

    private String token() {
        try {
            String path = Files.readString(link).strip();
            return path.substring(path.indexOf('=') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long administrators() {
        return database.number("select count(*) from core_member_role where role = 'administrator'");
    }
}
