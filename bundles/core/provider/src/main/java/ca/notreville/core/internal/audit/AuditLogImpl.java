// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.audit;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class AuditLogImpl implements AuditLog {

    private static final TypeReference<Map<String, String>> DETAILS = new TypeReference<>() {};

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final Outbox outbox;
    private final AccessControl access;
    private final ObjectMapper mapper = new ObjectMapper();

    @Activate
    public AuditLogImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Outbox outbox,
            @Reference AccessControl access) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.outbox = outbox;
        this.access = access;
    }

    @Override
    public void append(Connection connection, Caller caller, String action, String subject, Map<String, String> details)
            throws SQLException {
        long id = ids.next();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_audit (id, happened_at, actor_id, action, subject, details) values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            // to what every database keeps, since the hash is made of what is read back
            insert.setTimestamp(2, Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            insert.setLong(3, caller.memberId());
            insert.setString(4, action);
            insert.setString(5, subject);
            insert.setString(6, json(details));
            insert.executeUpdate();
        }
        outbox.append(connection, AuditChain.TOPIC, String.valueOf(id));
    }

    /** With the keys in order, so that the same details are always the same text. */
    private String json(Map<String, String> details) {
        try {
            return mapper.writeValueAsString(new TreeMap<>(details));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public Slice<Entry> list(Caller caller, Filter filter, Paging paging) {
        access.require(caller, READ);
        StringBuilder sql =
                new StringBuilder("select a.id, l.number, a.happened_at, a.actor_id, a.action, a.subject, a.details"
                        + " from core_audit a left join core_audit_link l on l.entry_id = a.id where a.id < ?");
        List<Object> parameters = new ArrayList<>();
        parameters.add(
                paging.after().isEmpty() ? Long.MAX_VALUE : paging.after().get(0));
        if (filter.action() != null) {
            sql.append(" and a.action = ?");
            parameters.add(filter.action());
        }
        if (filter.subject() != null) {
            sql.append(" and a.subject = ?");
            parameters.add(filter.subject());
        }
        if (filter.actor() != null) {
            sql.append(" and a.actor_id = ?");
            parameters.add(filter.actor());
        }
        sql.append(" order by a.id desc fetch first ")
                .append(paging.limit() + 1)
                .append(" rows only");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            List<Entry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(
                            row.getLong(1),
                            row.getLong(2),
                            row.getTimestamp(3).toInstant(),
                            row.getLong(4),
                            row.getString(5),
                            row.getString(6),
                            mapper.readValue(row.getString(7), DETAILS)));
                }
            }
            return paging.slice(entries, entry -> Paging.cursor(entry.id()));
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Verification verify(Caller caller) {
        access.require(caller, READ);
        try (Connection connection = dataSource.getConnection()) {
            return AuditChain.verify(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
