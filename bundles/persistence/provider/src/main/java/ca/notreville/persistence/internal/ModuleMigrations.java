// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.core.api.module.HealthCheck;
import ca.notreville.core.api.module.ModuleRegistry;
import ca.notreville.persistence.api.Violations;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the tables of each module up to date before the module may use them.
 *
 * <p>A bundle with the header {@code Notreville-Module: ideas} and a changelog {@code db/ideas/changelog.xml} has that
 * changelog run; only then is the shared DataSource registered a second time as
 * {@code osgi.jndi.service.name=notreville.ideas}, which is the name that the module's persistence unit asks for. If the
 * changelog fails, the name is not published and the module's services stay away, while the rest of the platform works.
 */
@Component(service = HealthCheck.class, immediate = true)
public final class ModuleMigrations
        implements HealthCheck, BundleTrackerCustomizer<List<ServiceRegistration<DataSource>>> {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleMigrations.class);
    /** What Derby and PostgreSQL say of a table, or of a schema, that is not there. */
    private static final Set<String> NO_TABLE = Set.of("42X05", "42Y07", "42P01", "3F000");

    private static final String SERVICE_NAME = "osgi.jndi.service.name";

    private final DataSource dataSource;
    private final Clock clock;
    private final BundleContext context;
    private final BundleTracker<List<ServiceRegistration<DataSource>>> tracker;
    private final Set<String> failed = new ConcurrentSkipListSet<>();

    @Activate
    public ModuleMigrations(
            BundleContext context,
            @Reference(target = "(" + SERVICE_NAME + "=notreville)") DataSource dataSource,
            @Reference Clock clock) {
        this.context = context;
        this.dataSource = dataSource;
        this.clock = clock;
        // This bundle first: the table that remembers what has run is its own.
        migrated(context.getBundle(), "persistence");
        tracker = new BundleTracker<>(context, Bundle.STARTING | Bundle.ACTIVE, this);
        tracker.open();
    }

    @Deactivate
    void stop() {
        tracker.close();
    }

    @Override
    public String name() {
        return "migrations";
    }

    @Override
    public Result check() {
        return failed.isEmpty() ? Result.ok("") : Result.failed("failed: " + String.join(", ", failed));
    }

    @Override
    public @Nullable List<ServiceRegistration<DataSource>> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        String module = bundle.getHeaders().get(ModuleRegistry.HEADER);
        if (module == null || bundle.getEntry(changelog(module)) == null) {
            return null;
        }
        if (!migrated(bundle, module)) {
            // Tracked all the same, so as to be told when it goes.
            return List.of();
        }
        return List.of(context.registerService(
                DataSource.class,
                dataSource,
                FrameworkUtil.asDictionary(Map.of(SERVICE_NAME, "notreville." + module))));
    }

    private boolean migrated(Bundle bundle, String module) {
        try {
            migrate(bundle, module);
            failed.remove(module);
            return true;
        } catch (Exception e) {
            failed.add(module);
            LOG.error("Migration of module {} {} failed; the module stays away", module, bundle.getVersion(), e);
            return false;
        }
    }

    @Override
    public void modifiedBundle(
            Bundle bundle, @Nullable BundleEvent event, List<ServiceRegistration<DataSource>> registrations) {}

    @Override
    public void removedBundle(
            Bundle bundle, @Nullable BundleEvent event, List<ServiceRegistration<DataSource>> registrations) {
        registrations.forEach(ServiceRegistration::unregister);
        failed.remove(bundle.getHeaders().get(ModuleRegistry.HEADER));
    }

    private void migrate(Bundle bundle, String module) throws Exception {
        String fingerprint = fingerprint(bundle, module);
        try (Connection connection = dataSource.getConnection()) {
            if (fingerprint.equals(applied(connection, module))) {
                return;
            }
            long start = System.nanoTime();
            ChangelogRunner.run(
                    connection,
                    changelog(module),
                    bundle.adapt(BundleWiring.class).getClassLoader());
            remember(connection, module, fingerprint);
            LOG.info(
                    "Tables of module {} {} are up to date, in {} ms",
                    module,
                    bundle.getVersion(),
                    (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static String changelog(String module) {
        return "db/" + module + "/changelog.xml";
    }

    /** SHA-256 of everything below {@code db/<module>/}. */
    private static String fingerprint(Bundle bundle, String module) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            List<URL> entries = Collections.list(bundle.findEntries("db/" + module, "*", true));
            entries.sort(java.util.Comparator.comparing(URL::getPath));
            for (URL entry : entries) {
                if (!entry.getPath().endsWith("/")) {
                    try (InputStream in = entry.openStream()) {
                        digest.update(in.readAllBytes());
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What was last applied; {@code null} if nothing, or on a new database, where the table is not there yet. */
    private static @Nullable String applied(Connection connection, String module) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select fingerprint from persistence_module where module = ?")) {
            select.setString(1, module);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        } catch (SQLException e) {
            // to ask a database what tables it has takes longer than all else here
            if (NO_TABLE.contains(e.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private void remember(Connection connection, String module, String fingerprint) throws SQLException {
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement update = connection.prepareStatement(
                "update persistence_module set fingerprint = ?, applied_at = ? where module = ?")) {
            update.setString(1, fingerprint);
            update.setTimestamp(2, now);
            update.setString(3, module);
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into persistence_module (module, fingerprint, applied_at) values (?, ?, ?)")) {
            insert.setString(1, module);
            insert.setString(2, fingerprint);
            insert.setTimestamp(3, now);
            insert.executeUpdate();
        } catch (SQLException e) {
            // Another node that starts just now has written it.
            if (!Violations.isUnique(e)) {
                throw e;
            }
        }
    }
}
