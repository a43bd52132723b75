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
 * Limits how often sign-in, and whatever else costs or can be guessed at, may be tried, on all nodes together. An attempt is
 * counted before it is made and taken back when it succeeds, so that many at once do not get more tries than one after another.
 *
 * <p>Nobody can lock somebody else out: tries are counted by account and network address together. Against guessing from many
 * addresses an account that failed often is slowed down to one attempt every few seconds, for everybody.
 */
@Component(service = SignInLimit.class)
public final class SignInLimit {

    /** Failures of one account from one address. */
    static final int PER_PAIR = 8;

    /** Failures from one address, of whatever account. */
    static final int PER_ADDRESS = 40;

    /** Failures of one account from anywhere, after which it is slowed down. */
    static final int PER_ACCOUNT = 24;

    static final Duration WINDOW = Duration.ofMinutes(15);
    static final Duration SLOW = Duration.ofSeconds(5);

    private static final String TOO_MANY = "core.too-many-sign-ins";

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
            count(connection, pair(email, address), PER_PAIR, TOO_MANY);
            count(connection, address(address), PER_ADDRESS, TOO_MANY);
            slowDown(connection, account(email));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void succeeded(String email, String address) {
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_sign_in_failure where subject = ?")) {
                delete.setString(1, pair(email, address));
                delete.executeUpdate();
            }
            // what strangers failed at stays counted
            for (String subject : new String[] {address(address), account(email)}) {
                try (PreparedStatement update = connection.prepareStatement(
                        "update core_sign_in_failure set failures = failures - 1 where subject = ? and failures > 0")) {
                    update.setString(1, subject);
                    update.executeUpdate();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Counts something that is limited whether or not it succeeds.
     *
     * @param what is done
     * @param subject by whom
     * @param max in a quarter of an hour
     * @throws TooManyRequestsException {@code core.too-many-attempts}
     */
    void attempt(String what, String subject, int max) {
        try (Connection connection = dataSource.getConnection()) {
            count(connection, Tokens.hash(what + " " + subject), max, "core.too-many-attempts");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pair(String email, String address) {
        return Tokens.hash("pair " + email.toLowerCase(Locale.ROOT) + " " + address);
    }

    private static String account(String email) {
        return Tokens.hash("account " + email.toLowerCase(Locale.ROOT));
    }

    private static String address(String address) {
        return Tokens.hash("address " + address);
    }

    private void count(Connection connection, String subject, int max, String code) throws SQLException {
        Instant now = clock.instant();
        if (!increment(connection, subject, now)) {
            begin(connection, subject, now);
        }
        check(connection, subject, max, code, now);
    }

    /** A new count, unless somebody else has just begun it, who is then counted too. */
    private static void begin(Connection connection, String subject, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_sign_in_failure where subject = ? and since <= ?")) {
            delete.setString(1, subject);
            delete.setTimestamp(2, Timestamp.from(now.minus(WINDOW)));
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_sign_in_failure (subject, failures, since, last_at) values (?, 1, ?, ?)")) {
            insert.setString(1, subject);
            insert.setTimestamp(2, Timestamp.from(now));
            insert.setTimestamp(3, Timestamp.from(now));
            insert.executeUpdate();
        } catch (SQLException e) {
            if (!Violations.isUnique(e)) {
                throw e;
            }
            increment(connection, subject, now);
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

    private static void check(Connection connection, String subject, int max, String code, Instant now)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select failures, since from core_sign_in_failure where subject = ?")) {
            select.setString(1, subject);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getInt(1) > max) {
                    Instant until = row.getTimestamp(2).toInstant().plus(WINDOW);
                    throw new TooManyRequestsException(code, Duration.between(now, until));
                }
            }
        }
    }

    /** One statement lets an attempt pass, so that of many at once one does. */
    private void slowDown(Connection connection, String subject) throws SQLException {
        Instant now = clock.instant();
        try (PreparedStatement update =
                connection.prepareStatement("update core_sign_in_failure set failures = failures + 1, last_at = ?"
                        + " where subject = ? and since > ? and (failures < " + PER_ACCOUNT + " or last_at <= ?)")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, subject);
            update.setTimestamp(3, Timestamp.from(now.minus(WINDOW)));
            update.setTimestamp(4, Timestamp.from(now.minus(SLOW)));
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        if (full(connection, subject, now)) {
            throw new TooManyRequestsException(TOO_MANY, SLOW);
        }
        // there is none yet, or was none a moment ago
        begin(connection, subject, now);
    }

    private static boolean full(Connection connection, String subject, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from core_sign_in_failure where subject = ? and since > ?"
                        + " and failures >= " + PER_ACCOUNT)) {
            select.setString(1, subject);
            select.setTimestamp(2, Timestamp.from(now.minus(WINDOW)));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
