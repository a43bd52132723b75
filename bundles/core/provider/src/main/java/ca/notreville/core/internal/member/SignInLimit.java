// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.persistence.api.Violations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Limits how often sign-in may fail for one account and from one address, on all nodes together. An attempt is counted before
 * it is made and taken back when it succeeds, so that many at once do not get more tries than one after another.
 */
@Component(service = SignInLimit.class)
public final class SignInLimit {

    static final int PER_ACCOUNT = 8;
    static final int PER_ADDRESS = 40;
    static final Duration WINDOW = Duration.ofMinutes(15);

    private final DataSource dataSource;
    private final Clock clock;

    @Activate
    public SignInLimit(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** @throws TooManyRequestsException if the account or the address has had its tries */
    void attempt(String email, String address) {
        try (Connection connection = dataSource.getConnection()) {
            count(connection, account(email), PER_ACCOUNT);
            count(connection, address(address), PER_ADDRESS);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void succeeded(String email, String address) {
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_sign_in_failure where subject = ?")) {
                delete.setString(1, account(email));
                delete.executeUpdate();
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_sign_in_failure set failures = failures - 1 where subject = ? and failures > 0")) {
                update.setString(1, address(address));
                update.executeUpdate();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String account(String email) {
        return Tokens.hash("account " + email.toLowerCase(Locale.ROOT));
    }

    private static String address(String address) {
        return Tokens.hash("address " + address);
    }

    private void count(Connection connection, String subject, int max) throws SQLException {
        Instant now = clock.instant();
        if (increment(connection, subject, now)) {
            check(connection, subject, max, now);
            return;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_sign_in_failure where subject = ? and since <= ?")) {
            delete.setString(1, subject);
            delete.setTimestamp(2, Timestamp.from(now.minus(WINDOW)));
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_sign_in_failure (subject, failures, since) values (?, 1, ?)")) {
            insert.setString(1, subject);
            insert.setTimestamp(2, Timestamp.from(now));
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Violations.isUnique(e)) {
                throw e;
            }
            increment(connection, subject, now);
            check(connection, subject, max, now);
        }
    }

    /** @return whether there was a count that is still running */
    private static boolean increment(Connection connection, String subject, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_sign_in_failure set failures = failures + 1 where subject = ? and since > ?")) {
            update.setString(1, subject);
            update.setTimestamp(2, Timestamp.from(now.minus(WINDOW)));
            return update.executeUpdate() > 0;
        }
    }

    private static void check(Connection connection, String subject, int max, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select failures, since from core_sign_in_failure where subject = ?")) {
            select.setString(1, subject);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getInt(1) > max) {
                    Instant until = row.getTimestamp(2).toInstant().plus(WINDOW);
                    throw new TooManyRequestsException("core.too-many-sign-ins", Duration.between(now, until));
                }
            }
        }
    }
}
