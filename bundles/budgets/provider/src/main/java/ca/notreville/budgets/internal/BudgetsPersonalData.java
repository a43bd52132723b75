// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.core.api.privacy.PersonalData;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.PersonalColumns;
import ca.notreville.persistence.api.PersonalColumns.Column;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What is known here of a member. A ballot stays a ballot without the member: it gets a number below zero that belongs to nobody and
 * to this ballot only; of its time the day is left, and not that it was entered at the counter.
 */
@Component
public final class BudgetsPersonalData implements PersonalData {

    static final PersonalColumns COLUMNS =
            PersonalColumns.of(Column.kept("budgets_ballot", "member_id", "each ballot gets a number of its own"));

    private final DataSource dataSource;
    private final Ids ids;

    @Activate
    public BudgetsPersonalData(
            @Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource,
            @Reference Ids ids) {
        this.dataSource = dataSource;
        this.ids = ids;
    }

    @Override
    public String module() {
        return "budgets";
    }

    @Override
    public Map<String, List<Map<String, Object>>> export(long member) {
        return Sql.read(dataSource, connection -> COLUMNS.export(connection, member));
    }

    @Override
    public long erase(long member) {
        Sql.write(dataSource, connection -> {
            for (var ballot : ballots(connection, member).entrySet()) {
                forget(connection, ballot.getKey(), ballot.getValue());
            }
            return true;
        });
        return Sql.read(
                dataSource, connection -> (long) ballots(connection, member).size());
    }

    private static Map<Long, Instant> ballots(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id, cast_at from budgets_ballot where member_id = ?")) {
            select.setLong(1, member);
            Map<Long, Instant> ballots = new LinkedHashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ballots.put(row.getLong(1), row.getTimestamp(2).toInstant());
                }
            }
            return ballots;
        }
    }

    private void forget(Connection connection, long ballot, Instant castAt) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update budgets_ballot set member_id = ?, cast_at = ?, at_counter = 0 where id = ?")) {
            update.setLong(1, -ids.next());
            update.setTimestamp(2, Timestamp.from(castAt.truncatedTo(ChronoUnit.DAYS)));
            update.setLong(3, ballot);
            update.executeUpdate();
        }
    }
}
