// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.SecondFactorService;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.member.Tickets.Kind;
import ca.notreville.core.internal.member.Tickets.Ticket;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = {SecondFactorService.class, SecondFactors.class})
public final class SecondFactors implements SecondFactorService {

    static final String SET_UP = "core.second-factor-set-up";
    static final String REMOVED = "core.second-factor-removed";

    private static final Duration ENROLMENT = Duration.ofHours(1);

    /** Guesses of one member's code in a quarter of an hour: six digits stand against no more than that. */
    private static final int GUESSES = 10;

    /** Steps that a telephone's clock may be wrong by. */
    private static final int SKEW = 1;

    private final DataSource dataSource;
    private final Clock clock;
    private final SignInLimit limit;
    private final Tickets tickets;
    private final AuditLog audit;
    private final Outbox outbox;
    private final TerritoryService territory;

    @Activate
    public SecondFactors(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference SignInLimit limit,
            @Reference Tickets tickets,
            @Reference AuditLog audit,
            @Reference Outbox outbox,
            @Reference TerritoryService territory) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.limit = limit;
        this.tickets = tickets;
        this.audit = audit;
        this.outbox = outbox;
        this.territory = territory;
    }

    @Override
    public boolean has(long member) {
        return Sql.read(dataSource, connection -> secret(connection, member)).isPresent();
    }

    private static Optional<String> secret(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select totp_secret from core_member where id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                return Optional.ofNullable(row.next() ? row.getString(1) : null);
            }
        }
    }

    /**
     * Whether this is a code of the member's application or a recovery code, neither of which was used before.
     *
     * @throws ca.notreville.core.api.error.TooManyRequestsException after too many guesses
     */
    boolean matches(long member, String typed) {
        String code = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        limit.attempt("second factor", String.valueOf(member), GUESSES);
        return Sql.write(dataSource, connection -> {
            Optional<String> secret = secret(connection, member);
            if (secret.isEmpty()) {
                return false;
            }
            long step = stepOf(secret.get(), code);
            return step >= 0 ? useStep(connection, member, step) : useRecoveryCode(connection, member, code);
        });
    }

    /** @return the step whose code this is, -1 if it is none */
    private long stepOf(String secret, String code) {
        long now = Totp.step(clock.instant());
        for (long step = now - SKEW; step <= now + SKEW; step++) {
            if (MessageDigest.isEqual(bytes(Totp.code(secret, step)), bytes(code))) {
                return step;
            }
        }
        return -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean useStep(Connection connection, long member, long step) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_member set totp_step = ? where id = ? and totp_step < ?")) {
            update.setLong(1, step);
            update.setLong(2, member);
            update.setLong(3, step);
            return update.executeUpdate() > 0;
        }
    }

    private static boolean useRecoveryCode(Connection connection, long member, String code) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_recovery_code where member_id = ? and code_hash = ?")) {
            delete.setLong(1, member);
            delete.setString(2, recoveryHash(member, code));
            return delete.executeUpdate() > 0;
        }
    }

    private static String recoveryHash(long member, String code) {
        return Tokens.hash(member + " " + code.replace("-", ""));
    }

    @Override
    public Enrolment enrol(Caller caller) {
        long member = inPerson(caller);
        String secret = Totp.makeSecret();
        return Sql.write(dataSource, connection -> {
            tickets.withdraw(connection, Kind.ENROL, member);
            String ticket = tickets.issue(
                    connection, new Ticket(Kind.ENROL, member, email(connection, member), secret), ENROLMENT);
            return enrolment(connection, member, ticket, secret);
        });
    }

    @Override
    public Enrolment enrolment(Caller caller, String ticket) {
        long member = inPerson(caller);
        return Sql.read(
                dataSource, connection -> enrolment(connection, member, ticket, begun(connection, member, ticket)));
    }

    private Enrolment enrolment(Connection connection, long member, String ticket, String secret) throws SQLException {
        String town = encode(territory.town().name());
        return new Enrolment(
                ticket,
                secret,
                "otpauth://totp/" + town + ":" + encode(email(connection, member)) + "?secret=" + secret + "&issuer="
                        + town);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String email(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select email from core_member where id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NotFoundException();
                }
                return row.getString(1);
            }
        }
    }

    private String begun(Connection connection, long member, String ticket) throws SQLException {
        return tickets.find(connection, ticket)
                .filter(t -> t.kind() == Kind.ENROL && t.member() == member)
                .map(Ticket::draft)
                .orElseThrow(() -> new NotFoundException("core.link-not-good"));
    }

    @Override
    public List<String> confirm(Caller caller, String ticket, @Nullable String code, String session) {
        long member = inPerson(caller);
        if (code == null || code.isBlank()) {
            throw InvalidException.of("code", "required");
        }
        limit.attempt("second factor", String.valueOf(member), GUESSES);
        List<String> recovery = new ArrayList<>();
        Sql.write(dataSource, connection -> {
            recovery.clear();
            String secret = begun(connection, member, ticket);
            long step = stepOf(secret, code.replaceAll("[\\s-]", ""));
            if (step < 0) {
                throw InvalidException.of("code", "core.second-factor-wrong");
            }
            if (!tickets.use(connection, ticket)) {
                throw new NotFoundException("core.link-not-good");
            }
            set(connection, member, secret, step);
            for (int i = 0; i < RECOVERY_CODES; i++) {
                String one = Tokens.readable();
                recovery.add(one);
                add(connection, member, one);
            }
            raise(connection, member, session);
            outbox.append(connection, SessionService.CHANGED, "member:" + member);
            audit.append(connection, caller, SET_UP, "member:" + member, Map.of());
            return true;
        });
        outbox.poke();
        return recovery;
    }

    /** The session at hand has given its second factor; whoever else is signed in has not. */
    private void raise(Connection connection, long member, String session) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_session set factor_at = ? where token_hash = ? and member_id = ?")) {
            update.setTimestamp(1, Timestamp.from(clock.instant()));
            update.setString(2, session);
            update.setLong(3, member);
            update.executeUpdate();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_session where member_id = ? and token_hash <> ?")) {
            delete.setLong(1, member);
            delete.setString(2, session);
            delete.executeUpdate();
        }
    }

    private static void set(Connection connection, long member, @Nullable String secret, long step)
            throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_member set totp_secret = ?, totp_step = ? where id = ?")) {
            update.setString(1, secret);
            update.setLong(2, step);
            update.setLong(3, member);
            update.executeUpdate();
        }
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_recovery_code where member_id = ?")) {
            delete.setLong(1, member);
            delete.executeUpdate();
        }
    }

    private static void add(Connection connection, long member, String code) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into core_recovery_code (member_id, code_hash) values (?, ?)")) {
            insert.setLong(1, member);
            insert.setString(2, recoveryHash(member, code));
            insert.executeUpdate();
        }
    }

    @Override
    public void remove(Caller caller, @Nullable String code) {
        long member = inPerson(caller);
        if (code == null || code.isBlank()) {
            throw InvalidException.of("code", "required");
        }
        if (!matches(member, code)) {
            throw InvalidException.of("code", "core.second-factor-wrong");
        }
        Sql.write(dataSource, connection -> {
            set(connection, member, null, 0);
            try (PreparedStatement update =
                    connection.prepareStatement("update core_session set factor_at = null where member_id = ?")) {
                update.setLong(1, member);
                update.executeUpdate();
            }
            outbox.append(connection, SessionService.CHANGED, "member:" + member);
            audit.append(connection, caller, REMOVED, "member:" + member, Map.of());
            return true;
        });
        outbox.poke();
    }

    /** Who acts in a session of their own: neither a program nor staff at the counter. */
    static long inPerson(Caller caller) {
        long member = caller.requireMember();
        if (caller.throughToken()) {
            throw new ForbiddenException("core.not-by-token");
        }
        if (caller.atCounter()) {
            throw new ForbiddenException("core.not-at-counter");
        }
        return member;
    }
}
