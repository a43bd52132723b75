// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.privacy.Consent;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class ConsentServiceImpl implements ConsentService {

    private static final int SHOWN = 100;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;

    @Activate
    public ConsentServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void record(Connection connection, long member, Consent.Kind kind, String edition, boolean given)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_consent (id, member_id, kind, edition, given, decided_at) values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, ids.next());
            insert.setLong(2, member);
            insert.setString(3, kind.word());
            insert.setString(4, edition);
            insert.setInt(5, given ? 1 : 0);
            insert.setTimestamp(6, Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            insert.executeUpdate();
        }
    }

    @Override
    public List<Consent> mine(Caller caller) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select kind, edition, given, decided_at from core_consent"
                            + " where member_id = ? order by id desc fetch first " + SHOWN + " rows only")) {
                select.setLong(1, member);
                List<Consent> consents = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        consents.add(new Consent(
                                Consent.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                                row.getString(2),
                                row.getInt(3) == 1,
                                row.getTimestamp(4).toInstant()));
                    }
                }
                return consents;
            }
        });
    }

    @Override
    public boolean holds(long member, Consent.Kind kind) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement("select given from core_consent"
                    + " where member_id = ? and kind = ? order by id desc fetch first 1 rows only")) {
                select.setLong(1, member);
                select.setString(2, kind.word());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() && row.getInt(1) == 1;
                }
            }
        });
    }
}
