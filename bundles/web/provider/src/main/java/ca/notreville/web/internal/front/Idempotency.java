// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.front;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.Violations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Remembers for a day what was answered to a POST that carried an {@code Idempotency-Key}, so that a program which never heard
 * the answer can ask again without doing it twice. Only what succeeded is remembered, and only for members: visitors would share
 * their keys with each other, and what they are answered may be the token of a session, which is written nowhere.
 *
 * <p>The answer is written after the module's own transaction. A node that is killed between the two leaves the key as "running"; it can
 * be used again after {@link #ABANDONED}, and the request is then done anew. Where even that must not happen, as with money, the
 * module keeps the key in its own transaction.
 */
@Component(service = {Idempotency.class, JobHandler.class})
public final class Idempotency implements JobHandler {

    static final String HEADER = "Idempotency-Key";

    /** Code of the conflict with a request that is being done just now. */
    static final String IN_PROGRESS = "idempotency-in-progress";

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,120}");
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final Clock clock;

    /** What was answered. */
    record Answer(
            int status, @Nullable String location, @Nullable String contentType, String body) {}

    /** A key that was used; without an answer its request still runs, or its node died. */
    private record Known(
            String hash, Timestamp created, @Nullable Answer answer) {}

    @Activate
    public Idempotency(
            @Reference(target = "(osgi.jndi.service.name=notreville.web)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * Begins a request.
     *
     * @param caller id of the member
     * @param hash of the method, path, query and body
     * @return what was answered to the same request before; empty if it is to be done now
     * @throws InvalidException if the key was used for something else, or is no key
     * @throws ConflictException if the same request is being done just now
     */
    Optional<Answer> begin(long caller, String key, String hash) throws SQLException {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidException(List.of(new FieldError(HEADER, "idempotency-key-form", Map.of())));
        }
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection()) {
            if (insert(connection, caller, key, hash, now)) {
                return Optional.empty();
            }
            return known(connection, caller, key, hash, now);
        }
    }

    private static boolean insert(Connection connection, long caller, String key, String hash, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into web_idempotency (caller, idempotency_key, request_hash, created_at) values (?, ?, ?, ?)")) {
            insert.setLong(1, caller);
            insert.setString(2, key);
            insert.setString(3, hash);
            insert.setTimestamp(4, Timestamp.from(now));
            insert.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (Violations.isUnique(e)) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<Answer> known(Connection connection, long caller, String key, String hash, Instant now)
            throws SQLException {
        Known known = find(connection, caller, key);
        if (known == null) {
            throw new ConflictException(IN_PROGRESS);
        }
        boolean expired = known.created.toInstant().plus(KEPT).isBefore(now);
        if (!known.hash.equals(hash) && !expired) {
            throw new InvalidException(List.of(new FieldError(HEADER, "idempotency-key-reused", Map.of())));
        }
        if (known.answer != null && !expired) {
            return Optional.of(known.answer);
        }
        boolean alive = !expired && known.created.toInstant().plus(ABANDONED).isAfter(now);
        if (alive || !takeOver(connection, caller, key, hash, known.created, now)) {
            throw new ConflictException(IN_PROGRESS);
        }
        return Optional.empty();
    }

    /** The row as it was; no lock on it is left, so that two who go on to take it over do not wait for each other. */
    private static @Nullable Known find(Connection connection, long caller, String key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select request_hash, created_at, status, location, content_type, body from web_idempotency"
                        + " where caller = ? and idempotency_key = ?")) {
            select.setLong(1, caller);
            select.setString(2, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                int status = row.getInt(3);
                Answer answer =
                        row.wasNull() ? null : new Answer(status, row.getString(4), row.getString(5), row.getString(6));
                return new Known(row.getString(1), row.getTimestamp(2), answer);
            }
        }
    }

    /** Of several who find an abandoned key, one goes on with it. */
    private static boolean takeOver(
            Connection connection, long caller, String key, String hash, Timestamp seen, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update web_idempotency set created_at = ?, request_hash = ?, status = null where caller = ?"
                        + " and idempotency_key = ? and created_at = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, hash);
            update.setLong(3, caller);
            update.setString(4, key);
            update.setTimestamp(5, seen);
            return update.executeUpdate() > 0;
        }
    }

    /** Ends a request: its answer is remembered, or, if there is none to remember, its key is free again. */
    void end(long caller, String key, @Nullable Answer answer) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            if (answer == null) {
                try (PreparedStatement delete = connection.prepareStatement(
                        "delete from web_idempotency where caller = ? and idempotency_key = ? and status is null")) {
                    delete.setLong(1, caller);
                    delete.setString(2, key);
                    delete.executeUpdate();
                }
                return;
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update web_idempotency set status = ?, location = ?, content_type = ?, body = ?"
                            + " where caller = ? and idempotency_key = ?")) {
                update.setInt(1, answer.status);
                update.setString(2, answer.location);
                update.setString(3, answer.contentType);
                update.setString(4, answer.body);
                update.setLong(5, caller);
                update.setString(6, key);
                update.executeUpdate();
            }
        }
    }

    @Override
    public String kind() {
        return "web.idempotency";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofHours(1));
    }

    @Override
    public void run(Job job) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete =
                        connection.prepareStatement("delete from web_idempotency where created_at < ?")) {
            delete.setTimestamp(1, Timestamp.from(clock.instant().minus(KEPT)));
            delete.executeUpdate();
        }
    }
}
