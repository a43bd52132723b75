// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.internal;

import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Deletes outbox rows that every node has followed long ago, and jobs that were done 30 days ago. */
@Component
public final class Retention implements JobHandler {

    private static final Duration JOBS = Duration.ofDays(30);

    private final DataSource dataSource;
    private final Clock clock;

    @Activate
    public Retention(
            @Reference(target = "(osgi.jndi.service.name=notreville.persistence)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "persistence.retention";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofDays(1));
    }

    @Override
    public void run(Job job) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from persistence_outbox where id < ?")) {
                delete.setLong(1, Ids.atOrAfter(clock.instant().minus(Duration.ofDays(Outbox.RETENTION_DAYS))));
                delete.executeUpdate();
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from persistence_job where state = 'done' and due_at < ?")) {
                delete.setTimestamp(1, Timestamp.from(clock.instant().minus(JOBS)));
                delete.executeUpdate();
            }
        }
    }
}
