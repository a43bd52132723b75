// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.persistence.api.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Who is with the provider just now. The address that the provider sends them back to has the state, their browser has a secret in
 * a cookie, and only both together are good, once, on any node. Nonce and PKCE verifier are derived from both, so that whoever reads
 * the database can finish nobody's sign-in.
 */
@Component(service = Attempts.class)
public final class Attempts {

    /** How long somebody may stay with the provider. */
    public static final Duration LASTS = Duration.ofMinutes(10);

    /** Most characters of what was begun, see {@code AccountService.MAX_KEPT}. */
    private static final int MAX_KEPT = 200_000;

    private static final int MAX_NEXT = 500;

    /** Attempts from one network address that are not finished: a library may have many people behind one. */
    static final int PER_ADDRESS = 60;

    private static final int BYTES = 32;
    private static final Pattern SECRET = Pattern.compile("[\\w-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataSource dataSource;
    private final Clock clock;

    /**
     * Somebody who sets out.
     *
     * @param secret for the browser's cookie
     */
    public record SetOut(String state, String secret) {

        String nonce() {
            return derived("nonce", state, secret);
        }

        String verifier() {
            return derived("verifier", state, secret);
        }
    }

    /**
     * Somebody who came back.
     *
     * @param session id of the session whose account is to be linked; {@code null} for a sign-in
     * @param next the page to go to then, "" for none
     * @param kept what they had begun, "" for nothing
     */
    public record Back(SetOut setOut, @Nullable String session, String next, String kept) {}

    @Activate
    public Attempts(
            @Reference(target = "(osgi.jndi.service.name=notreville.signon)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Notes that somebody sets out.
     *
     * @param known what the browser's cookie holds: another page of it may be under way with it
     * @throws TooManyRequestsException after too many from this network address that did not come back
     */
    public SetOut setOut(@Nullable String known, String address, @Nullable String session, String next, String kept) {
        String secret = known != null && SECRET.matcher(known).matches() ? known : random();
        SetOut setOut = new SetOut(random(), secret);
        Sql.write(dataSource, connection -> {
            String origin = hash("origin", address);
            if (waiting(connection, origin) >= PER_ADDRESS) {
                throw new TooManyRequestsException("signon.too-many", LASTS);
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into signon_attempt (state_hash, browser_hash, origin_hash, session_id, next_path, kept,"
                            + " expires_at) values (?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, hash("state", setOut.state));
                insert.setString(2, hash("browser", secret));
                insert.setString(3, origin);
                insert.setString(4, session);
                insert.setString(5, next.isEmpty() || next.length() > MAX_NEXT ? null : next);
                insert.setString(6, kept.isEmpty() || kept.length() > MAX_KEPT ? null : kept);
                insert.setTimestamp(7, Timestamp.from(clock.instant().plus(LASTS)));
                return insert.executeUpdate();
            }
        });
        return setOut;
    }

    private int waiting(Connection connection, String origin) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from signon_attempt where origin_hash = ? and expires_at > ?")) {
            select.setString(1, origin);
            select.setTimestamp(2, Timestamp.from(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * Takes somebody back, once; empty if the state is unknown, used, too old, or another browser's, which leaves it good for its
     * own.
     *
     * @param secret of the browser's cookie
     */
    public Optional<Back> back(@Nullable String state, @Nullable String secret) {
        if (state == null
                || secret == null
                || !SECRET.matcher(state).matches()
                || !SECRET.matcher(secret).matches()) {
            return Optional.empty();
        }
        String hash = hash("state", state);
        return Sql.write(dataSource, connection -> {
            Back back;
            try (PreparedStatement select = connection.prepareStatement(
                    "select session_id, next_path, kept from signon_attempt where state_hash = ? and browser_hash = ?"
                            + " and expires_at > ?")) {
                select.setString(1, hash);
                select.setString(2, hash("browser", secret));
                select.setTimestamp(3, Timestamp.from(clock.instant()));
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next()) {
                        return Optional.<Back>empty();
                    }
                    back = new Back(new SetOut(state, secret), row.getString(1), text(row, 2), text(row, 3));
                }
            }
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from signon_attempt where state_hash = ?")) {
                delete.setString(1, hash);
                // of several at once with one state, one took it
                return delete.executeUpdate() == 1 ? Optional.of(back) : Optional.<Back>empty();
            }
        });
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    /** Forgets those who never came back. */
    void sweep() {
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from signon_attempt where expires_at <= ?")) {
                delete.setTimestamp(1, Timestamp.from(clock.instant()));
                return delete.executeUpdate();
            }
        });
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String what, String text) {
        return HexFormat.of().formatHex(digest(what, text));
    }

    private static String derived(String what, String state, String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest(what, state + " " + secret));
    }

    private static byte[] digest(String what, String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((what + " " + text).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
