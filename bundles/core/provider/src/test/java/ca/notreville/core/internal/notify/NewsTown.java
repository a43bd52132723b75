// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.follow.Tag;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsAudience;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.core.api.notify.NewsFilter;
import ca.notreville.core.api.notify.NewsKind;
import ca.notreville.core.api.notify.Preferences.Source;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.core.internal.follow.FollowServiceImpl;
import ca.notreville.core.internal.follow.Targets;
import ca.notreville.core.internal.mail.TestMailer;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Site;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.mockito.Mockito;

/** News, following and all that is below them on a real database, with members of the test's own making. */
public final class NewsTown {

    public static final Initiative IDEA = new Initiative("idea", 42);
    public static final Initiative PLACE = new Initiative(Neighbourhood.KIND, 3);
    static final Site SITE = path -> "https://ville.example" + path;

    /** Members with smaller numbers have none of what the platform numbers. */
    private static final AtomicLong LAST = new AtomicLong(1_000_000);

    public final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    public final Ids ids = LAST::incrementAndGet;
    public final TestDatabase database;
    public final TerritoryService territory = Mockito.mock(TerritoryService.class);
    public final MemberService members = Mockito.mock(MemberService.class);
    public final AuditLog audit = Mockito.mock(AuditLog.class);
    public final Readers readers = new Readers(List.of(
            new CoreNews(),
            () -> List.of(NewsKind.of("ideas.published", Mail.DAILY), NewsKind.of("ideas.weekly", Mail.WEEKLY))));
    final List<NewsFilter> filters = new CopyOnWriteArrayList<>();
    final List<NewsAudience> audiences = new CopyOnWriteArrayList<>();
    final List<String> jobs = new CopyOnWriteArrayList<>();

    /** What initiatives there are to be seen. */
    final Map<String, InitiativeSummary> known = new HashMap<>();

    final Initiatives initiatives = (caller, wanted) -> Optional.ofNullable(known.get(wanted.toString()));
    public final Targets targets =
            new Targets(initiatives, List.of(language -> List.of(new Tag("parcs", "Parcs", "/ideas?category=parcs"))));
    public final FollowServiceImpl follows;
    public final NewsDesk desk;
    final NotificationServiceImpl notifications;

    public NewsTown(TestDatabase database) {
        this.database = database;
        for (String table : List.of(
                "core_call_answer",
                "core_call",
                "core_digest",
                "core_news_preference",
                "core_notification",
                "core_news_addressee",
                "core_news",
                "core_follow",
                "core_reader",
                "core_mail",
                "core_consent",
                "core_member")) {
            database.execute("delete from " + table);
        }
        if (database.number("select count(*) from core_neighbourhood") == 0) {
            database.execute("insert into core_borough (id, name) values ('centre', 'Centre')");
            database.execute(
                    "insert into core_neighbourhood (id, borough_id, name, number) values ('quai', 'centre', 'Le Quai', 3)");
            database.execute(
                    "insert into core_neighbourhood (id, borough_id, name, number) values ('cote', 'centre', 'La Côte', 4)");
        }
        Neighbourhood quai = new Neighbourhood(3, "quai", "centre", "Le Quai", Map.of(), List.of());
        Mockito.when(territory.town()).thenReturn(new Town("Val-aux-Hérons"));
        Mockito.when(territory.neighbourhoods()).thenReturn(List.of(quai));
        Mockito.when(territory.neighbourhood("quai")).thenReturn(Optional.of(quai));
        Mockito.when(members.displayNames(Mockito.any())).thenAnswer(call -> {
            Map<Long, String> names = new HashMap<>();
            for (Long id : call.<Collection<Long>>getArgument(0)) {
                names.put(id, "Membre " + id);
            }
            return names;
        });
        known.put(IDEA.toString(), new InitiativeSummary(IDEA, "Un banc", "/ideas/42", true, "quai", Set.of(2L)));
        known.put(
                PLACE.toString(),
                new InitiativeSummary(PLACE, "Le Quai", "/neighbourhoods/quai", true, "quai", Set.of()));
        known.put(
                "member:1",
                new InitiativeSummary(new Initiative("member", 1), "Membre 1", "/members/1", false, null, Set.of(1L)));
        follows = new FollowServiceImpl(database.dataSource(), ids, clock, targets, readers);
        desk = new NewsDeskImpl(ids, clock, queue(), links());
        notifications = new NotificationServiceImpl(
                database.dataSource(),
                clock,
                members,
                audit,
                readers,
                links(),
                new ca.notreville.core.internal.privacy.ConsentServiceImpl(database.dataSource(), ids, clock));
    }

    private Jobs queue() {
        return new Jobs() {
            @Override
            public long enqueue(Connection connection, String kind, String payload) {
                jobs.add(payload);
                return 1;
            }

            @Override
            public void poke() {}
        };
    }

    LetterLinks links() {
        return new LetterLinks(database.dataSource());
    }

    static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }

    public static Caller leader(long id) {
        return Caller.member(id, "Membre " + id, Set.of(Role.LEADER), Locale.FRENCH);
    }

    /** Accounts of these numbers, who live nowhere in particular and read French. */
    public void people(long from, long to) {
        Sql.write(database.dataSource(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_member (id, version, email, display_name, profile, language, created_at)"
                            + " values (?, 1, ?, 'M', 'citizen', 'fr', {ts '2026-01-01 00:00:00'})")) {
                for (long id = from; id <= to; id++) {
                    insert.setLong(1, id);
                    insert.setString(2, "m" + id + "@example.org");
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            return true;
        });
    }

    void follow(long member, String target) {
        follows.follow(member(member), Target.parse(target).orElseThrow());
    }

    void agree(long member) {
        notifications.agreeToMail(member(member), true, Source.SETTINGS);
    }

    public void publish(News news) {
        Sql.write(database.dataSource(), connection -> {
            desk.publish(connection, news);
            return true;
        });
    }

    /** What an idea's module would tell of it. */
    static News published(long actor) {
        return News.of("idea:42", "ideas.published", IDEA, actor)
                .saying("ideas.news.published", Map.of("title", "Un banc"))
                .leadingTo("/ideas/42")
                .around("parcs");
    }

    /** What one node would spread with. */
    Spread spread(DataSource dataSource, Mailer mailer) {
        return new Spread(
                dataSource,
                clock,
                initiatives,
                territory,
                members,
                mailer,
                messages(),
                readers,
                links(),
                filters,
                audiences);
    }

    /** Does all the work that is queued. */
    public void spreadAll() {
        Spread spread = spread(database.dataSource(), mailer());
        for (String payload : jobs) {
            spread.run(job(payload, 1));
        }
        jobs.clear();
    }

    /** The real mailer's rows; nothing is sent. */
    Mailer mailer() {
        return TestMailer.rows(database.dataSource(), ids, clock, territory);
    }

    Digests digests() {
        return digests(database.dataSource());
    }

    /** Of a node whose connections are those of another data source. */
    Digests digests(DataSource dataSource) {
        NotifyConfig config = Mockito.mock(NotifyConfig.class);
        Mockito.when(config.timeZone()).thenReturn("America/Toronto");
        Mockito.when(config.digestHour()).thenReturn(7);
        Mockito.when(config.digestDay()).thenReturn(1);
        return new Digests(
                dataSource, clock, ids, members, territory, mailer(), audit, messages(), SITE, links(), config);
    }

    public static Job anyJob() {
        return job("", 1);
    }

    /** Where the letter of this member leads. */
    public String letterLink(long member, String path) {
        return links().reading(member, path);
    }

    static Job job(String payload, int attempt) {
        return new Job() {
            @Override
            public long id() {
                return 1;
            }

            @Override
            public String payload() {
                return payload;
            }

            @Override
            public int attempt() {
                return attempt;
            }

            @Override
            public boolean stopping() {
                return false;
            }
        };
    }

    /** Says language, key and arguments. */
    static Messages messages() {
        return new Messages() {
            @Override
            public List<Locale> languages() {
                return List.of(Locale.FRENCH, Locale.ENGLISH);
            }

            @Override
            public String text(Locale language, String key, Map<String, ?> arguments) {
                return language + " " + key + (arguments.isEmpty() ? "" : " " + new TreeMap<>(arguments));
            }

            @Override
            public boolean has(String key) {
                return true;
            }
        };
    }

    long told(long member) {
        return database.number("select count(*) from core_notification where member_id = " + member);
    }

    long letters(String like) {
        return database.number("select count(*) from core_mail where reference like '" + like + "'");
    }
}
