// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.ApiTokenService;
import ca.notreville.core.internal.access.AccessControlImpl;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = ApiTokenService.class)
public final class ApiTokens implements ApiTokenService {

    static final String MADE = "core.token-made";
    static final String REVOKED = "core.token-revoked";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final DeclaredActions actions;
    private final AuditLog audit;
    private final SessionServiceImpl sessions;

    /** What can be allowed at all. */
    interface DeclaredActions {
        List<String> ids();
    }

    @Activate
    public ApiTokens(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControlImpl access,
            @Reference AuditLog audit,
            @Reference SessionServiceImpl sessions) {
        this(dataSource, ids, clock, access, access::actionIds, audit, sessions);
    }

    ApiTokens(
            DataSource dataSource,
            Ids ids,
            Clock clock,
            AccessControl access,
            DeclaredActions actions,
            AuditLog audit,
            SessionServiceImpl sessions) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.actions = actions;
        this.audit = audit;
        this.sessions = sessions;
    }

    @Override
    public List<String> grantable(Caller caller) {
        return actions.ids().stream()
                .filter(action -> access.allowsSomewhere(caller, action))
                .toList();
    }

    @Override
    public List<ApiToken> list(Caller caller) {
        long member = SecondFactors.inPerson(caller);
        return Sql.read(dataSource, connection -> read(connection, member));
    }

    private static List<ApiToken> read(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, label, actions, created_at, expires_at, used_at from core_api_token where member_id = ?"
                        + " order by id desc fetch first 100 rows only")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                List<ApiToken> found = new ArrayList<>();
                while (row.next()) {
                    Timestamp used = row.getTimestamp(6);
                    found.add(new ApiToken(
                            row.getLong(1),
                            row.getString(2),
                            Set.of(row.getString(3).split(" ")),
                            row.getTimestamp(4).toInstant(),
                            row.getTimestamp(5).toInstant(),
                            used == null ? null : used.toInstant()));
                }
                return found;
            }
        }
    }

    @Override
    public Made make(Caller caller, @Nullable String label, Collection<String> wanted, @Nullable Integer days) {
        long member = SecondFactors.inPerson(caller);
        Fields fields = new Fields();
        String name = fields.line("label", label, 1, MAX_LABEL);
        List<String> allowed = grantable(caller);
        Set<String> chosen = new TreeSet<>(wanted);
        if (chosen.isEmpty()) {
            fields.add("actions", "required", Map.of());
        } else if (!allowed.containsAll(chosen)) {
            fields.add("actions", "not-one-of", Map.of("allowed", String.join(", ", allowed)));
        }
        if (days == null) {
            fields.add("days", "required", Map.of());
        } else if (days < 1 || days > MAX_DAYS) {
            fields.add("days", "core.days-out-of-range", Map.of("max", MAX_DAYS));
        }
        fields.verify();
        String token = Tokens.API_PREFIX + Tokens.make();
        Instant now = clock.instant();
        ApiToken about =
                new ApiToken(ids.next(), name, chosen, now, now.plus(Duration.ofDays(days == null ? 1 : days)), null);
        Sql.write(dataSource, connection -> {
            lock(connection, member);
            if (read(connection, member).stream()
                            .filter(t -> t.expiresAt().isAfter(now))
                            .count()
                    >= MAX_TOKENS) {
                throw new ConflictException("core.too-many-tokens");
            }
            insert(connection, member, token, about);
            audit.append(
                    connection,
                    caller,
                    MADE,
                    "member:" + member,
                    Map.of("label", name, "actions", String.join(" ", chosen)));
            return true;
        });
        return new Made(about, token);
    }

    /** Of many at once one after the other, so that none slips past the count. */
    private static void lock(Connection connection, long member) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_member set totp_step = totp_step where id = ?")) {
            update.setLong(1, member);
            update.executeUpdate();
        }
    }

    private static void insert(Connection connection, long member, String token, ApiToken about) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_api_token (id, token_hash, member_id, label, actions, created_at, expires_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, about.id());
            insert.setString(2, Tokens.hash(token));
            insert.setLong(3, member);
            insert.setString(4, about.label());
            insert.setString(5, String.join(" ", new TreeSet<>(about.actions())));
            insert.setTimestamp(6, Timestamp.from(about.createdAt()));
            insert.setTimestamp(7, Timestamp.from(about.expiresAt()));
            insert.executeUpdate();
        }
    }

    @Override
    public void revoke(Caller caller, long id) {
        long member = SecondFactors.inPerson(caller);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_api_token where id = ? and member_id = ?")) {
                delete.setLong(1, id);
                delete.setLong(2, member);
                if (delete.executeUpdate() == 0) {
                    throw new NotFoundException();
                }
            }
            sessions.tell(connection, member);
            audit.append(connection, caller, REVOKED, "member:" + member, Map.of("token", String.valueOf(id)));
            return true;
        });
        sessions.changed(member);
    }
}
