// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.OpenSession;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.member.Tickets.Kind;
import ca.notreville.core.internal.member.Tickets.Ticket;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.OutboxFollower;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.persistence.api.Sql;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sessions in the database, looked up by the hash of their token with one query. What was looked up is remembered for
 * {@link #REMEMBERED}; every node is told of closings and of changes of what somebody may through the outbox.
 */
@Component(service = {SessionService.class, SessionServiceImpl.class, OutboxFollower.class})
public final class SessionServiceImpl implements SessionService, OutboxFollower {

    static final Duration LASTS = Duration.ofDays(30);
    private static final Duration HALFWAY = Duration.ofMinutes(10);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MAX_REMEMBERED = 50_000;
    private static final int MAX_TOKEN = 100;
    private static final int MAX_LISTED = 100;
    private static final String MEMBER = "member:";
    private static final String SESSION = "session:";

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final SignInLimit limit;
    private final PasswordHasher passwords;
    private final Outbox outbox;
    private final Tickets tickets;
    private final SecondFactors factors;
    private final CallerReader callers;

    /** By hash of the token. */
    private final Cache<String, CallerReader.Known> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** Rises with whatever this node is told: what was read before that is not kept. */
    private final AtomicLong news = new AtomicLong();

    @Activate
    public SessionServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference SignInLimit limit,
            @Reference PasswordHasher passwords,
            @Reference Outbox outbox,
            @Reference Tickets tickets,
            @Reference SecondFactors factors,
            @Reference CallerReader callers) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.limit = limit;
        this.passwords = passwords;
        this.outbox = outbox;
        this.tickets = tickets;
        this.factors = factors;
        this.callers = callers;
    }

    @Override
    public Session open(Credentials credentials) {
        Member member = checked(credentials);
        if (!factors.has(member.id())) {
            return openFor(member, credentials.device());
        }
        if (credentials.code() == null || credentials.code().isBlank()) {
            throw new UnauthenticatedException("core.second-factor-needed");
        }
        if (!factors.matches(member.id(), credentials.code())) {
            throw new UnauthenticatedException("core.second-factor-wrong");
        }
        return open(member, credentials.device(), clock.instant(), 0);
    }

    @Override
    public Begun begin(Credentials credentials) {
        return begin(checked(credentials), credentials.device(), false);
    }

    /**
     * Goes on with somebody who was told apart.
     *
     * @param factor whether the second factor counts as given
     */
    Begun begin(Member member, Device device, boolean factor) {
        if (factor) {
            return new Begun(open(member, device, clock.instant(), 0), "");
        }
        if (!factors.has(member.id())) {
            return new Begun(openFor(member, device), "");
        }
        return new Begun(
                null,
                Sql.write(
                        dataSource,
                        connection -> tickets.issue(
                                connection, new Ticket(Kind.FACTOR, member.id(), member.email(), ""), HALFWAY)));
    }

    @Override
    public Session finish(String ticket, @Nullable String code, Device device) {
        Ticket known = Sql.read(dataSource, connection -> tickets.find(connection, ticket))
                .filter(t -> t.kind() == Kind.FACTOR)
                .orElseThrow(() -> new UnauthenticatedException("core.link-not-good"));
        if (code == null || code.isBlank()) {
            throw InvalidException.of("code", "required");
        }
        if (!factors.matches(known.member(), code)) {
            throw InvalidException.of("code", "core.second-factor-wrong");
        }
        if (!Sql.write(dataSource, connection -> tickets.use(connection, ticket))) {
            throw new UnauthenticatedException("core.link-not-good");
        }
        return open(member(known.member()), device, clock.instant(), 0);
    }

    private Member checked(Credentials credentials) {
        Fields fields = new Fields();
        String email = fields.email("email", credentials.email());
        String password = credentials.password() == null ? "" : credentials.password();
        if (password.isEmpty()) {
            fields.add("password", "required", Map.of());
        } else if (password.length() > 2 * SignUp.MAX_PASSWORD) {
            fields.add("password", "too-long", Map.of("max", SignUp.MAX_PASSWORD, "length", password.length()));
        }
        fields.verify();
        String address = credentials.device().address();
        limit.attempt(email, address);
        MemberEntity member = find(email).orElse(null);
        if (!passwords.matches(password, member == null ? null : member.password()) || member == null) {
            throw new UnauthenticatedException("core.bad-credentials");
        }
        limit.succeeded(email, address);
        return member.toMember();
    }

    private Optional<MemberEntity> find(String email) {
        List<MemberEntity> found = jpa.txExpr(em -> em.createQuery(
                        "select m from Member m left join fetch m.roles where m.email = :email", MemberEntity.class)
                .setParameter("email", email)
                .getResultList());
        return found.stream().findFirst();
    }

    Member member(long id) {
        MemberEntity found = jpa.txExpr(em -> em.find(MemberEntity.class, id));
        if (found == null) {
            throw new NotFoundException();
        }
        return found.toMember();
    }

    @Override
    public Session openFor(Member member, Device device) {
        return open(member, device, null, 0);
    }

    /**
     * @param factorAt when the second factor was given, {@code null} if it was not
     * @param staff who acts for the member, 0 for the member
     */
    Session open(Member member, Device device, @Nullable Instant factorAt, long staff) {
        String token = Tokens.make();
        Instant now = clock.instant();
        Instant expires = now.plus(LASTS);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_session (token_hash, member_id, created_at, expires_at, agent, address, used_at,"
                            + " factor_at, opened_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, Tokens.hash(token));
                insert.setLong(2, member.id());
                insert.setTimestamp(3, Timestamp.from(now));
                insert.setTimestamp(4, Timestamp.from(expires));
                insert.setString(5, device.agent());
                insert.setString(6, device.address());
                insert.setTimestamp(7, Timestamp.from(now));
                insert.setTimestamp(8, factorAt == null ? null : Timestamp.from(factorAt));
                if (staff == 0) {
                    insert.setNull(9, java.sql.Types.BIGINT);
                } else {
                    insert.setLong(9, staff);
                }
                return insert.executeUpdate();
            }
        });
        return new Session(token, expires, member);
    }

    @Override
    public Optional<Caller> resolve(String token) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        String hash = Tokens.hash(token);
        CallerReader.Known known = remembered.getIfPresent(hash);
        if (known == null) {
            long before = news.get();
            Optional<CallerReader.Known> read =
                    Sql.read(dataSource, connection -> callers.read(connection, token, hash));
            if (read.isEmpty()) {
                return Optional.empty();
            }
            known = read.get();
            remembered.put(hash, known);
            if (news.get() != before) {
                remembered.invalidate(hash);
            }
        }
        return known.expiresAt().isAfter(clock.instant()) ? Optional.of(known.caller()) : Optional.empty();
    }

    @Override
    public void close(String token) {
        String hash = Tokens.hash(token);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_session where token_hash = ?")) {
                delete.setString(1, hash);
                if (delete.executeUpdate() > 0) {
                    outbox.append(connection, CHANGED, SESSION + hash);
                }
            }
            return true;
        });
        forget(Set.of(hash), Set.of());
        outbox.poke();
    }

    @Override
    public List<OpenSession> list(Caller caller) {
        long member = SecondFactors.inPerson(caller);
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select token_hash, agent, address, created_at, used_at, expires_at from core_session"
                            + " where member_id = ? and expires_at > ? and opened_by is null"
                            + " order by used_at desc, token_hash fetch first " + MAX_LISTED + " rows only")) {
                select.setLong(1, member);
                select.setTimestamp(2, Timestamp.from(clock.instant()));
                try (ResultSet row = select.executeQuery()) {
                    List<OpenSession> open = new ArrayList<>();
                    while (row.next()) {
                        Instant opened = row.getTimestamp(4).toInstant();
                        Timestamp used = row.getTimestamp(5);
                        open.add(new OpenSession(
                                row.getString(1),
                                new Device(text(row, 2), text(row, 3)),
                                opened,
                                used == null ? opened : used.toInstant(),
                                row.getTimestamp(6).toInstant()));
                    }
                    return open;
                }
            }
        });
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    @Override
    public void closeOne(Caller caller, String id) {
        long member = SecondFactors.inPerson(caller);
        Sql.write(dataSource, connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from core_session where token_hash = ? and member_id = ?")) {
                delete.setString(1, id);
                delete.setLong(2, member);
                if (delete.executeUpdate() == 0) {
                    throw new NotFoundException();
                }
            }
            outbox.append(connection, CHANGED, SESSION + id);
            return true;
        });
        forget(Set.of(id), Set.of());
        outbox.poke();
    }

    @Override
    public int closeOthers(Caller caller, String kept) {
        long member = SecondFactors.inPerson(caller);
        int closed = Sql.write(dataSource, connection -> closeAll(connection, member, kept));
        changed(member);
        return closed;
    }

    /** Closes all sessions of a member but one, in the caller's transaction; {@link #changed} after its commit. */
    int closeAll(Connection connection, long member, String kept) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_session where member_id = ? and token_hash <> ?")) {
            delete.setLong(1, member);
            delete.setString(2, kept);
            int closed = delete.executeUpdate();
            tell(connection, member);
            return closed;
        }
    }

    /** Tells every node that what this member may has changed, in the caller's transaction. */
    void tell(Connection connection, long member) throws SQLException {
        outbox.append(connection, CHANGED, MEMBER + member);
    }

    /** Call after the commit: this node knows at once, the others within two seconds. */
    void changed(long member) {
        forget(Set.of(), Set.of(member));
        outbox.poke();
    }

    @Override
    public String topic() {
        return CHANGED;
    }

    /** Nothing is remembered yet, so only what comes from now on matters. */
    @Override
    public long position() {
        return ids.next();
    }

    @Override
    public void deliver(List<OutboxRow> rows) {
        Set<String> sessions = new HashSet<>();
        Set<Long> members = new HashSet<>();
        for (OutboxRow row : rows) {
            String item = row.item();
            if (item.startsWith(SESSION)) {
                sessions.add(item.substring(SESSION.length()));
            } else if (item.startsWith(MEMBER)) {
                members.add(Long.valueOf(item.substring(MEMBER.length())));
            }
        }
        forget(sessions, members);
    }

    private void forget(Set<String> sessions, Set<Long> members) {
        news.incrementAndGet();
        remembered.invalidateAll(sessions);
        if (!members.isEmpty()) {
            remembered
                    .asMap()
                    .values()
                    .removeIf(known -> members.contains(known.caller().memberId()));
        }
    }
}
