// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of its own for one test class, with the tables of some modules made by their real changelogs: Derby in memory, or
 * PostgreSQL where the build says {@code -Dnotreville.test.database=postgresql}.
 *
 * <pre>
 * &#64;OnDatabase
 * class CommentServiceTest {
 *     &#64;RegisterExtension
 *     static final TestDatabase database = TestDatabase.with("core");
 * </pre>
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private static final boolean POSTGRESQL = "postgresql".equals(System.getProperty("notreville.test.database"));
    private static @Nullable EmbeddedPostgres server;

    /** Kept here, since loggers are forgotten when nobody holds them. */
    private static final Logger LIQUIBASE = Logger.getLogger("liquibase");

    static {
        LIQUIBASE.setLevel(Level.WARNING);
    }

    private final List<String> modules;
    private final boolean empty;
    private final Map<String, EntityManagerFactory> units = new HashMap<>();
    private @Nullable HikariDataSource pool;

    private TestDatabase(List<String> modules, boolean empty) {
        this.modules = modules;
        this.empty = empty;
    }

    /** With the tables of the persistence bundle, if they are on the class path, and of these modules. */
    public static TestDatabase with(String... modules) {
        return new TestDatabase(List.of(modules), false);
    }

    /** Without any tables. */
    public static TestDatabase empty() {
        return new TestDatabase(List.of(), true);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        String name = "t" + UUID.randomUUID().toString().replace("-", "");
        HikariConfig config = new HikariConfig();
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(1);
        if (POSTGRESQL) {
            EmbeddedPostgres postgres = server();
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            }
            config.setJdbcUrl(postgres.getJdbcUrl("postgres", name));
        } else {
            config.setDriverClassName("org.apache.derby.jdbc.EmbeddedDriver");
            config.setJdbcUrl("jdbc:derby:memory:" + name + ";create=true");
        }
        pool = new HikariDataSource(config);
        if (!empty && getClass().getResource("/db/persistence/changelog.xml") != null) {
            migrate("persistence");
        }
        for (String module : modules) {
            migrate(module);
        }
    }

    private static synchronized EmbeddedPostgres server() throws IOException {
        if (server == null) {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .start();
        }
        return server;
    }

    private void migrate(String module) throws Exception {
        try (Connection connection = dataSource().getConnection()) {
            Liquibase liquibase = new Liquibase(
                    "db/" + module + "/changelog.xml",
                    new ClassLoaderResourceAccessor(),
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection)));
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            Scope.child(
                    Scope.Attr.ui,
                    new LoggerUIService(),
                    () -> liquibase.update(new Contexts(), new LabelExpression()));
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        units.values().forEach(EntityManagerFactory::close);
        units.clear();
        Objects.requireNonNull(pool).close();
    }

    public DataSource dataSource() {
        return Objects.requireNonNull(pool, "not before the tests of the class begin");
    }

    /** The template of this persistence unit, as Aries publishes it in the container. */
    public JpaTemplate jpa(String unit) {
        return new TestJpaTemplate(units.computeIfAbsent(
                unit,
                u -> Persistence.createEntityManagerFactory(
                        u,
                        Map.of("javax.persistence.nonJtaDataSource", dataSource(), "eclipselink.weaving", "false"))));
    }

    /** The first column of the first row. */
    public long number(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
