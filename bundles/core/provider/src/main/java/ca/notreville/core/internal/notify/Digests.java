// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.notify.Readers.Reader;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Sql;
import ca.notreville.web.api.Messages;
import ca.notreville.web.api.Site;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Daily and weekly digests. Each is one transaction: the note that it was posted, its letter, and the mark on the news in it;
 * so it goes out once, whichever node does it and wherever it dies.
 */
@Component(
        service = {JobHandler.class, Digests.class},
        configurationPid = NotifyConfig.PID)
@Designate(ocd = NotifyConfig.class)
public final class Digests implements JobHandler {

    /** Lines in one digest; the rest is on the page that it leads to. */
    static final int MOST_LINES = 40;

    private static final int AT_ONCE = 200;
    private static final Duration PERIOD = Duration.ofMinutes(5);

    private final DataSource dataSource;
    private final Clock clock;
    private final Ids ids;
    private final MemberService members;
    private final TerritoryService territory;
    private final Mailer mailer;
    private final AuditLog audit;
    private final Messages messages;
    private final Site site;
    private final LetterLinks links;
    private final ZoneId zone;
    private final LocalTime hour;
    private final DayOfWeek day;

    @Activate
    public Digests(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference Ids ids,
            @Reference MemberService members,
            @Reference TerritoryService territory,
            @Reference Mailer mailer,
            @Reference AuditLog audit,
            @Reference Messages messages,
            @Reference Site site,
            @Reference LetterLinks links,
            NotifyConfig config) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.ids = ids;
        this.members = members;
        this.territory = territory;
        this.mailer = mailer;
        this.audit = audit;
        this.messages = messages;
        this.site = site;
        this.links = links;
        zone = ZoneId.of(config.timeZone());
        hour = LocalTime.of(config.digestHour(), 0);
        day = DayOfWeek.of(config.digestDay());
    }

    @Override
    public String kind() {
        return "core.digests";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(PERIOD);
    }

    @Override
    public void run(Job job) {
        ZonedDateTime today = clock.instant().atZone(zone).with(hour);
        if (today.toInstant().isAfter(clock.instant())) {
            today = today.minusDays(1);
        }
        ZonedDateTime week = today.with(TemporalAdjusters.previousOrSame(day));
        post("daily", "daily:" + today.toLocalDate(), today.toInstant(), job::stopping);
        post("weekly", "weekly:" + week.toLocalDate(), week.toInstant(), job::stopping);
    }

    /**
     * Posts at once what waits for the next digests; for an operator who wants to see one.
     *
     * @return how many were posted
     */
    public int postNow(Caller caller) {
        if (!caller.has(Role.ADMINISTRATOR)) {
            throw new ForbiddenException();
        }
        String period = "now:" + ids.next();
        int posted = 0;
        for (String cadence : List.of("daily", "weekly")) {
            // what is told in this very instant belongs to it
            posted += post(cadence, period + cadence.charAt(0), clock.instant().plusSeconds(1), () -> false);
        }
        int all = posted;
        Sql.write(dataSource, connection -> {
            audit.append(connection, caller, "core.digests-now", "digests", Map.of("posted", String.valueOf(all)));
            return true;
        });
        return posted;
    }

    private int post(String cadence, String period, Instant until, BooleanSupplier stopping) {
        int posted = 0;
        long after = 0;
        while (true) {
            long last = after;
            List<Long> some = Sql.read(dataSource, connection -> waiting(connection, cadence, until, last));
            for (long member : some) {
                if (stopping.getAsBoolean()) {
                    throw new JobInterruptedException();
                }
                posted += Sql.write(dataSource, connection -> post(connection, member, cadence, period, until)) ? 1 : 0;
            }
            if (posted > 0) {
                mailer.poke();
            }
            if (some.size() < AT_ONCE) {
                return posted;
            }
            after = some.get(some.size() - 1);
        }
    }

    private static List<Long> waiting(Connection connection, String cadence, Instant until, long after)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select distinct member_id from core_notification where pending = ? and member_id > ? and told_at < ?"
                        + " order by member_id fetch first " + AT_ONCE + " rows only")) {
            select.setString(1, cadence);
            select.setLong(2, after);
            select.setTimestamp(3, Timestamp.from(until));
            return Spread.longs(select);
        }
    }

    private boolean post(Connection connection, long member, String cadence, String period, Instant until)
            throws SQLException {
        if (posted(connection, member, period)) {
            return false;
        }
        Reader reader = Readers.readers(connection, List.of(member)).get(0);
        List<NewsRow> news = news(connection, member, cadence, until);
        try (PreparedStatement update = connection.prepareStatement(
                "update core_notification set pending = null where pending = ? and member_id = ? and told_at < ?")) {
            update.setString(1, cadence);
            update.setLong(2, member);
            update.setTimestamp(3, Timestamp.from(until));
            update.executeUpdate();
        }
        if (news.isEmpty() || reader.address() == null || !reader.digests()) {
            return false;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_digest (member_id, period, posted_at) values (?, ?, ?)")) {
            insert.setLong(1, member);
            insert.setString(2, period);
            insert.setTimestamp(3, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        }
        mailer.post(connection, letter(reader, news, cadence, period));
        return true;
    }

    private static boolean posted(Connection connection, long member, String period) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from core_digest where member_id = ? and period = ?")) {
            select.setLong(1, member);
            select.setString(2, period);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** What waits and was not read on the site meanwhile, latest first; one more than a digest has lines for. */
    private static List<NewsRow> news(Connection connection, long member, String cadence, Instant until)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + NewsRow.COLUMNS
                + " from core_notification t join core_news n on n.id = t.news_id where t.pending = ? and t.member_id = ?"
                + " and t.told_at < ? and t.read_at is null order by n.id desc fetch first " + (MOST_LINES + 1)
                + " rows only")) {
            select.setString(1, cadence);
            select.setLong(2, member);
            select.setTimestamp(3, Timestamp.from(until));
            List<NewsRow> news = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    news.add(NewsRow.of(row));
                }
            }
            return news;
        }
    }

    private Letter letter(Reader reader, List<NewsRow> news, String cadence, String period) {
        Locale language = reader.language();
        Map<Long, String> names = members.displayNames(
                news.stream().map(NewsRow::actor).filter(a -> a != 0).distinct().toList());
        List<String> paragraphs = new ArrayList<>();
        paragraphs.add(messages.text(
                language,
                "core.digest." + cadence,
                Map.of("town", territory.town().name())));
        news.stream().limit(MOST_LINES).forEach(one -> paragraphs.add(item(one, reader, names)));
        if (news.size() > MOST_LINES) {
            paragraphs.add(messages.text(language, "core.digest.more", Map.of()));
        }
        return new Letter(
                "digest:" + period + ":" + reader.id(),
                Objects.requireNonNull(reader.address()),
                language,
                messages.text(
                        language,
                        "core.digest.subject",
                        Map.of("n", news.size(), "town", territory.town().name())),
                paragraphs,
                new Letter.Button(messages.text(language, "core.digest.open", Map.of()), "/notifications"),
                links.stop(reader.id(), LetterLinks.DIGESTS));
    }

    private String item(NewsRow news, Reader reader, Map<Long, String> names) {
        String path = news.signed() ? links.reading(reader.id(), news.path()) : news.path();
        return "• " + messages.text(reader.language(), news.message(), news.arguments(names))
                + (news.quote().isEmpty()
                        ? ""
                        : "\n" + messages.text(reader.language(), "core.news.quote", Map.of("text", news.quote())))
                + "\n" + site.address(path);
    }
}
