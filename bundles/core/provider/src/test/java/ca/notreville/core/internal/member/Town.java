// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.internal.language.Languages;
import ca.notreville.core.internal.privacy.ConsentServiceImpl;
import ca.notreville.core.internal.territory.TerritoryServiceImpl;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.aries.jpa.template.JpaTemplate;
import org.mockito.Mockito;

/** The services for members on a real database, with passwords that cost next to nothing. */
final class Town {

    static final Caller VISITOR = Caller.visitor(Locale.ENGLISH);

    private static final AtomicLong LAST_ID = new AtomicLong(1_000);
    private static final String LINK = "/members/link?token=";

    final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    final Ids ids = LAST_ID::incrementAndGet;
    final PasswordHasher passwords = new PasswordHasher(64, 1);
    final JpaTemplate jpa;
    final TerritoryServiceImpl territory;
    final MemberServiceImpl members;
    final SignInLimit limit;
    final SessionServiceImpl sessions;
    final Tickets tickets;
    final SecondFactors factors;
    final AccountServiceImpl accounts;
    final ApiTokens tokens;
    final IdentityServiceImpl identities;
    final ConsentService consents;
    final AuditLog audit = Mockito.mock(AuditLog.class);

    /** What staff and administrators may, everybody else may not. */
    final AccessControl access = (caller, action, where) ->
            (caller.has(Role.STAFF) || caller.has(Role.ADMINISTRATOR) || action.equals("core.comment"))
                    && (caller.actions() == null || caller.actions().contains(action));

    /** Letters in the order of their posting. */
    final List<Letter> posted = Collections.synchronizedList(new ArrayList<>());

    /** What the other nodes have not been told yet. */
    final List<OutboxRow> untold = Collections.synchronizedList(new ArrayList<>());

    private final TestDatabase database;
    private final CallerReader callers;

    private final Outbox outbox = new Outbox() {
        @Override
        public void append(Connection connection, String topic, String item) {
            untold.add(new OutboxRow(ids.next(), topic, item));
        }

        @Override
        public void poke() {}
    };

    private final Mailer mailer = new Mailer() {
        @Override
        public void post(Connection connection, Letter letter) {
            if (posted.stream().noneMatch(known -> known.reference().equals(letter.reference()))) {
                posted.add(letter);
            }
        }

        @Override
        public void poke() {}
    };

    /** What is installed beside French and English. */
    final List<Locale> packs = new ArrayList<>();

    private final Messages messages = new Messages() {
        @Override
        public List<Locale> languages() {
            return Stream.concat(Stream.of(Locale.FRENCH, Locale.ENGLISH), packs.stream())
                    .toList();
        }

        @Override
        public String text(Locale language, String key, Map<String, ?> arguments) {
            return key + "\n" + language + " " + arguments.get("name");
        }

        @Override
        public boolean has(String key) {
            return true;
        }
    };

    /** A town where an account works at once. */
    Town(TestDatabase database) {
        this(database, false);
    }

    /** @param strict whether addresses must be confirmed and staff need a second factor */
    Town(TestDatabase database, boolean strict) {
        this.database = database;
        jpa = database.jpa("core");
        territory = new TerritoryServiceImpl(jpa);
        Languages languages = new Languages().with(messages);
        members = new MemberServiceImpl(jpa, ids, clock, territory, passwords, languages);
        limit = new SignInLimit(database.dataSource(), clock);
        tickets = new Tickets(clock);
        factors = new SecondFactors(database.dataSource(), clock, limit, tickets, audit, outbox, territory);
        AccountSettings settings = settings(strict);
        consents = new ConsentServiceImpl(database.dataSource(), ids, clock);
        callers = new CallerReader(clock, settings);
        sessions = node();
        tokens = new ApiTokens(
                database.dataSource(),
                ids,
                clock,
                access,
                () -> List.of("core.comment", "core.counter", "core.roles"),
                audit,
                sessions);
        accounts = new AccountServiceImpl(
                jpa,
                database.dataSource(),
                ids,
                clock,
                territory,
                access,
                audit,
                members,
                sessions,
                passwords,
                limit,
                tickets,
                new AccountLetters(mailer, territory).with(messages),
                settings,
                consents);
        identities = new IdentityServiceImpl(
                jpa,
                database.dataSource(),
                ids,
                clock,
                audit,
                sessions,
                limit,
                new AccountLetters(mailer, territory).with(messages),
                settings,
                consents,
                languages);
    }

    static AccountSettings settings(boolean strict) {
        AccountsConfig config = Mockito.mock(AccountsConfig.class);
        Mockito.when(config.confirmation()).thenReturn("default");
        Mockito.when(config.secondFactor()).thenReturn("default");
        Mockito.when(config.signUpsPerAddress()).thenReturn(30);
        return new AccountSettings(!strict, config);
    }

    /** The session service of one more node. */
    SessionServiceImpl node() {
        return new SessionServiceImpl(
                jpa, database.dataSource(), ids, clock, limit, passwords, outbox, tickets, factors, callers);
    }

    /** Delivers what the outbox holds to another node. */
    void tell(SessionServiceImpl node) {
        node.deliver(List.copyOf(untold));
    }

    /** The token in the link of the last letter. */
    String lastLink() {
        String path = java.util.Objects.requireNonNull(
                        posted.get(posted.size() - 1).button())
                .path();
        return path.substring(LINK.length());
    }

    static SignUp signUp(String email) {
        return new SignUp(email, "une phrase à moi", "Ana Tremblay", null, null, null);
    }

    /** Somebody with an account of their own. */
    Member somebody() {
        return members.signUp(VISITOR, signUp("m" + ids.next() + "@example.org"));
    }
}
