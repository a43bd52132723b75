// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.Delivery;
import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.NewsAudience;
import ca.notreville.core.api.notify.NewsFilter;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.notify.Readers.Reader;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Brings one piece of news to everybody whom it concerns, some at a time: each piece of readers is one transaction, which also
 * notes how far it came. So a node may die anywhere: what was done is done, and whoever goes on begins where that ended.
 */
@Component(service = JobHandler.class)
public final class Spread implements JobHandler {

    static final String KIND = "core.news";
    static final int AT_ONCE = 500;

    private static final Caller PUBLIC = Caller.visitor(Locale.FRENCH);

    private final DataSource dataSource;
    private final Clock clock;
    private final Initiatives initiatives;
    private final TerritoryService territory;
    private final MemberService members;
    private final Mailer mailer;
    private final Messages messages;
    private final Readers readers;
    private final LetterLinks links;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<NewsFilter> filters;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<NewsAudience> audiences;

    @Activate
    public Spread(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference Initiatives initiatives,
            @Reference TerritoryService territory,
            @Reference MemberService members,
            @Reference Mailer mailer,
            @Reference Messages messages,
            @Reference Readers readers,
            @Reference LetterLinks links) {
        this(
                dataSource,
                clock,
                initiatives,
                territory,
                members,
                mailer,
                messages,
                readers,
                links,
                new CopyOnWriteArrayList<>(),
                new CopyOnWriteArrayList<>());
    }

    Spread(
            DataSource dataSource,
            Clock clock,
            Initiatives initiatives,
            TerritoryService territory,
            MemberService members,
            Mailer mailer,
            Messages messages,
            Readers readers,
            LetterLinks links,
            List<NewsFilter> filters,
            List<NewsAudience> audiences) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.initiatives = initiatives;
        this.territory = territory;
        this.members = members;
        this.mailer = mailer;
        this.messages = messages;
        this.readers = readers;
        this.links = links;
        this.filters = filters;
        this.audiences = audiences;
    }

    @Override
    public String kind() {
        return KIND;
    }

    private record Standing(
            NewsRow news, String subject, String reach, boolean residents, List<String> tags, int stage, long after) {}

    /** Where readers are looked for, some at a time. */
    private interface Stage {
        List<Long> after(Connection connection, long last) throws SQLException;
    }

    /** A query with one parameter of its own, then the last member who was told. */
    private record Query(String sql, Object parameter) implements Stage {

        static Query followers(String target) {
            return new Query(
                    "select member_id from core_follow where target = ? and active = true and member_id > ?"
                            + " order by member_id fetch first " + AT_ONCE + " rows only",
                    target);
        }

        @Override
        public List<Long> after(Connection connection, long last) throws SQLException {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setObject(1, parameter);
                select.setLong(2, last);
                return longs(select);
            }
        }
    }

    @Override
    public void run(Job job) {
        long id = Long.parseLong(job.payload());
        Optional<Standing> standing = Sql.read(dataSource, connection -> standing(connection, id));
        if (standing.isEmpty()) {
            return;
        }
        InitiativeSummary subject = subject(standing.get(), job.attempt());
        Optional<NewsAudience> audience = audience(standing.get(), job.attempt());
        boolean more = true;
        while (more) {
            if (job.stopping()) {
                throw new JobInterruptedException();
            }
            more = Sql.write(dataSource, connection -> step(connection, id, subject, audience));
            mailer.poke();
        }
    }

    /**
     * What the news are about, {@code null} if the public cannot see it: then only those addressed are told. Its module may
     * just be away, so that is believed at the last attempt only.
     */
    private @Nullable InitiativeSummary subject(Standing standing, int attempt) {
        Initiative initiative = Initiative.parse(standing.subject).orElseThrow();
        InitiativeSummary found = initiatives.find(PUBLIC, initiative).orElse(null);
        if (found == null && attempt < Jobs.MAX_ATTEMPTS && !standing.reach.equals("addressed")) {
            throw new IllegalStateException("not to be seen at present: " + initiative);
        }
        return found;
    }

    /** Those who take part in what the news are about, if they are told; the module that knows them may just be away, likewise. */
    private Optional<NewsAudience> audience(Standing standing, int attempt) {
        if (!standing.reach.equals("concerned")) {
            return Optional.empty();
        }
        String kind = Initiative.parse(standing.subject).orElseThrow().kind();
        Optional<NewsAudience> found =
                audiences.stream().filter(one -> one.kind().equals(kind)).findFirst();
        if (found.isEmpty() && attempt < Jobs.MAX_ATTEMPTS) {
            throw new IllegalStateException("nobody knows at present who takes part in: " + standing.subject);
        }
        return found;
    }

    private boolean step(
            Connection connection, long id, @Nullable InitiativeSummary subject, Optional<NewsAudience> audience)
            throws SQLException {
        // Locks the row, so that of two who think the job is theirs one waits, and then goes on where the other was.
        try (PreparedStatement lock = connection.prepareStatement(
                "update core_news set version = version + 1 where id = ? and spread_at is null")) {
            lock.setLong(1, id);
            if (lock.executeUpdate() == 0) {
                return false;
            }
        }
        Standing standing = standing(connection, id).orElseThrow();
        List<Stage> stages = stages(id, standing, subject, audience);
        if (standing.stage >= stages.size()) {
            note(connection, id, standing.stage, 0, true);
            return false;
        }
        List<Long> some = stages.get(standing.stage).after(connection, standing.after);
        if (!some.isEmpty()) {
            tell(connection, standing.news, some);
        }
        boolean whole = some.size() == AT_ONCE;
        note(connection, id, whole ? standing.stage : standing.stage + 1, whole ? some.get(some.size() - 1) : 0, false);
        return true;
    }

    private static Optional<Standing> standing(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + NewsRow.COLUMNS
                + ", n.subject, n.reach, n.residents, n.tags, n.stage, n.stage_member from core_news n where n.id = ?"
                + " and n.spread_at is null")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String tags = row.getString(13);
                return Optional.of(new Standing(
                        NewsRow.of(row),
                        row.getString(10),
                        row.getString(11),
                        row.getBoolean(12),
                        tags == null ? List.of() : List.of(tags.split(" ")),
                        row.getInt(14),
                        row.getLong(15)));
            }
        }
    }

    /** Always the same for the same news, as long as what they are about stays where it is. */
    private List<Stage> stages(
            long id, Standing standing, @Nullable InitiativeSummary subject, Optional<NewsAudience> audience) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new Query(
                "select member_id from core_news_addressee where news_id = ? and told = true and member_id > ?"
                        + " order by member_id fetch first " + AT_ONCE + " rows only",
                id));
        if (subject == null || standing.reach.equals("addressed")) {
            return stages;
        }
        for (Long responsible : new java.util.TreeSet<>(subject.responsible())) {
            stages.add(new Query("select id from core_member where id = ? and id > ?", responsible));
        }
        targets(standing, subject).distinct().map(Query::followers).forEach(stages::add);
        String place = subject.neighbourhood();
        if (standing.residents && place != null && subject.initiative().kind().equals(Neighbourhood.KIND)) {
            stages.add(new Query(
                    "select id from core_member where neighbourhood_id = ? and id > ? order by id fetch first "
                            + AT_ONCE + " rows only",
                    place));
        }
        long initiative = subject.initiative().id();
        audience.ifPresent(people -> stages.add((connection, last) -> people.members(initiative, last, AT_ONCE)));
        return stages;
    }

    private Stream<String> targets(Standing standing, InitiativeSummary subject) {
        Stream<String> itself = Stream.of(standing.subject);
        if (!standing.reach.equals("around")) {
            return itself;
        }
        String place = subject.neighbourhood();
        Stream<String> around = place == null
                ? Stream.empty()
                : territory.neighbourhood(place).stream().map(n -> Neighbourhood.KIND + ":" + n.number());
        Stream<String> tags = standing.tags.stream()
                .flatMap(tag -> Target.parse(Target.TAG + ":" + tag).stream())
                .map(Target::toString);
        Stream<String> actor =
                standing.news.actor() == 0 ? Stream.empty() : Stream.of("member:" + standing.news.actor());
        return Stream.of(itself, around, tags, actor).flatMap(s -> s);
    }

    private void note(Connection connection, long id, int stage, long after, boolean over) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_news set stage = ?, stage_member = ?, spread_at = ? where id = ?")) {
            update.setInt(1, stage);
            update.setLong(2, after);
            update.setTimestamp(3, over ? Timestamp.from(clock.instant()) : null);
            update.setLong(4, id);
            update.executeUpdate();
        }
    }

    /** Those of some who are to be told and were not told before. */
    private void tell(Connection connection, NewsRow news, List<Long> some) throws SQLException {
        Set<Long> not = new HashSet<>(known(
                connection,
                "select member_id from core_notification where news_id = ? and member_id in (",
                news,
                some));
        not.addAll(known(
                connection,
                "select member_id from core_news_addressee where news_id = ? and told = false and member_id in (",
                news,
                some));
        if (news.actor() != 0) {
            not.add(news.actor());
            filters.forEach(filter -> not.addAll(filter.keptFrom(news.actor(), some)));
        }
        List<Long> told = some.stream().filter(id -> !not.contains(id)).toList();
        if (told.isEmpty()) {
            return;
        }
        Map<Long, Delivery> decisions = Readers.decisions(connection, news.kind(), told);
        Delivery usually = readers.usually(news.kind());
        Map<Long, String> names = news.actor() == 0 ? Map.of() : members.displayNames(List.of(news.actor()));
        Timestamp now = Timestamp.from(clock.instant());
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_notification (news_id, member_id, on_site, told_at, pending) values (?, ?, ?, ?, ?)")) {
            for (Reader reader : Readers.readers(connection, told)) {
                Delivery delivery = decisions.getOrDefault(reader.id(), usually);
                Mail mail = reader.address() == null ? Mail.NONE : delivery.mail();
                boolean digest = mail == Mail.DAILY || mail == Mail.WEEKLY;
                if (!delivery.onSite() && mail == Mail.NONE) {
                    continue;
                }
                insert.setLong(1, news.id());
                insert.setLong(2, reader.id());
                insert.setBoolean(3, delivery.onSite());
                insert.setTimestamp(4, now);
                insert.setString(5, digest && reader.digests() ? mail.word() : null);
                insert.addBatch();
                if (mail == Mail.ONCE) {
                    mailer.post(connection, letter(news, names, reader));
                }
            }
            insert.executeBatch();
        }
    }

    private Letter letter(NewsRow news, Map<Long, String> names, Reader reader) {
        Locale language = reader.language();
        String line = messages.text(language, news.message(), news.arguments(names));
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(line);
        if (!news.quote().isEmpty()) {
            paragraphs.add(messages.text(language, "core.news.quote", Map.of("text", news.quote())));
        }
        paragraphs.add(messages.text(
                language, "core.news.why", Map.of("kind", messages.text(language, "news." + news.kind(), Map.of()))));
        String button = news.signed() ? "core.news.answer" : "core.news.open";
        return new Letter(
                "news:" + news.id() + ":" + reader.id(),
                java.util.Objects.requireNonNull(reader.address()),
                language,
                subjectLine(line),
                paragraphs,
                new Letter.Button(
                        messages.text(language, button, Map.of()),
                        news.signed() ? links.reading(reader.id(), news.path()) : news.path()),
                links.stop(reader.id(), news.kind()));
    }

    /** Titles are on one line, and not endless. */
    static String subjectLine(String text) {
        String line = text.replaceAll("\\s+", " ").replaceAll("\\p{Cc}", "");
        return line.codePointCount(0, line.length()) <= 120
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 119)) + "…";
    }

    private static List<Long> known(Connection connection, String sql, NewsRow news, List<Long> some)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql + Readers.places(some.size()) + ")")) {
            select.setLong(1, news.id());
            for (int i = 0; i < some.size(); i++) {
                select.setLong(2 + i, some.get(i));
            }
            return longs(select);
        }
    }

    static List<Long> longs(PreparedStatement select) throws SQLException {
        List<Long> longs = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                longs.add(row.getLong(1));
            }
        }
        return longs;
    }
}
