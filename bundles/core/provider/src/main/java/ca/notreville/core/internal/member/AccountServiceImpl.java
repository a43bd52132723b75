// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.AccountService;
import ca.notreville.core.api.member.Device;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.member.Tickets.Kind;
import ca.notreville.core.internal.member.Tickets.Ticket;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import ca.notreville.persistence.api.Violations;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Accounts as their owners deal with them. Where addresses must be confirmed first, a sign-up is only a ticket that holds the
 * draft: there is no account that somebody could squat on, and an address that has one is answered like one that has none.
 */
@Component
public final class AccountServiceImpl implements AccountService {

    static final String PASSWORD_CHANGED = "core.password-changed";
    static final String EMAIL_CHANGED = "core.email-changed";
    static final String ENTERED = "core.account-entered";
    static final String ACTED_FOR = "core.account-acted-for";
    static final String CLAIMED = "core.account-claimed";

    /** End of what stands for the address of an account that has none; no mail is ever sent there (RFC 2606). */
    static final String NO_ADDRESS = "@guichet.invalid";

    private static final Duration SIGN_UP = Duration.ofDays(3);
    private static final Duration RESET = Duration.ofHours(1);
    private static final Duration EMAIL = Duration.ofDays(1);
    private static final Duration CLAIM = Duration.ofDays(30);

    private static final int LETTERS_PER_ACCOUNT = 5;
    private static final int FORGOTTEN_PER_ADDRESS = 20;
    private static final String LINK = "/members/link?token=";
    private static final String LINK_NOT_GOOD = "core.link-not-good";

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final TerritoryService territory;
    private final AccessControl access;
    private final AuditLog audit;
    private final MemberServiceImpl members;
    private final SessionServiceImpl sessions;
    private final PasswordHasher passwords;
    private final SignInLimit limit;
    private final Tickets tickets;
    private final AccountLetters letters;
    private final AccountSettings settings;
    private final ConsentService consents;
    private final ObjectMapper mapper = new ObjectMapper();

    /** A sign-up that waits for its letter to be opened. */
    record Draft(
            @Nullable String password,
            @Nullable String displayName,
            @Nullable String profile,
            @Nullable String neighbourhood,
            @Nullable String language,
            @Nullable String kept) {}

    /** What of an account matters here. */
    private record Account(
            long id, String email, @Nullable String password, String displayName, Locale language, boolean confirmed) {}

    @Activate
    public AccountServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference TerritoryService territory,
            @Reference AccessControl access,
            @Reference AuditLog audit,
            @Reference MemberServiceImpl members,
            @Reference SessionServiceImpl sessions,
            @Reference PasswordHasher passwords,
            @Reference SignInLimit limit,
            @Reference Tickets tickets,
            @Reference AccountLetters letters,
            @Reference AccountSettings settings,
            @Reference ConsentService consents) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.territory = territory;
        this.access = access;
        this.audit = audit;
        this.members = members;
        this.sessions = sessions;
        this.passwords = passwords;
        this.limit = limit;
        this.tickets = tickets;
        this.letters = letters;
        this.settings = settings;
        this.consents = consents;
    }

    @Override
    public boolean confirmationRequired() {
        return settings.confirmationRequired();
    }

    @Override
    public Opened signUp(Caller caller, SignUp draft, Device device, String kept) {
        limit.attempt("sign-up", device.address(), settings.signUpsPerAddress());
        return settings.confirmationRequired()
                ? new Opened(promise(caller, draft, kept), null)
                : openAtOnce(caller, draft, device);
    }

    private Opened openAtOnce(Caller caller, SignUp draft, Device device) {
        MemberEntity entity = members.checked(caller, draft, true);
        Member known = entity.toMember();
        Member member = members.insert(
                em -> {
                    em.persist(entity);
                    Sql.on(em, connection -> {
                        consents.recordOpening(connection, known.id());
                        postConfirmation(connection, account(known), "");
                    });
                },
                entity);
        letters.poke();
        return new Opened(member, sessions.openFor(member, device));
    }

    private static Account account(Member member) {
        return new Account(member.id(), member.email(), null, member.displayName(), member.language(), false);
    }

    private void postConfirmation(Connection connection, Account account, String kept) throws SQLException {
        String token = tickets.issue(
                connection,
                new Ticket(
                        Kind.CONFIRM, account.id, account.email, write(new Draft(null, null, null, null, null, kept))),
                SIGN_UP);
        letters.post(
                connection,
                "confirm",
                Tokens.hash(token),
                account.email,
                account.language,
                Map.of("name", account.displayName),
                LINK + token);
    }

    /** The same work whether or not the address has an account, down to the one row and the one letter. */
    private Member promise(Caller caller, SignUp draft, String kept) {
        MemberEntity entity = members.checked(caller, draft, false);
        Member member = entity.toMember();
        String packed = kept.length() > MAX_KEPT ? "" : kept;
        Sql.write(dataSource, connection -> {
            Account known = byEmail(connection, member.email());
            if (known == null) {
                Draft waiting = new Draft(
                        entity.password(),
                        member.displayName(),
                        member.profile().word(),
                        member.neighbourhood(),
                        member.language().getLanguage(),
                        packed);
                String token = tickets.issue(
                        connection, new Ticket(Kind.SIGN_UP, member.id(), member.email(), write(waiting)), SIGN_UP);
                letters.post(
                        connection,
                        "sign-up",
                        Tokens.hash(token),
                        member.email(),
                        member.language(),
                        Map.of("name", member.displayName()),
                        LINK + token);
            } else {
                letters.post(
                        connection,
                        "has-account",
                        known.id + ":" + clock.instant().truncatedTo(ChronoUnit.HOURS),
                        known.email,
                        known.language,
                        Map.of("name", known.displayName),
                        "/members/sign-in");
            }
            return true;
        });
        letters.poke();
        return member;
    }

    @Override
    public void sendConfirmation(Caller caller, String kept) {
        long member = SecondFactors.inPerson(caller);
        Account account = account(member);
        if (account.confirmed || account.email.endsWith(NO_ADDRESS)) {
            return;
        }
        limit.attempt("confirmation", String.valueOf(member), LETTERS_PER_ACCOUNT);
        Sql.write(dataSource, connection -> {
            postConfirmation(connection, account, kept.length() > MAX_KEPT ? "" : kept);
            return true;
        });
        letters.poke();
    }

    @Override
    public Link link(String token) {
        Ticket ticket = ticket(token);
        return switch (ticket.kind()) {
            case SIGN_UP -> new Link(Link.Kind.SIGN_UP, ticket.member(), ticket.email(), keeps(ticket));
            case CONFIRM -> new Link(Link.Kind.CONFIRM, ticket.member(), ticket.email(), keeps(ticket));
            case RESET -> new Link(Link.Kind.RESET, ticket.member(), ticket.email(), false);
            case EMAIL -> new Link(Link.Kind.EMAIL, ticket.member(), ticket.email(), false);
            case CLAIM -> new Link(Link.Kind.CLAIM, ticket.member(), ticket.email(), false);
            case FACTOR, ENROL -> throw new NotFoundException(LINK_NOT_GOOD);
        };
    }

    private boolean keeps(Ticket ticket) {
        String kept = read(ticket).kept;
        return kept != null && !kept.isEmpty();
    }

    private Ticket ticket(String token) {
        return Sql.read(dataSource, connection -> tickets.find(connection, token))
                .orElseThrow(() -> new NotFoundException(LINK_NOT_GOOD));
    }

    private Ticket ticket(String token, Kind kind) {
        Ticket ticket = ticket(token);
        if (ticket.kind() != kind) {
            throw new NotFoundException(LINK_NOT_GOOD);
        }
        return ticket;
    }

    @Override
    public Confirmed confirm(Caller caller, String token, @Nullable String password, Device device) {
        Ticket ticket = ticket(token);
        Draft draft = read(ticket);
        String kept = draft.kept == null ? "" : draft.kept;
        if (ticket.kind() == Kind.SIGN_UP) {
            checkPassword(ticket.email(), draft.password, password, "password", device);
            return new Confirmed(sessions.openFor(open(ticket, draft, token), device), kept);
        }
        if (ticket.kind() != Kind.CONFIRM) {
            throw new NotFoundException(LINK_NOT_GOOD);
        }
        Account account = account(ticket.member());
        if (caller.memberId() != account.id || caller.throughToken()) {
            checkPassword(account.email, account.password, password, "password", device);
        }
        if (!account.email.equals(ticket.email())) {
            throw new NotFoundException(LINK_NOT_GOOD);
        }
        Sql.write(dataSource, connection -> {
            use(connection, token);
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_member set confirmed_at = ?, version = version + 1 where id = ?")) {
                update.setTimestamp(1, Timestamp.from(clock.instant()));
                update.setLong(2, account.id);
                update.executeUpdate();
            }
            sessions.tell(connection, account.id);
            return true;
        });
        sessions.changed(account.id);
        return new Confirmed(sessions.openFor(member(account.id), device), kept);
    }

    /** The account that was promised; of two links for one address the first that is opened makes it. */
    private Member open(Ticket ticket, Draft draft, String token) {
        Instant now = clock.instant();
        MemberEntity entity = new MemberEntity(
                ticket.member(),
                ticket.email(),
                draft.password,
                draft.displayName,
                Profile.valueOf(String.valueOf(draft.profile).toUpperCase(Locale.ROOT)),
                stillThere(draft.neighbourhood),
                Locale.forLanguageTag(String.valueOf(draft.language)),
                now);
        entity.confirm(now);
        try {
            jpa.tx(em -> {
                Sql.on(em, connection -> use(connection, token));
                em.persist(entity);
                Sql.on(em, connection -> consents.recordOpening(connection, ticket.member()));
            });
        } catch (RuntimeException e) {
            if (Violations.isUnique(e)) {
                throw new ConflictException("core.address-has-account");
            }
            throw e;
        }
        return entity.toMember();
    }

    private @Nullable String stillThere(@Nullable String neighbourhood) {
        return neighbourhood == null
                ? null
                : territory.neighbourhood(neighbourhood).map(Neighbourhood::id).orElse(null);
    }

    /** Guesses at a password count as those of signing in do. */
    private void checkPassword(
            String email, @Nullable String phc, @Nullable String password, String field, Device device) {
        if (password == null || password.isEmpty()) {
            throw InvalidException.of(field, "required");
        }
        if (password.length() > 2 * SignUp.MAX_PASSWORD) {
            throw InvalidException.of(field, "core.password-wrong");
        }
        limit.attempt(email, device.address());
        if (!passwords.matches(password, phc)) {
            throw InvalidException.of(field, "core.password-wrong");
        }
        limit.succeeded(email, device.address());
    }

    @Override
    public void forgot(Caller caller, @Nullable String email, Device device) {
        Fields fields = new Fields();
        String address = fields.email("email", email);
        fields.verify();
        limit.attempt("forgotten", device.address(), FORGOTTEN_PER_ADDRESS);
        limit.attempt("forgotten account", address, LETTERS_PER_ACCOUNT);
        Sql.write(dataSource, connection -> {
            Account account = byEmail(connection, address);
            if (account == null) {
                return false;
            }
            tickets.withdraw(connection, Kind.RESET, account.id);
            String token = tickets.issue(connection, new Ticket(Kind.RESET, account.id, address, ""), RESET);
            letters.post(
                    connection,
                    "reset",
                    Tokens.hash(token),
                    address,
                    account.language,
                    Map.of("name", account.displayName),
                    LINK + token);
            return true;
        });
        letters.poke();
    }

    @Override
    public Member reset(String token, @Nullable String password, Device device) {
        Ticket ticket = ticket(token, Kind.RESET);
        Account account = account(ticket.member());
        Fields fields = new Fields();
        String wanted = MemberServiceImpl.checkedPassword(fields, password, account.email, account.displayName);
        fields.verify();
        String hash = passwords.hash(wanted);
        Caller owner = Caller.member(account.id, account.displayName, Set.of(), account.language);
        Sql.write(dataSource, connection -> {
            use(connection, token);
            setPassword(connection, account.id, hash);
            // who has read the letter owns the address
            own(connection, account.id, ticket.email(), clock.instant());
            sessions.closeAll(connection, account.id, "");
            deleteWaysIn(connection, account.id);
            audit.append(connection, owner, PASSWORD_CHANGED, "member:" + account.id, Map.of());
            passwordLetter(connection, account, token);
            return true;
        });
        sessions.changed(account.id);
        letters.poke();
        return member(account.id);
    }

    /** The account is its owner's, whose address this is. */
    private static void own(Connection connection, long member, String email, @Nullable Instant confirmed)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update core_member set email = ?,"
                + " confirmed_at = coalesce(confirmed_at, ?), entered_by = null, version = version + 1 where id = ?")) {
            update.setString(1, email);
            update.setTimestamp(2, confirmed == null ? null : Timestamp.from(confirmed));
            update.setLong(3, member);
            update.executeUpdate();
        }
    }

    @Override
    public Member claim(String token, @Nullable String email, @Nullable String password, Device device) {
        Ticket ticket = ticket(token, Kind.CLAIM);
        Account account = account(ticket.member());
        boolean known = !account.email.endsWith(NO_ADDRESS);
        Fields fields = new Fields();
        String address = known ? account.email : fields.email("email", email);
        if (!known && !address.isEmpty() && members.taken(address)) {
            fields.add("email", "core.email-taken", Map.of());
        }
        String wanted = MemberServiceImpl.checkedPassword(fields, password, address, account.displayName);
        fields.verify();
        String hash = passwords.hash(wanted);
        Caller owner = Caller.member(account.id, account.displayName, Set.of(), account.language);
        Account owned = new Account(account.id, address, null, account.displayName, account.language, known);
        try {
            jpa.tx(em -> Sql.on(em, connection -> {
                use(connection, token);
                setPassword(connection, account.id, hash);
                own(connection, account.id, address, known ? clock.instant() : null);
                consents.recordOpening(connection, account.id);
                sessions.closeAll(connection, account.id, "");
                audit.append(connection, owner, CLAIMED, "member:" + account.id, Map.of());
                if (!known) {
                    postConfirmation(connection, owned, "");
                }
            }));
        } catch (RuntimeException e) {
            if (Violations.isUnique(e)) {
                throw InvalidException.of("email", "core.email-taken");
            }
            throw e;
        }
        sessions.changed(account.id);
        letters.poke();
        return member(account.id);
    }

    /** Whoever had got into the account may have made tokens there, or linked an identity of theirs. */
    private static void deleteWaysIn(Connection connection, long member) throws SQLException {
        for (String table : List.of("core_api_token", "core_identity")) {
            try (PreparedStatement delete =
                    connection.prepareStatement("delete from " + table + " where member_id = ?")) {
                delete.setLong(1, member);
                delete.executeUpdate();
            }
        }
    }

    private void passwordLetter(Connection connection, Account account, String reference) throws SQLException {
        letters.post(
                connection,
                "password-changed",
                Tokens.hash(reference),
                account.email,
                account.language,
                Map.of("name", account.displayName),
                "/members/forgotten");
    }

    private static void setPassword(Connection connection, long member, String hash) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_member set password = ?, version = version + 1 where id = ?")) {
            update.setString(1, hash);
            update.setLong(2, member);
            update.executeUpdate();
        }
    }

    @Override
    public void changePassword(
            Caller caller, @Nullable String current, @Nullable String password, Device device, String session) {
        Account account = account(SecondFactors.inPerson(caller));
        Fields fields = new Fields();
        String wanted = MemberServiceImpl.checkedPassword(fields, password, account.email, account.displayName);
        fields.verify();
        checkPassword(account.email, account.password, current, "current", device);
        String hash = passwords.hash(wanted);
        Sql.write(dataSource, connection -> {
            setPassword(connection, account.id, hash);
            sessions.closeAll(connection, account.id, session);
            tickets.withdraw(connection, Kind.RESET, account.id);
            audit.append(connection, caller, PASSWORD_CHANGED, "member:" + account.id, Map.of());
            passwordLetter(connection, account, account.id + ":" + clock.instant());
            return true;
        });
        sessions.changed(account.id);
        letters.poke();
    }

    @Override
    public void changeEmail(Caller caller, @Nullable String current, @Nullable String email, Device device) {
        Account account = account(SecondFactors.inPerson(caller));
        Fields fields = new Fields();
        String wanted = fields.email("email", email);
        if (wanted.equals(account.email)) {
            fields.add("email", "core.email-same", Map.of());
        }
        fields.verify();
        checkPassword(account.email, account.password, current, "current", device);
        limit.attempt("change of address", String.valueOf(account.id), LETTERS_PER_ACCOUNT);
        Sql.write(dataSource, connection -> {
            tickets.withdraw(connection, Kind.EMAIL, account.id);
            Account other = byEmail(connection, wanted);
            if (other == null) {
                String token = tickets.issue(connection, new Ticket(Kind.EMAIL, account.id, wanted, ""), EMAIL);
                letters.post(
                        connection,
                        "email-new",
                        Tokens.hash(token),
                        wanted,
                        account.language,
                        Map.of("name", account.displayName),
                        LINK + token);
            } else {
                letters.post(
                        connection,
                        "has-account",
                        other.id + ":" + clock.instant().truncatedTo(ChronoUnit.HOURS),
                        other.email,
                        other.language,
                        Map.of("name", other.displayName),
                        "/members/sign-in");
            }
            if (account.confirmed) {
                letters.post(
                        connection,
                        "email-old",
                        account.id + ":" + clock.instant(),
                        account.email,
                        account.language,
                        Map.of("name", account.displayName, "email", wanted),
                        "/members/account");
            }
            return true;
        });
        letters.poke();
    }

    @Override
    public void changeLanguage(Caller caller, @Nullable String language) {
        long member = SecondFactors.inPerson(caller);
        Fields fields = new Fields();
        String wanted = fields.choice("language", language, members.languages());
        fields.verify();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_member set language = ?, version = version + 1 where id = ?")) {
                update.setString(1, wanted);
                update.setLong(2, member);
                update.executeUpdate();
            }
            sessions.tell(connection, member);
            return true;
        });
        sessions.changed(member);
    }

    @Override
    public Member confirmEmail(String token) {
        Ticket ticket = ticket(token, Kind.EMAIL);
        Account account = account(ticket.member());
        Caller owner = Caller.member(account.id, account.displayName, Set.of(), account.language);
        try {
            jpa.tx(em -> Sql.on(em, connection -> {
                use(connection, token);
                try (PreparedStatement update = connection.prepareStatement(
                        "update core_member set email = ?, confirmed_at = ?, version = version + 1 where id = ?")) {
                    update.setString(1, ticket.email());
                    update.setTimestamp(2, Timestamp.from(clock.instant()));
                    update.setLong(3, account.id);
                    update.executeUpdate();
                }
                tickets.withdraw(connection, Kind.RESET, account.id);
                sessions.tell(connection, account.id);
                audit.append(connection, owner, EMAIL_CHANGED, "member:" + account.id, Map.of());
                if (account.confirmed) {
                    letters.post(
                            connection,
                            "email-changed",
                            Tokens.hash(token),
                            account.email,
                            account.language,
                            Map.of("name", account.displayName, "email", ticket.email()),
                            null);
                }
            }));
        } catch (RuntimeException e) {
            if (Violations.isUnique(e)) {
                throw new ConflictException("core.address-has-account");
            }
            throw e;
        }
        sessions.changed(account.id);
        letters.poke();
        return member(account.id);
    }

    @Override
    public Entered enter(
            Caller staff, @Nullable String displayName, @Nullable String email, @Nullable String neighbourhood) {
        access.require(staff, COUNTER);
        Fields fields = new Fields();
        String name = fields.line("displayName", displayName, SignUp.MIN_NAME, SignUp.MAX_NAME);
        String place = fields.oneOf(
                "neighbourhood",
                neighbourhood,
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList());
        long id = ids.next();
        boolean reachable = email != null && !email.isBlank();
        String address = reachable ? fields.email("email", email) : id + NO_ADDRESS;
        if (reachable && !address.isEmpty() && members.taken(address)) {
            fields.add("email", "core.email-taken", Map.of());
        }
        fields.verify();
        Instant now = clock.instant();
        MemberEntity entity = new MemberEntity(id, address, null, name, Profile.CITIZEN, place, staff.language(), now);
        String code = Tokens.readable();
        Member member = members.insert(
                em -> {
                    em.persist(entity);
                    Sql.on(em, connection -> {
                        mark(connection, id, staff.memberId(), now);
                        tickets.issue(connection, code, new Ticket(Kind.CLAIM, id, address, ""), CLAIM);
                        audit.append(connection, staff, ENTERED, "member:" + id, Map.of());
                        if (reachable) {
                            letters.post(
                                    connection,
                                    "entered",
                                    String.valueOf(id),
                                    address,
                                    staff.language(),
                                    Map.of("name", name),
                                    LINK + code);
                        }
                    });
                },
                entity);
        letters.poke();
        return new Entered(member, code);
    }

    private static void mark(Connection connection, long id, long staff, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_member set entered_by = ?, entered_at = ? where id = ?")) {
            update.setLong(1, staff);
            update.setTimestamp(2, Timestamp.from(now));
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    @Override
    public Session actFor(Caller staff, long member, Device device) {
        access.require(staff, COUNTER);
        SecondFactors.inPerson(staff);
        Member somebody = member(member);
        Sql.write(dataSource, connection -> {
            if (!waits(connection, member)) {
                throw new ForbiddenException("core.account-is-owners");
            }
            audit.append(connection, staff, ACTED_FOR, "member:" + member, Map.of());
            return true;
        });
        return sessions.open(somebody, device, null, staff.memberId());
    }

    /** Whether it was entered by staff and nobody has taken it over yet. */
    private static boolean waits(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from core_member where id = ? and entered_by is not null")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    @Override
    public Session endActing(String session, Device device) {
        long staff = Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select opened_by from core_session where token_hash = ? and expires_at > ?")) {
                select.setString(1, session);
                select.setTimestamp(2, Timestamp.from(clock.instant()));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? row.getLong(1) : 0L;
                }
            }
        });
        if (staff == 0) {
            throw new NotFoundException();
        }
        // without the second factor: who stands at the counter might press the button
        return sessions.openFor(member(staff), device);
    }

    @Override
    public List<Member> entered(Caller staff) {
        access.require(staff, COUNTER);
        List<Long> waiting = Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select id from core_member where entered_by is not null order by id desc"
                            + " fetch first 100 rows only")) {
                try (ResultSet row = select.executeQuery()) {
                    List<Long> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(row.getLong(1));
                    }
                    return found;
                }
            }
        });
        return waiting.stream().flatMap(id -> members.find(id).stream()).toList();
    }

    @Override
    public @Nullable Instant enteredAt(long member) {
        return Sql.read(dataSource, connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement("select entered_at from core_member where id = ?")) {
                        select.setLong(1, member);
                        try (ResultSet row = select.executeQuery()) {
                            return Optional.ofNullable(row.next() ? row.getTimestamp(1) : null);
                        }
                    }
                })
                .map(Timestamp::toInstant)
                .orElse(null);
    }

    private void use(Connection connection, String token) throws SQLException {
        if (!tickets.use(connection, token)) {
            throw new NotFoundException(LINK_NOT_GOOD);
        }
    }

    private Member member(long id) {
        return members.find(id).orElseThrow(NotFoundException::new);
    }

    private Account account(long id) {
        return Sql.read(dataSource, connection -> find(connection, "id", id)).orElseThrow(NotFoundException::new);
    }

    private static @Nullable Account byEmail(Connection connection, String email) throws SQLException {
        return find(connection, "email", email).orElse(null);
    }

    private static Optional<Account> find(Connection connection, String column, Object value) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, email, password, display_name, language, confirmed_at"
                        + " from core_member where " + column + " = ?")) {
            select.setObject(1, value);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Account(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                Locale.forLanguageTag(row.getString(5)),
                                row.getTimestamp(6) != null))
                        : Optional.empty();
            }
        }
    }

    private String write(Draft draft) {
        try {
            return mapper.writeValueAsString(draft);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Draft read(Ticket ticket) {
        try {
            return ticket.draft().isEmpty()
                    ? new Draft(null, null, null, null, null, null)
                    : mapper.readValue(ticket.draft(), Draft.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
