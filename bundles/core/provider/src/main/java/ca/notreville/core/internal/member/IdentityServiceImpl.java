// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.IdentityService;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.language.Languages;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.persistence.EntityManager;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Identities in a table with a unique key: of several at once with one new identity, one writes it and the others then find it.
 * An account is never linked on the word of an address that it has not confirmed, or that the issuer has not: whoever opened it with
 * somebody else's address would get that person's identity, or the other way round.
 */
@Component
public final class IdentityServiceImpl implements IdentityService {

    static final String LINKED = "core.identity-linked";
    static final String UNLINKED = "core.identity-unlinked";
    static final String OPENED = "core.identity-opened";

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AuditLog audit;
    private final SessionServiceImpl sessions;
    private final SignInLimit limit;
    private final AccountLetters letters;
    private final AccountSettings settings;
    private final ConsentService consents;
    private final Languages languages;

    private record Found(long member, How how) {}

    /** What of an account matters here. */
    private record Account(
            long id, String email, String displayName, Locale language, boolean confirmed, boolean password) {}

    @Activate
    public IdentityServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AuditLog audit,
            @Reference SessionServiceImpl sessions,
            @Reference SignInLimit limit,
            @Reference AccountLetters letters,
            @Reference AccountSettings settings,
            @Reference ConsentService consents,
            @Reference Languages languages) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.audit = audit;
        this.sessions = sessions;
        this.limit = limit;
        this.letters = letters;
        this.settings = settings;
        this.consents = consents;
        this.languages = languages;
    }

    @Override
    public SignedOn signOn(Caller caller, Identity identity, boolean mayOpen, boolean factor, Device device) {
        check(identity);
        Found found = known(identity).orElse(null);
        if (found == null) {
            String email = email(identity);
            found = Sql.write(dataSource, connection -> linkByEmail(connection, identity, email))
                    .orElseGet(() -> open(caller, identity, email, mayOpen, device));
            letters.poke();
        }
        Member member = sessions.member(found.member);
        return new SignedOn(member, sessions.begin(member, device, factor), found.how);
    }

    private static void check(Identity identity) {
        if (identity.issuer().isEmpty()
                || identity.issuer().length() > MAX_ISSUER
                || identity.subject().isEmpty()
                || identity.subject().length() > MAX_SUBJECT) {
            throw InvalidException.of("subject", "core.identity-invalid");
        }
    }

    private Optional<Found> known(Identity identity) {
        return Sql.write(dataSource, connection -> {
            long member = whose(connection, identity);
            if (member == 0) {
                return Optional.<Found>empty();
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_identity set used_at = ? where issuer = ? and subject = ?")) {
                update.setTimestamp(1, Timestamp.from(clock.instant()));
                update.setString(2, identity.issuer());
                update.setString(3, identity.subject());
                update.executeUpdate();
            }
            return Optional.of(new Found(member, How.KNOWN));
        });
    }

    /** @return the id of the member, 0 for nobody's */
    private static long whose(Connection connection, Identity identity) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select member_id from core_identity where issuer = ? and subject = ?")) {
            select.setString(1, identity.issuer());
            select.setString(2, identity.subject());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static String email(Identity identity) {
        String given = identity.emailVerified() ? identity.email() : null;
        try {
            Fields fields = new Fields();
            String email = fields.email("email", given);
            fields.verify();
            return email;
        } catch (InvalidException e) {
            throw new ConflictException("core.identity-email");
        }
    }

    /** Empty if no account has the address. */
    private Optional<Found> linkByEmail(Connection connection, Identity identity, String email) throws SQLException {
        long already = whose(connection, identity);
        if (already != 0) {
            return Optional.of(new Found(already, How.KNOWN));
        }
        Account account = account(connection, "email", email);
        if (account == null) {
            return Optional.empty();
        }
        if (!account.confirmed) {
            throw new ConflictException("core.identity-unconfirmed");
        }
        link(connection, account, identity);
        return Optional.of(new Found(account.id, How.LINKED));
    }

    private void link(Connection connection, Account account, Identity identity) throws SQLException {
        if (count(connection, account.id) >= MAX_LINKED) {
            throw new ConflictException("core.identity-too-many", Map.of("max", MAX_LINKED));
        }
        long id = insert(connection, account.id, identity);
        audit.append(connection, owner(account), LINKED, "member:" + account.id, Map.of("issuer", identity.issuer()));
        if (account.confirmed) {
            letters.post(
                    connection,
                    "identity-linked",
                    String.valueOf(id),
                    account.email,
                    account.language,
                    Map.of("name", account.displayName, "provider", identity.provider()),
                    "/members/account");
        }
    }

    private long insert(Connection connection, long member, Identity identity) throws SQLException {
        long id = ids.next();
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_identity (id, member_id, issuer, subject, linked_at, used_at)"
                        + " values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setLong(2, member);
            insert.setString(3, identity.issuer());
            insert.setString(4, identity.subject());
            insert.setTimestamp(5, now);
            insert.setTimestamp(6, now);
            insert.executeUpdate();
        }
        return id;
    }

    private static int count(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from core_identity where member_id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private Found open(Caller caller, Identity identity, String email, boolean mayOpen, Device device) {
        if (!mayOpen) {
            throw new ConflictException("core.identity-unknown");
        }
        limit.attempt("sign-up", device.address(), settings.signUpsPerAddress());
        long id = ids.next();
        return Sql.again(() -> jpa.txExpr(em -> open(em, id, caller, identity, email)));
    }

    private Found open(EntityManager em, long id, Caller caller, Identity identity, String email) {
        List<Found> meanwhile = new ArrayList<>();
        // who has come first with the same identity or address meanwhile is found here, in the second round
        Sql.on(em, connection -> linkByEmail(connection, identity, email).ifPresent(meanwhile::add));
        if (!meanwhile.isEmpty()) {
            return meanwhile.get(0);
        }
        Instant now = clock.instant();
        Locale language = language(identity, caller);
        MemberEntity entity =
                new MemberEntity(id, email, null, name(identity, language), Profile.CITIZEN, null, language, now);
        entity.confirm(now);
        em.persist(entity);
        Sql.on(em, connection -> {
            insert(connection, id, identity);
            consents.recordOpening(connection, id);
            audit.append(
                    connection,
                    Caller.member(id, "", Set.of(), language),
                    OPENED,
                    "member:" + id,
                    Map.of("issuer", identity.issuer()));
        });
        return new Found(id, How.OPENED);
    }

    private Locale language(Identity identity, Caller caller) {
        Locale told = identity.language();
        return told != null && languages.codes().contains(told.getLanguage())
                ? Locale.forLanguageTag(told.getLanguage())
                : caller.language();
    }

    /** As the issuer tells it, cut to what a name may be; never a part of the address, which is nobody's business. */
    private static String name(Identity identity, Locale language) {
        String told = identity.name() == null ? "" : identity.name();
        String name = new Fields().line("name", told, 0, Integer.MAX_VALUE);
        int length = name.codePointCount(0, name.length());
        if (length < SignUp.MIN_NAME) {
            return language.getLanguage().equals("en") ? "Member" : "Membre";
        }
        return length <= SignUp.MAX_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SignUp.MAX_NAME)).strip();
    }

    @Override
    public void link(Caller caller, Identity identity) {
        long member = SecondFactors.inPerson(caller);
        check(identity);
        Sql.write(dataSource, connection -> {
            long already = whose(connection, identity);
            if (already == member) {
                return false;
            }
            if (already != 0) {
                throw new ConflictException("core.identity-elsewhere");
            }
            link(connection, mine(connection, member), identity);
            return true;
        });
        letters.poke();
    }

    @Override
    public List<Linked> linked(Caller caller) {
        long member = SecondFactors.inPerson(caller);
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id, issuer, linked_at, used_at from core_identity where member_id = ? order by id")) {
                select.setLong(1, member);
                try (ResultSet row = select.executeQuery()) {
                    List<Linked> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(new Linked(
                                row.getLong(1),
                                row.getString(2),
                                row.getTimestamp(3).toInstant(),
                                row.getTimestamp(4).toInstant()));
                    }
                    return found;
                }
            }
        });
    }

    @Override
    public void unlink(Caller caller, long id) {
        long member = SecondFactors.inPerson(caller);
        Sql.write(dataSource, connection -> {
            Account account = mine(connection, member);
            if (!account.password) {
                throw new ConflictException("core.identity-last");
            }
            String issuer = issuer(connection, member, id);
            try (PreparedStatement delete = connection.prepareStatement("delete from core_identity where id = ?")) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
            audit.append(connection, caller, UNLINKED, "member:" + member, Map.of("issuer", issuer));
            if (account.confirmed) {
                letters.post(
                        connection,
                        "identity-unlinked",
                        String.valueOf(id),
                        account.email,
                        account.language,
                        Map.of("name", account.displayName),
                        "/members/account");
            }
            return true;
        });
        letters.poke();
    }

    private static String issuer(Connection connection, long member, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select issuer from core_identity where id = ? and member_id = ?")) {
            select.setLong(1, id);
            select.setLong(2, member);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new NotFoundException();
                }
                return row.getString(1);
            }
        }
    }

    private static Caller owner(Account account) {
        return Caller.member(account.id, account.displayName, Set.of(), account.language);
    }

    private static Account mine(Connection connection, long member) throws SQLException {
        Account account = account(connection, "id", member);
        if (account == null) {
            throw new NotFoundException();
        }
        return account;
    }

    private static @Nullable Account account(Connection connection, String column, Object value) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, email, display_name, language, confirmed_at, password"
                        + " from core_member where " + column + " = ?")) {
            select.setObject(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Account(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                Locale.forLanguageTag(row.getString(4)),
                                row.getTimestamp(5) != null,
                                row.getString(6) != null)
                        : null;
            }
        }
    }
}
