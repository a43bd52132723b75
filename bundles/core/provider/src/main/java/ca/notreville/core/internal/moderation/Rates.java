// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Counts what somebody does in windows of time, on all nodes together. It is counted before it is done, so that many at once do
 * not get more than one after another.
 */
@Component(service = Rates.class)
public final class Rates {

    private final DataSource dataSource;
    private final Clock clock;

    /** @param times how often in this window, this time included */
    record Count(int times, Duration left) {}

    @Activate
    public Rates(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** @param subject who does what, 120 characters at most */
    Count count(String subject, Duration window) {
        return Sql.write(dataSource, connection -> {
            Instant now = clock.instant();
            if (!increment(connection, subject, now)) {
                forget(connection, subject, now);
                begin(connection, subject, now, now.plus(window));
            }
            return read(connection, subject, now);
        });
    }

    /** @return whether a window is still running */
    private static boolean increment(Connection connection, String subject, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_rate set times = times + 1 where subject = ? and until_at > ?")) {
            update.setString(1, subject);
            update.setTimestamp(2, Timestamp.from(now));
            return update.executeUpdate() > 0;
        }
    }

    /** Only a window that is over: another one may just have begun the next. */
    private static void forget(Connection connection, String subject, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_rate where subject = ? and until_at <= ?")) {
            delete.setString(1, subject);
            delete.setTimestamp(2, Timestamp.from(now));
            delete.executeUpdate();
        }
    }

    private static void begin(Connection connection, String subject, Instant now, Instant until) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_rate (subject, since, until_at, times) values (?, ?, ?, 1)")) {
            insert.setString(1, subject);
            insert.setTimestamp(2, Timestamp.from(now));
            insert.setTimestamp(3, Timestamp.from(until));
            insert.executeUpdate();
        }
    }

    private static Count read(Connection connection, String subject, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select times, until_at from core_rate where subject = ?")) {
            select.setString(1, subject);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Count(
                        row.getInt(1), Duration.between(now, row.getTimestamp(2).toInstant()));
            }
        }
    }
}
