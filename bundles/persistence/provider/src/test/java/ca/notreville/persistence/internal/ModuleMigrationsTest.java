// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.testing.HookedDataSource;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.testing.TestFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

@OnDatabase
class ModuleMigrationsTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with();

    /** Each test has modules of its own names, since all share one database. */
    private static int number;

    private Path folder;

    @BeforeEach
    void folder(@TempDir Path temporary) {
        folder = temporary;
    }

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final TestFramework framework = new TestFramework();
    private final List<ModuleMigrations> nodes = new ArrayList<>();
    private final String module = "trees" + ++number;

    @AfterEach
    void stop() {
        nodes.forEach(ModuleMigrations::stop);
    }

    @Test
    void aModulesDataSourceIsPublishedWhenItsTablesAreThereAndGoesWithTheModule() throws IOException {
        start();
        assertThat(framework.services()).containsExactly("{osgi.jndi.service.name=notreville.persistence}");

        Bundle bundle = framework.start(module, changelog(module, table(module)));

        assertThat(database.number("select count(*) from " + module)).isZero();
        assertThat(framework.services()).hasSize(2).anyMatch(s -> s.contains("notreville." + module));

        framework.stop(bundle);
        assertThat(framework.services()).containsExactly("{osgi.jndi.service.name=notreville.persistence}");
    }

    /** Derby makes a schema with its first table. */
    @Test
    void aDatabaseThatNobodyUsedBeforeHasNotEvenASchema() throws IOException {
        EmbeddedDataSource unused = new EmbeddedDataSource();
        unused.setDatabaseName("memory:unused;create=true");
        unused.setUser("newcomer");

        ModuleMigrations node = start(unused);
        framework.start(module, changelog(module, table(module)));

        assertThat(node.check().detail()).isEmpty();
        assertThat(node.check().healthy()).isTrue();
    }

    @Test
    void aChangelogRunsOnceAndIsSkippedUntilItChanges() throws IOException {
        ModuleMigrations node = start();
        Path content = changelog(module, table(module));
        Bundle bundle = framework.start(module, content);
        assertThat(ranAt("12:00:00", module)).isTrue();
        clock.advance(Duration.ofHours(1));

        framework.stop(bundle);
        bundle = framework.start(module, content);
        assertThat(ranAt("12:00:00", module)).as("nothing new, nothing run").isTrue();

        changelog(module, table(module) + column(module));
        framework.stop(bundle);
        framework.start(module, content);

        assertThat(ranAt("13:00:00", module)).isTrue();
        assertThat(database.number("select count(height) from " + module)).isZero();
        assertThat(node.check().healthy()).isTrue();
    }

    @Test
    void aModuleWhoseChangelogFailsStaysAwayAndSaysSoWhileTheOthersWork() throws IOException {
        ModuleMigrations node = start();
        String sound = module + "sound";
        framework.start(module, changelog(module, "<changeSet id='1' author='t'><sql>no such thing</sql></changeSet>"));
        framework.start(sound, changelog(sound, table(sound)));

        assertThat(framework.services())
                .hasSize(2)
                .anyMatch(s -> s.endsWith("notreville." + sound + "}"))
                .noneMatch(s -> s.endsWith("notreville." + module + "}"));
        assertThat(node.check().healthy()).isFalse();
        assertThat(node.check().detail()).isEqualTo("failed: " + module);
    }

    @Test
    void aFailedModuleWorksOnceItIsReplacedByABetterOne() throws IOException {
        ModuleMigrations node = start();
        Path content = changelog(module, "<changeSet id='1' author='t'><sql>no such thing</sql></changeSet>");
        Bundle bundle = framework.start(module, content);
        framework.stop(bundle);
        changelog(module, table(module));

        framework.start(module, content);

        assertThat(framework.services()).anyMatch(s -> s.endsWith("notreville." + module + "}"));
        assertThat(node.check().healthy()).isTrue();
    }

    @Test
    void aFailedModuleThatIsTakenAwayIsNoFailureAnyMore() throws IOException {
        ModuleMigrations node = start();
        Bundle bundle = framework.start(
                module, changelog(module, "<changeSet id='1' author='t'><sql>no such thing</sql></changeSet>"));
        assertThat(node.check().healthy()).isFalse();

        framework.stop(bundle);

        assertThat(node.check().healthy()).isTrue();
    }

    @Test
    void whenTheDataSourceIsReplacedNothingOfTheFormerOneStaysPublished() throws IOException {
        ModuleMigrations node = start();
        framework.start(module, changelog(module, table(module)));
        assertThat(framework.services()).hasSize(2);

        node.stop();
        nodes.clear();

        assertThat(framework.services()).isEmpty();
    }

    @Test
    void ofTwoNodesThatMigrateAtOnceBothGoOn() throws IOException {
        Path content = changelog(module, table(module));
        TestFramework other = new TestFramework();
        other.own("persistence", Path.of("target/classes"));
        HookedDataSource slow = new HookedDataSource(database.dataSource());
        framework.own("persistence", Path.of("target/classes"));
        ModuleMigrations first = new ModuleMigrations(framework.context(), slow, clock);
        ModuleMigrations second = new ModuleMigrations(other.context(), database.dataSource(), clock);
        nodes.addAll(List.of(first, second));

        // between the first node's migration and its remembering the second node does all of it
        slow.before("insert into persistence_module", () -> other.start(module, content));
        framework.start(module, content);

        assertThat(first.check().healthy()).isTrue();
        assertThat(second.check().healthy()).isTrue();
        assertThat(framework.services()).hasSize(2);
        assertThat(other.services()).hasSize(2);
    }

    @Test
    @Timeout(30)
    void aNodeThatWasKilledInAMigrationHoldsUpNobody() throws IOException {
        start();
        database.execute("update databasechangeloglock set locked = true, lockgranted = current_timestamp,"
                + " lockedby = 'a node that was killed a moment ago'");

        framework.start(module, changelog(module, table(module)));

        assertThat(framework.services()).hasSize(2);
    }

    private ModuleMigrations start() {
        return start(database.dataSource());
    }

    private ModuleMigrations start(DataSource dataSource) {
        framework.own("persistence", Path.of("target/classes"));
        ModuleMigrations node = new ModuleMigrations(framework.context(), dataSource, clock);
        nodes.add(node);
        return node;
    }

    private Path changelog(String name, String changeSets) throws IOException {
        Path bundle = folder.resolve(name);
        Path file = bundle.resolve("db/" + name + "/changelog.xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<databaseChangeLog xmlns='http://www.liquibase.org/xml/ns/dbchangelog'"
                        + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        + " xsi:schemaLocation='http://www.liquibase.org/xml/ns/dbchangelog"
                        + " http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd'>" + changeSets
                        + "</databaseChangeLog>");
        return bundle;
    }

    private static String table(String name) {
        return "<changeSet id='" + name + "-1' author='t'><createTable tableName='" + name
                + "'><column name='id' type='bigint'/></createTable></changeSet>";
    }

    private static String column(String name) {
        return "<changeSet id='" + name + "-2' author='t'><addColumn tableName='" + name
                + "'><column name='height' type='int'/></addColumn></changeSet>";
    }

    /** Whether the migrations of a module ran last at this time of the day. */
    private static boolean ranAt(String time, String name) {
        return database.number("select count(*) from persistence_module where module = '" + name
                        + "' and applied_at = '2026-05-01 " + time + "'")
                == 1;
    }
}
