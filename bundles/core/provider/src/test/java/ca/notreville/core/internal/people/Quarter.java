// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.internal.access.RoleServiceImpl;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.member.MemberServiceImpl;
import ca.notreville.core.internal.territory.TerritoryServiceImpl;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.mockito.Mockito;

/** The services for people on a real database, with letters that are kept instead of sent. */
final class Quarter {

    private static final AtomicLong LAST = new AtomicLong();

    final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    final Ids ids = () -> Ids.atOrAfter(clock.instant()) + LAST.incrementAndGet();
    final List<Letter> letters = new CopyOnWriteArrayList<>();
    final AuditLog audit = Mockito.mock(AuditLog.class);
    final SearchService search = Mockito.mock(SearchService.class);
    final Outbox outbox = Mockito.mock(Outbox.class);
    final JpaTemplate jpa;
    final DataSource dataSource;
    final RoleServiceImpl roles;
    final ProfileServiceImpl profiles;
    final SkillServiceImpl skills;
    final KindServiceImpl kinds;
    final OrganisationServiceImpl organisations;
    final ContactServiceImpl contacts;
    final MessageServiceImpl messages;

    private static final AccessControl ACCESS = new AccessControl() {
        @Override
        public boolean allows(Caller caller, String action, ca.notreville.core.api.access.Scope where) {
            if (action.equals(ContactService.CONNECT) || action.equals(OrganisationService.CREATE)) {
                return caller.signedIn();
            }
            return caller.has(Role.STAFF)
                    || caller.limited().stream().anyMatch(grant -> grant.where().equals(where.neighbourhood()));
        }

        @Override
        public boolean allowsSomewhere(Caller caller, String action) {
            return allows(caller, action) || !caller.limited().isEmpty();
        }
    };

    Quarter(TestDatabase database) {
        database.execute("delete from core_mail");
        jpa = database.jpa("core");
        dataSource = database.dataSource();
        if (database.number("select count(*) from core_borough") == 0) {
            database.execute("insert into core_borough (id, name) values ('rive', 'Rive')");
            database.execute(
                    "insert into core_neighbourhood (number, id, borough_id, name) values (1, 'quai', 'rive', 'Quai')");
            database.execute(
                    "insert into core_neighbourhood (number, id, borough_id, name) values (2, 'parc', 'rive', 'Parc')");
        }
        TerritoryServiceImpl territory = new TerritoryServiceImpl(jpa);
        roles = new RoleServiceImpl(jpa, clock, ACCESS, territory, audit, Mockito.mock(Outbox.class));
        Letters post = new Letters(
                new Mailer() {
                    @Override
                    public void post(Connection connection, Letter letter) throws SQLException {
                        letters.add(letter);
                        Db.update(
                                connection,
                                "insert into core_mail (id, reference, letter, priority, state, attempts, posted_at)"
                                        + " values (?, ?, '', 0, 'sent', 0, ?)",
                                ids.next(),
                                letter.reference(),
                                clock.instant());
                    }

                    @Override
                    public void poke() {}
                },
                new Messages() {
                    @Override
                    public List<Locale> languages() {
                        return List.of(Locale.FRENCH);
                    }

                    @Override
                    public String text(Locale language, String key, Map<String, ?> arguments) {
                        return key + arguments.values();
                    }

                    @Override
                    public boolean has(String key) {
                        return true;
                    }
                });
        MemberServiceImpl members = Mockito.mock(MemberServiceImpl.class);
        profiles = new ProfileServiceImpl(dataSource, territory, search, outbox, members);
        skills = new SkillServiceImpl(dataSource, ids, ACCESS, audit);
        kinds = new KindServiceImpl(dataSource, ids, clock, ACCESS, territory, roles, audit, post, outbox);
        organisations =
                new OrganisationServiceImpl(dataSource, ids, clock, ACCESS, territory, search, audit, post, outbox);
        contacts = new ContactServiceImpl(dataSource, ids, clock, ACCESS, post);
        messages = new MessageServiceImpl(dataSource, ids, clock, ACCESS, organisations, post);
    }

    /** How many letters were posted in transactions that were committed. */
    long posted(TestDatabase database) {
        return database.number("select count(*) from core_mail");
    }

    /** Somebody with an account. */
    Caller member(String name) {
        return member(name, Set.of());
    }

    Caller member(String name, Set<Role> roles) {
        long id = ids.next();
        jpa.tx(em -> em.persist(new MemberEntity(
                id, "m" + id + "@example.org", null, name, Profile.CITIZEN, null, Locale.FRENCH, clock.instant())));
        return Caller.member(id, name, roles, Locale.FRENCH);
    }

    Caller staff() {
        return member("Agente", Set.of(Role.STAFF));
    }

    /** Staff for one neighbourhood alone. */
    Caller staffOf(String neighbourhood) {
        Caller caller = member("Agent de quartier");
        return Caller.holding(
                caller.memberId(),
                caller.displayName(),
                Set.of(new Grant(Role.STAFF, Grant.Limit.NEIGHBOURHOOD, neighbourhood)),
                Locale.FRENCH);
    }
}
