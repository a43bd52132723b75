// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Deletes sessions, links and tokens that have expired, failures of sign-in and windows of limits that no more count, suspensions
 * that are over, and what comments said long ago. They grow with what strangers send, so they must not stay.
 */
@Component
public final class Sweep implements JobHandler {

    /** How long an API token that has expired is still shown to its owner. */
    private static final Duration KEPT = Duration.ofDays(30);

    private final DataSource dataSource;
    private final Clock clock;

    @Activate
    public Sweep(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "core.sweep";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(Job job) throws SQLException {
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection()) {
            delete(connection, "delete from core_session where expires_at <= ?", now);
            delete(connection, "delete from core_ticket where expires_at <= ?", now);
            delete(connection, "delete from core_api_token where expires_at <= ?", now.minus(KEPT));
            delete(connection, "delete from core_sign_in_failure where since <= ?", now.minus(SignInLimit.WINDOW));
            delete(connection, "delete from core_rate where until_at <= ?", now);
            delete(connection, "delete from core_suspension where until_at <= ?", now);
            delete(
                    connection,
                    "delete from core_comment_version where until_at <= ?",
                    now.minus(CommentService.VERSIONS_KEPT));
        }
    }

    private static void delete(Connection connection, String sql, Instant until) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setTimestamp(1, Timestamp.from(until));
            delete.executeUpdate();
        }
    }
}
