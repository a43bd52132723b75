// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.Residence.Way;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What each act needs and what each member has, in memory for seconds: it is asked at every act. Where nothing is required,
 * which is the default, nobody's residence is ever looked up.
 */
@Component(service = ResidenceStore.class)
public final class ResidenceStore {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int REMEMBERED = 10_000;

    private final DataSource dataSource;
    private final Clock clock;
    private final ReadCache<Residence> residences = new ReadCache<>(REMEMBERED, FRESH, Residence.NONE);
    private volatile @Nullable Rules known;

    private record Rules(Map<String, Level> levels, long readAt) {}

    @Activate
    public ResidenceStore(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Action → level, where the municipality asks for one. */
    public Map<String, Level> rules() {
        Rules now = known;
        if (now == null || System.nanoTime() - now.readAt > FRESH.toNanos()) {
            now = new Rules(readRules(), System.nanoTime());
            known = now;
        }
        return now.levels;
    }

    /** Call after a rule was committed. */
    public void rulesChanged() {
        known = null;
    }

    /** The level that this act needs and this caller lacks, {@code null} if none. */
    public @Nullable Level lacking(Caller caller, String action) {
        Level needed = rules().get(action);
        if (needed == null || !caller.signedIn() && caller.has(Role.ADMINISTRATOR)) {
            return null;
        }
        return of(caller.memberId()).level().compareTo(needed) < 0 ? needed : null;
    }

    /** As it holds now. */
    public Residence of(long member) {
        if (member == 0) {
            return Residence.NONE;
        }
        Residence kept = residences
                .get(List.of(member), ids -> {
                    Map<Long, Residence> read = new HashMap<>();
                    Sql.read(dataSource, connection -> {
                        for (Long id : ids) {
                            read.put(id, read(connection, id));
                        }
                        return true;
                    });
                    return read;
                })
                .getOrDefault(member, Residence.NONE);
        Instant until = kept.until();
        return kept.level() == Level.VERIFIED && until != null && !until.isAfter(clock.instant())
                ? new Residence(Level.SELF_DECLARED, kept.way(), kept.since(), until, kept.by())
                : kept;
    }

    /** Call after the commit of a change. */
    public void changed(long member) {
        residences.changed(member);
    }

    /** As it stands in the database, whether it has expired or not. */
    public static Residence read(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select level_word, way, since, until_time, verified_by from core_residence where member_id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Residence.NONE;
                }
                Timestamp until = row.getTimestamp(4);
                return new Residence(
                        Level.of(row.getString(1)).orElseThrow(),
                        Way.of(row.getString(2)).orElseThrow(),
                        row.getTimestamp(3).toInstant(),
                        until == null ? null : until.toInstant(),
                        row.getLong(5));
            }
        }
    }

    private Map<String, Level> readRules() {
        return Sql.read(dataSource, connection -> {
            Map<String, Level> levels = new HashMap<>();
            try (PreparedStatement select =
                            connection.prepareStatement("select action, level_word from core_residence_rule");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    levels.put(rows.getString(1), Level.of(rows.getString(2)).orElseThrow());
                }
            }
            return Map.copyOf(levels);
        });
    }
}
