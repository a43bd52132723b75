// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.Delivery;
import ca.notreville.core.api.notify.Notification;
import ca.notreville.core.api.notify.NotificationService;
import ca.notreville.core.api.notify.Preferences;
import ca.notreville.core.api.privacy.Consent.Kind;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.internal.notify.Readers.Consent;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class NotificationServiceImpl implements NotificationService {

    static final String AGREED = "core.mail-agreed";
    static final String REFUSED = "core.mail-refused";

    private static final int REMEMBERED = 1 << 14;
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final DataSource dataSource;
    private final Clock clock;
    private final MemberService members;
    private final AuditLog audit;
    private final Readers readers;
    private final LetterLinks links;
    private final ConsentService consents;
    private final ReadCache<Integer> unread = new ReadCache<>(REMEMBERED, FRESH, 0);

    private record Row(NewsRow news, boolean read) {}

    @Activate
    public NotificationServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference MemberService members,
            @Reference AuditLog audit,
            @Reference Readers readers,
            @Reference LetterLinks links,
            @Reference ConsentService consents) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.members = members;
        this.audit = audit;
        this.readers = readers;
        this.links = links;
        this.consents = consents;
    }

    @Override
    public Slice<Notification> list(Caller caller, Paging paging) {
        long member = caller.requireMember();
        long before = paging.after().isEmpty() ? Long.MAX_VALUE : paging.after().get(0);
        List<Row> rows = Sql.read(
                dataSource,
                connection -> rows(
                        connection,
                        "t.member_id = ? and t.on_site = true and t.news_id < ? order by t.news_id desc fetch first "
                                + (paging.limit() + 1) + " rows only",
                        member,
                        before));
        Map<Long, String> names = members.displayNames(rows.stream()
                .map(row -> row.news.actor())
                .filter(actor -> actor != 0)
                .distinct()
                .toList());
        return paging.slice(rows, row -> Paging.cursor(row.news.id())).map(row -> notification(row, names));
    }

    private static Notification notification(Row row, Map<Long, String> names) {
        NewsRow news = row.news;
        return new Notification(
                news.id(),
                news.kind(),
                news.actor(),
                news.message(),
                news.arguments(names),
                news.quote(),
                news.path(),
                news.publishedAt(),
                row.read);
    }

    private static List<Row> rows(Connection connection, String condition, long member, long news) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + NewsRow.COLUMNS
                + ", t.read_at from core_notification t join core_news n on n.id = t.news_id where " + condition)) {
            select.setLong(1, member);
            select.setLong(2, news);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(NewsRow.of(row), row.getTimestamp(10) != null));
                }
            }
            return rows;
        }
    }

    @Override
    public int unread(Caller caller) {
        if (!caller.signedIn()) {
            return 0;
        }
        long member = caller.memberId();
        return Objects.requireNonNull(unread.get(
                        List.of(member), missing -> Map.of(member, Sql.read(dataSource, c -> countUnread(c, member))))
                .get(member));
    }

    private static int countUnread(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select news_id from core_notification"
                + " where member_id = ? and read_at is null and on_site = true fetch first " + MOST_UNREAD
                + " rows only")) {
            select.setLong(1, member);
            return Spread.longs(select).size();
        }
    }

    @Override
    public Notification read(Caller caller, long id) {
        long member = caller.requireMember();
        Row found = Sql.write(dataSource, connection -> {
            List<Row> rows = rows(connection, "t.member_id = ? and t.news_id = ?", member, id);
            if (rows.isEmpty()) {
                throw new NotFoundException();
            }
            markRead(connection, "news_id = ?", member, id);
            return rows.get(0);
        });
        unread.changed(member);
        long actor = found.news.actor();
        return notification(new Row(found.news, true), actor == 0 ? Map.of() : members.displayNames(List.of(actor)));
    }

    @Override
    public void readAll(Caller caller, long upTo) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            markRead(connection, "news_id <= ?", member, upTo);
            return true;
        });
        unread.changed(member);
    }

    private void markRead(Connection connection, String which, long member, long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_notification set read_at = ? where member_id = ? and read_at is null and " + which)) {
            update.setTimestamp(1, Timestamp.from(clock.instant()));
            update.setLong(2, member);
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    @Override
    public Preferences preferences(Caller caller) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> preferences(connection, member));
    }

    private Preferences preferences(Connection connection, long member) throws SQLException {
        Consent consent = Readers.consent(connection, member);
        Map<String, Delivery> kinds = new LinkedHashMap<>(readers.kinds());
        Readers.decisions(connection, member)
                .forEach((kind, delivery) -> kinds.computeIfPresent(kind, (k, d) -> delivery));
        return new Preferences(
                consent.mail(),
                consent.source() == null ? "" : consent.source(),
                consent.decidedAt(),
                consent.digests(),
                kinds);
    }

    @Override
    public Preferences decide(Caller caller, Map<String, Delivery> kinds, boolean digests) {
        long member = caller.requireMember();
        Set<String> declared = readers.kinds().keySet();
        if (!declared.containsAll(kinds.keySet())) {
            throw InvalidException.of("kinds", "unknown");
        }
        return Sql.write(dataSource, connection -> {
            readers.lock(connection, member);
            Readers.setDigests(connection, member, digests);
            Preferences before = preferences(connection, member);
            for (Map.Entry<String, Delivery> decision : kinds.entrySet()) {
                // what stays as it usually is goes on following the default
                if (!decision.getValue().equals(before.kinds().get(decision.getKey()))) {
                    Readers.decide(connection, member, decision.getKey(), decision.getValue());
                }
            }
            return preferences(connection, member);
        });
    }

    @Override
    public void agreeToMail(Caller caller, boolean agreed, Preferences.Source source) {
        caller.requireMember();
        Sql.write(dataSource, connection -> {
            agree(connection, caller, agreed, source);
            return true;
        });
    }

    private void agree(Connection connection, Caller caller, boolean agreed, Preferences.Source source)
            throws SQLException {
        long member = caller.memberId();
        readers.lock(connection, member);
        Consent before = Readers.consent(connection, member);
        if (before.mail() == agreed && before.decidedAt() != null) {
            return;
        }
        Readers.setConsent(
                connection, member, agreed, source.word(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        consents.record(connection, member, Kind.EMAIL, ConsentService.EDITION, agreed);
        audit.append(
                connection, caller, agreed ? AGREED : REFUSED, "member:" + member, Map.of("source", source.word()));
    }

    @Override
    public void stop(String what, String token, boolean everything) {
        long member = links.stopping(what, token).orElseThrow(NotificationServiceImpl::notGood);
        Caller reader = Caller.member(member, "", Set.of(), Locale.FRENCH);
        Sql.write(dataSource, connection -> {
            if (!exists(connection, member)) {
                return false;
            }
            readers.lock(connection, member);
            if (everything) {
                agree(connection, reader, false, Preferences.Source.LETTER);
            } else if (what.equals(LetterLinks.DIGESTS)) {
                Readers.setDigests(connection, member, false);
            } else {
                Delivery now = Readers.decisions(connection, member).getOrDefault(what, readers.usually(what));
                Readers.decide(connection, member, what, new Delivery(now.onSite(), Delivery.Mail.NONE));
            }
            return true;
        });
    }

    /** An account may have been closed since the letter was written. */
    private static boolean exists(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id from core_member where id = ?")) {
            select.setLong(1, member);
            return !Spread.longs(select).isEmpty();
        }
    }

    @Override
    public Stop stoppable(String what, String token) {
        links.stopping(what, token).orElseThrow(NotificationServiceImpl::notGood);
        return what.equals(LetterLinks.DIGESTS) ? Stop.DIGESTS : Stop.KIND;
    }

    private static NotFoundException notGood() {
        return new NotFoundException("core.stop-not-good");
    }
}
