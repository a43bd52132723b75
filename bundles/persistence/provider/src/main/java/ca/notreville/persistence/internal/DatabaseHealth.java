// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.core.api.module.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the database answers within two seconds. */
@Component
public final class DatabaseHealth implements HealthCheck {

    private static final int SECONDS = 2;

    private final DataSource dataSource;

    @Activate
    public DatabaseHealth(@Reference(target = "(osgi.jndi.service.name=notreville)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public Result check() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(SECONDS)
                    ? Result.ok(connection.getMetaData().getDatabaseProductName())
                    : Result.failed("no answer in " + SECONDS + " s");
        } catch (SQLException e) {
            return Result.failed(e.getClass().getSimpleName());
        }
    }
}
