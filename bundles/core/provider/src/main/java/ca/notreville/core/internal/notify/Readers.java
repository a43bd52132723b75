// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.follow.FollowRules;
import ca.notreville.core.api.notify.Delivery;
import ca.notreville.core.api.notify.Delivery.Mail;
import ca.notreville.core.api.notify.NewsKind;
import ca.notreville.core.api.notify.NewsKinds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What members decided about news, as rows; and the kinds that they decide about. */
@Component(immediate = true, service = Readers.class)
public final class Readers {

    /** News of a kind that no installed module declares. */
    private static final Delivery UNDECLARED = new Delivery(true, Mail.NONE);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private final List<NewsKinds> declared;

    /**
     * Somebody who may be told something.
     *
     * @param address for e-mail; {@code null} if they get none
     */
    public record Reader(long id, @Nullable String address, Locale language, boolean digests) {}

    /**
     * @param source {@code null} if they never decided
     * @param decidedAt {@code null} if they never decided
     */
    record Consent(
            boolean mail, @Nullable String source, @Nullable Instant decidedAt, boolean digests) {}

    @Activate
    public Readers() {
        this(new CopyOnWriteArrayList<>());
    }

    public Readers(List<NewsKinds> declared) {
        this.declared = declared;
    }

    /** In the order in which modules declare them. */
    Map<String, Delivery> kinds() {
        Map<String, Delivery> kinds = new LinkedHashMap<>();
        for (NewsKinds some : declared) {
            for (NewsKind kind : some.kinds()) {
                kinds.putIfAbsent(kind.id(), kind.usually());
            }
        }
        return kinds;
    }

    Delivery usually(String kind) {
        return kinds().getOrDefault(kind, UNDECLARED);
    }

    /** Makes the member's row if there is none, and keeps others from changing it until the end of the transaction. */
    public void lock(Connection connection, long member) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_reader set version = version + 1 where member_id = ?")) {
            update.setLong(1, member);
            if (update.executeUpdate() == 1) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_reader (member_id, version, mail, digests, follow_author, follow_comment, follow_vote)"
                        + " values (?, 1, false, true, ?, ?, ?)")) {
            insert.setLong(1, member);
            insert.setBoolean(2, FollowRules.DEFAULT.author());
            insert.setBoolean(3, FollowRules.DEFAULT.comment());
            insert.setBoolean(4, FollowRules.DEFAULT.vote());
            insert.executeUpdate();
        }
    }

    public static Optional<FollowRules> rules(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select follow_author, follow_comment, follow_vote from core_reader where member_id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new FollowRules(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    /** Of a locked row. */
    public static void setRules(Connection connection, long member, FollowRules rules) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_reader set follow_author = ?, follow_comment = ?, follow_vote = ? where member_id = ?")) {
            update.setBoolean(1, rules.author());
            update.setBoolean(2, rules.comment());
            update.setBoolean(3, rules.vote());
            update.setLong(4, member);
            update.executeUpdate();
        }
    }

    static Consent consent(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select mail, mail_source, mail_decided_at, digests from core_reader where member_id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return new Consent(false, null, null, true);
                }
                Timestamp decided = row.getTimestamp(3);
                return new Consent(
                        row.getBoolean(1),
                        row.getString(2),
                        decided == null ? null : decided.toInstant(),
                        row.getBoolean(4));
            }
        }
    }

    /** Of a locked row. */
    static void setConsent(Connection connection, long member, boolean mail, String source, Instant at)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_reader set mail = ?, mail_source = ?, mail_decided_at = ? where member_id = ?")) {
            update.setBoolean(1, mail);
            update.setString(2, source);
            update.setTimestamp(3, Timestamp.from(at));
            update.setLong(4, member);
            update.executeUpdate();
        }
    }

    /** Of a locked row. */
    static void setDigests(Connection connection, long member, boolean digests) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_reader set digests = ? where member_id = ?")) {
            update.setBoolean(1, digests);
            update.setLong(2, member);
            update.executeUpdate();
        }
    }

    /** What a member decided about kinds. */
    static Map<String, Delivery> decisions(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select kind, on_site, mail from core_news_preference where member_id = ?")) {
            select.setLong(1, member);
            Map<String, Delivery> decisions = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    decisions.put(row.getString(1), new Delivery(row.getBoolean(2), Mail.of(row.getString(3))));
                }
            }
            return decisions;
        }
    }

    /** What these members decided about one kind. */
    static Map<Long, Delivery> decisions(Connection connection, String kind, List<Long> members) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select member_id, on_site, mail from core_news_preference where kind = ? and member_id in ("
                        + places(members.size()) + ")")) {
            select.setString(1, kind);
            for (int i = 0; i < members.size(); i++) {
                select.setLong(2 + i, members.get(i));
            }
            Map<Long, Delivery> decisions = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    decisions.put(row.getLong(1), new Delivery(row.getBoolean(2), Mail.of(row.getString(3))));
                }
            }
            return decisions;
        }
    }

    /** Of a locked row of the member. */
    static void decide(Connection connection, long member, String kind, Delivery delivery) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_news_preference set on_site = ?, mail = ? where member_id = ? and kind = ?")) {
            update.setBoolean(1, delivery.onSite());
            update.setString(2, delivery.mail().word());
            update.setLong(3, member);
            update.setString(4, kind);
            if (update.executeUpdate() == 1) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_news_preference (on_site, mail, member_id, kind) values (?, ?, ?, ?)")) {
            insert.setBoolean(1, delivery.onSite());
            insert.setString(2, delivery.mail().word());
            insert.setLong(3, member);
            insert.setString(4, kind);
            insert.executeUpdate();
        }
    }

    /** Those of these ids that are members; their address only if they agreed to e-mail. */
    static List<Reader> readers(Connection connection, List<Long> members) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select m.id, m.email, m.language, r.mail, r.digests from core_member m"
                        + " left join core_reader r on r.member_id = m.id where m.id in (" + places(members.size())
                        + ") order by m.id")) {
            for (int i = 0; i < members.size(); i++) {
                select.setLong(1 + i, members.get(i));
            }
            List<Reader> readers = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    readers.add(new Reader(
                            row.getLong(1),
                            row.getBoolean(4) ? row.getString(2) : null,
                            Locale.forLanguageTag(row.getString(3)),
                            row.getBoolean(5)));
                }
            }
            return readers;
        }
    }

    static String places(int count) {
        return "?, ".repeat(count - 1) + "?";
    }
}
