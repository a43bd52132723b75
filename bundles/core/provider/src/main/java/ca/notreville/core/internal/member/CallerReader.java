// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Caller.Due;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Finds out who holds a token, with one query: session or API token, member, roles. What the account still owes (a confirmed
 * address, a second factor) keeps its roles from counting here, so that no module needs to ask.
 */
@Component(service = CallerReader.class)
public final class CallerReader {

    /** Roles that want a second factor. */
    private static final Set<Role> GUARDED = EnumSet.of(Role.STAFF, Role.ADMINISTRATOR);

    /** How exactly the last use is kept: writing at each request would cost more than the request. */
    private static final Duration USED = Duration.ofHours(1);

    private static final String OWNER =
            "m.id, m.display_name, m.language, m.confirmed_at, r.role, r.limit_kind, r.limit_id,"
                    + " case when m.totp_secret is null then 0 else 1 end";
    private static final String BY_SESSION =
            "select s.expires_at, s.used_at, s.factor_at, s.opened_by, " + OWNER + " from core_session s"
                    + " join core_member m on m.id = s.member_id left join core_member_role r on r.member_id = m.id"
                    + " where s.token_hash = ?";
    private static final String BY_API_TOKEN = "select t.expires_at, t.used_at, t.actions, t.id, " + OWNER
            + " from core_api_token t"
            + " join core_member m on m.id = t.member_id left join core_member_role r on r.member_id = m.id"
            + " where t.token_hash = ?";

    private final Clock clock;
    private final AccountSettings settings;

    /** Whoever holds a token. */
    record Known(Caller caller, Instant expiresAt) {}

    @Activate
    public CallerReader(@Reference Clock clock, @Reference AccountSettings settings) {
        this.clock = clock;
        this.settings = settings;
    }

    /** Empty if there is no such token; one that has expired is found, and says so. */
    Optional<Known> read(Connection connection, String token, String hash) throws SQLException {
        boolean api = token.startsWith(Tokens.API_PREFIX);
        Timestamp used;
        Known known;
        try (PreparedStatement select = connection.prepareStatement(api ? BY_API_TOKEN : BY_SESSION)) {
            select.setString(1, hash);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                used = row.getTimestamp(2);
                known = known(row, api);
            }
        }
        Instant now = clock.instant();
        if (used == null || used.toInstant().isBefore(now.minus(USED))) {
            touch(connection, api ? "core_api_token" : "core_session", hash, now);
        }
        return Optional.of(known);
    }

    private static void touch(Connection connection, String table, String hash, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update " + table + " set used_at = ? where token_hash = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, hash);
            update.executeUpdate();
        }
    }

    private Known known(ResultSet row, boolean api) throws SQLException {
        Instant expires = row.getTimestamp(1).toInstant();
        String actions = api ? row.getString(3) : null;
        // a token was made in a session that had given its second factor, if its maker has one still
        boolean factor = api ? row.getInt(12) == 1 : row.getTimestamp(3) != null;
        long member = row.getLong(5);
        String name = row.getString(6);
        Locale language = Locale.forLanguageTag(row.getString(7));
        boolean atCounter = !api && row.getLong(4) != 0;
        boolean confirmed = row.getTimestamp(8) != null || atCounter;
        Set<Grant> grants = new HashSet<>();
        do {
            add(grants, row);
        } while (row.next());
        if (atCounter) {
            // staff act there as anybody would, whatever the account may be trusted with
            grants.clear();
        }
        Set<Due> due = EnumSet.noneOf(Due.class);
        if (!factor && settings.secondFactorRequired() && grants.removeIf(g -> GUARDED.contains(g.role()))) {
            due.add(Due.SECOND_FACTOR);
        }
        if (atCounter) {
            due.add(Due.OWNER);
        }
        if (!confirmed) {
            due.add(Due.CONFIRMATION);
        }
        Caller caller = Caller.holding(member, name, grants, language).owing(due);
        if (!confirmed && settings.confirmationRequired()) {
            caller = caller.unconfirmed();
        }
        if (actions != null) {
            caller = caller.only(Set.of(actions.split(" ")));
        }
        return new Known(caller, expires);
    }

    /** A role that only a later version knows is left out. */
    private static void add(Set<Grant> grants, ResultSet row) throws SQLException {
        String role = row.getString(9);
        if (role != null) {
            Grant.Limit limit = Grant.Limit.valueOf(row.getString(10).toUpperCase(Locale.ROOT));
            String place = limit == Grant.Limit.TOWN ? "" : row.getString(11);
            Role.of(role).ifPresent(known -> grants.add(new Grant(known, limit, place)));
        }
    }
}
