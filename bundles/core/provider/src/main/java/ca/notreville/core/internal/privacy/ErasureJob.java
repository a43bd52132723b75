// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.privacy.PersonalData;
import ca.notreville.core.internal.document.Blobs;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.Sql;
import ca.notreville.persistence.api.Violations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends accounts whose time has come, and archives that have expired.
 *
 * <p>First an account is closed: nobody can sign in with it any more, and its sessions end. After {@link #QUIET}, when no node
 * remembers them, each module forgets the member, the core last. After {@link #QUIET} once more all do it again: with the row of
 * the member whatever else could act for them is gone, and what was written until then is found now. The row of the erasure is
 * marked done when all modules that are there say that nothing is left; killed anywhere before, the next round does the rest,
 * since each step can be repeated.
 */
@Component
public final class ErasureJob implements JobHandler {

    static final String CLOSED = "core.account-closed";
    static final String ERASED = "core.account-erased";

    /** Longer than a node remembers a session, and than any request takes. */
    static final Duration QUIET = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ErasureJob.class);
    private static final int AT_ONCE = 100;

    private final DataSource dataSource;
    private final Clock clock;
    private final PersonalDataModules modules;
    private final AuditLog audit;
    private final Blobs blobs;

    @Activate
    public ErasureJob(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference PersonalDataModules modules,
            @Reference AuditLog audit,
            @Reference Blobs blobs) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.modules = modules;
        this.audit = audit;
        this.blobs = blobs;
    }

    @Override
    public String kind() {
        return "core.erasures";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofMinutes(5));
    }

    @Override
    public void run(Job job) {
        expire();
        Instant now = clock.instant();
        for (long member : members("closed_at is null and due_at <= ?", now)) {
            if (lastAdministrator(member)) {
                LOG.warn(
                        "Account {} is to end and is the last administrator's; it is kept until there is another",
                        member);
            } else {
                close(member, now);
            }
        }
        for (long member : members("erased_at is null and closed_at <= ?", now.minus(QUIET))) {
            if (job.stopping()) {
                return;
            }
            try {
                erase(member);
            } catch (RuntimeException e) {
                // one that fails must not keep the others waiting
                LOG.error("Account {} could not be erased; trying again in the next round", member, e);
            }
        }
    }

    private List<Long> members(String condition, Instant moment) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement("select member_id from core_erasure where "
                    + condition + " order by due_at fetch first " + AT_ONCE + " rows only")) {
                select.setTimestamp(1, Timestamp.from(moment));
                List<Long> members = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        members.add(row.getLong(1));
                    }
                }
                return members;
            }
        });
    }

    /** When the wish was taken there was another, who may have gone since. */
    private boolean lastAdministrator(long member) {
        String administrators =
                "select count(*) from core_member_role where role = 'administrator' and limit_kind = 'town'";
        return count(administrators + " and member_id = ?", member) > 0
                && count(administrators + " and member_id <> ?", member) == 0;
    }

    private void close(long member, Instant now) {
        Sql.write(dataSource, connection -> {
            // the wish may be taken back at this very moment: one of the two changes the row
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_erasure set closed_at = ? where member_id = ? and closed_at is null")) {
                update.setTimestamp(1, Timestamp.from(now));
                update.setLong(2, member);
                if (update.executeUpdate() == 0) {
                    return false;
                }
            }
            execute(connection, "update core_member set password = null, version = version + 1 where id = ?", member);
            execute(connection, "delete from core_member_role where member_id = ?", member);
            execute(connection, "delete from core_profile_kind where member_id = ?", member);
            execute(connection, "delete from core_session where member_id = ?", member);
            audit.append(connection, Caller.operator(), CLOSED, "member:" + member, Map.of());
            return true;
        });
    }

    private static void execute(Connection connection, String sql, long member) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, member);
            statement.executeUpdate();
        }
    }

    private void erase(long member) {
        boolean existed = count("select count(*) from core_member where id = ?", member) > 0;
        List<String> archives = archives(member);
        long left = 0;
        for (PersonalData module : modules.inOrder()) {
            try {
                left += module.erase(member);
            } catch (RuntimeException e) {
                if (!Violations.isForeignKey(e)) {
                    throw e;
                }
                // something was written under the member after their rows were looked through: the next round finds it
                left++;
            }
        }
        archives.forEach(blobs::forget);
        if (left > 0) {
            LOG.info("Of account {} {} rows are left; trying again in the next round", member, left);
            return;
        }
        if (existed) {
            Sql.write(dataSource, connection -> {
                try (PreparedStatement update =
                        connection.prepareStatement("update core_erasure set closed_at = ? where member_id = ?")) {
                    update.setTimestamp(1, Timestamp.from(clock.instant()));
                    update.setLong(2, member);
                    update.executeUpdate();
                }
                return true;
            });
            return;
        }
        Sql.write(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_erasure set erased_at = ? where member_id = ? and erased_at is null")) {
                update.setTimestamp(1, Timestamp.from(clock.instant()));
                update.setLong(2, member);
                if (update.executeUpdate() > 0) {
                    audit.append(connection, Caller.operator(), ERASED, "member:" + member, Map.of());
                }
            }
            return true;
        });
    }

    private long count(String sql, long member) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, member);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    private List<String> archives(long member) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select sha256 from core_export where member_id = ? and sha256 is not null")) {
                select.setLong(1, member);
                return texts(select);
            }
        });
    }

    private static List<String> texts(PreparedStatement select) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** What nobody can download any more is not kept. */
    private void expire() {
        Timestamp now = Timestamp.from(clock.instant());
        List<String> archives = Sql.write(dataSource, connection -> {
            List<String> expired;
            try (PreparedStatement select = connection.prepareStatement(
                    "select sha256 from core_export where state = 'done' and expires_at <= ? and sha256 is not null")) {
                select.setTimestamp(1, now);
                expired = texts(select);
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_export set state = 'expired', sha256 = null where state = 'done' and expires_at <= ?")) {
                update.setTimestamp(1, now);
                update.executeUpdate();
            }
            return expired;
        });
        archives.forEach(blobs::forget);
    }
}
