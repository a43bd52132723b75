// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tokens that are good once: links in letters, the half of a sign-in, a code from the counter. The database keeps their hash;
 * of two who use one at once, one is told that it is no more good.
 */
@Component(service = Tickets.class)
public final class Tickets {

    private static final int MAX_TOKEN = 100;

    private final Clock clock;

    /** What a ticket is good for. */
    enum Kind {
        SIGN_UP,
        CONFIRM,
        RESET,
        EMAIL,
        CLAIM,
        /** The password was right, the second factor is to come. */
        FACTOR,
        /** A second factor that is being set up. */
        ENROL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param draft JSON, "" for none */
    record Ticket(Kind kind, long member, String email, String draft) {}

    @Activate
    public Tickets(@Reference Clock clock) {
        this.clock = clock;
    }

    /** @return the token, told this once */
    String issue(Connection connection, Ticket ticket, Duration lasts) throws SQLException {
        String token = Tokens.make();
        issue(connection, token, ticket, lasts);
        return token;
    }

    void issue(Connection connection, String token, Ticket ticket, Duration lasts) throws SQLException {
        Instant now = clock.instant();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_ticket (token_hash, kind, member_id, email, draft, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, Tokens.hash(token));
            insert.setString(2, ticket.kind.word());
            insert.setLong(3, ticket.member);
            insert.setString(4, ticket.email);
            insert.setString(5, ticket.draft);
            insert.setTimestamp(6, Timestamp.from(now));
            insert.setTimestamp(7, Timestamp.from(now.plus(lasts)));
            insert.executeUpdate();
        }
    }

    /** Empty if it is unknown, used or too old. */
    Optional<Ticket> find(Connection connection, @Nullable String token) throws SQLException {
        if (token == null || token.isEmpty() || token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try (PreparedStatement select =
                connection.prepareStatement("select kind, member_id, email, draft from core_ticket"
                        + " where token_hash = ? and used_at is null and expires_at > ?")) {
            select.setString(1, Tokens.hash(token));
            select.setTimestamp(2, Timestamp.from(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String draft = row.getString(4);
                return Optional.of(new Ticket(
                        Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                        row.getLong(2),
                        row.getString(3),
                        draft == null ? "" : draft));
            }
        }
    }

    /** @return whether it was still good; of several at once, one is told so */
    boolean use(Connection connection, String token) throws SQLException {
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement update = connection.prepareStatement("update core_ticket set used_at = ?, draft = null"
                + " where token_hash = ? and used_at is null and expires_at > ?")) {
            update.setTimestamp(1, now);
            update.setString(2, Tokens.hash(token));
            update.setTimestamp(3, now);
            return update.executeUpdate() > 0;
        }
    }

    /** Whatever of this kind was handed out for the account before is no more good. */
    void withdraw(Connection connection, Kind kind, long member) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from core_ticket where member_id = ? and kind = ? and used_at is null")) {
            delete.setLong(1, member);
            delete.setString(2, kind.word());
            delete.executeUpdate();
        }
    }
}
