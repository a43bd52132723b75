// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes an embedded Derby database properly when the platform stops, so that the next start has nothing to recover. */
@Component(immediate = true)
public final class DerbyShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(DerbyShutdown.class);
    private static final Pattern URL = Pattern.compile("(jdbc:derby:(?!memory:)[^;]+).*");

    private final DataSourceFactory derby;
    private final Bundle framework;
    private final @Nullable String database;

    @Activate
    public DerbyShutdown(
            BundleContext context,
            @Reference(target = "(osgi.jndi.service.name=notreville)") DataSource dataSource,
            @Reference(target = "(osgi.jdbc.driver.name=derby)") DataSourceFactory derby)
            throws SQLException {
        this.derby = derby;
        this.framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        try (Connection connection = dataSource.getConnection()) {
            Matcher matcher = URL.matcher(connection.getMetaData().getURL());
            this.database = matcher.matches() ? matcher.group(1) : null;
        }
    }

    @Deactivate
    void stop() {
        if (database == null || framework.getState() != Bundle.STOPPING) {
            return;
        }
        try {
            derby.createDriver(new Properties()).connect(database + ";shutdown=true", new Properties());
        } catch (SQLException e) {
            // Derby reports a shutdown that went well as SQLState 08006
            if (!"08006".equals(e.getSQLState())) {
                LOG.warn("Closing the database: {}", e.getMessage());
            }
        }
    }
}
