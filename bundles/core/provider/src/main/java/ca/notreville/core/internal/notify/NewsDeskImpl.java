// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Jobs;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class NewsDeskImpl implements NewsDesk {

    private final Ids ids;
    private final Clock clock;
    private final Jobs jobs;
    private final LetterLinks links;
    private final ObjectMapper mapper = new ObjectMapper();

    @Activate
    public NewsDeskImpl(
            @Reference Ids ids, @Reference Clock clock, @Reference Jobs jobs, @Reference LetterLinks links) {
        this.ids = ids;
        this.clock = clock;
        this.jobs = jobs;
        this.links = links;
    }

    @Override
    public void publish(Connection connection, News news) throws SQLException {
        // Looked up first: a statement that fails would spoil the caller's transaction on PostgreSQL. Of two at once
        // the unique key lets one transaction through.
        if (find(connection, news.reference()).isPresent()) {
            return;
        }
        long id = ids.next();
        insert(connection, id, news);
        address(connection, id, news.except(), false);
        Set<Long> told = new TreeSet<>(news.addressed());
        told.removeAll(news.except());
        address(connection, id, told, true);
        jobs.enqueue(connection, Spread.KIND, String.valueOf(id));
    }

    private static OptionalLong find(Connection connection, String reference) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id from core_news where reference = ?")) {
            select.setString(1, reference);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private void insert(Connection connection, long id, News news) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_news (id, reference, kind, subject, actor_id, message, arguments, quote, path, reach,"
                        + " residents, tags, signed_links, published_at, version, stage, stage_member)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0)")) {
            insert.setLong(1, id);
            insert.setString(2, news.reference());
            insert.setString(3, news.kind());
            insert.setString(4, news.subject().toString());
            insert.setLong(5, news.actor());
            insert.setString(6, news.message());
            insert.setString(7, mapper.writeValueAsString(news.arguments()));
            insert.setString(8, news.quote().isEmpty() ? null : news.quote());
            insert.setString(9, news.path());
            insert.setString(10, news.reach().name().toLowerCase(Locale.ROOT));
            insert.setBoolean(11, news.residents());
            insert.setString(12, news.tags().isEmpty() ? null : String.join(" ", new TreeSet<>(news.tags())));
            insert.setBoolean(13, news.signed());
            insert.setTimestamp(14, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void address(Connection connection, long id, Set<Long> members, boolean told) throws SQLException {
        if (members.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_news_addressee (news_id, member_id, told) values (?, ?, ?)")) {
            for (long member : new TreeSet<>(members)) {
                insert.setLong(1, id);
                insert.setLong(2, member);
                insert.setBoolean(3, told);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public void withdraw(Connection connection, String reference) throws SQLException {
        OptionalLong id = find(connection, reference);
        if (id.isEmpty()) {
            return;
        }
        // the row of the news first: whoever is spreading it waits, and then finds nothing to spread
        for (String sql : new String[] {
            "update core_news set version = version + 1 where id = ?",
            "delete from core_notification where news_id = ?",
            "delete from core_news_addressee where news_id = ?",
            "delete from core_news where id = ?"
        }) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setLong(1, id.getAsLong());
                statement.executeUpdate();
            }
        }
    }

    @Override
    public void poke() {
        jobs.poke();
    }

    @Override
    public OptionalLong reader(String path, String token) {
        return links.reader(path, token);
    }
}
