// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.audit;

import ca.notreville.core.api.audit.AuditLog.Verification;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.OutboxFollower;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.persistence.api.Violations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives each entry of the audit log its place in the chain, after its commit, so that those who write entries never wait for
 * each other. Every node tries; the key of a place lets one of them have it.
 */
@Component
public final class AuditChain implements OutboxFollower {

    static final String TOPIC = "audit";

    private static final int AT_ONCE = 200;

    /** No transaction takes longer to commit its entry than this. */
    private static final Duration LATE = Duration.ofMinutes(15);

    private static final int MAX_FAULTS = 20;
    private static final String ENTRY = "a.id, a.happened_at, a.actor_id, a.action, a.subject, a.details";

    private final DataSource dataSource;

    /** Whether this node has looked through the whole log once; from then on it looks at what is new. */
    private boolean looked;

    @Activate
    public AuditChain(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    /** From the beginning: what stands in the chain already costs one look. */
    @Override
    public long position() {
        return 0;
    }

    @Override
    public void deliver(List<OutboxRow> rows) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            while (link(connection, looked ? newer(connection) : 0)) {
                connection.commit();
            }
            connection.rollback();
            looked = true;
        } catch (SQLException e) {
            if (!Violations.isUnique(e) && !Violations.isRollback(e)) {
                throw new IllegalStateException(e);
            }
            // another node had the place first and goes on from there
        }
    }

    /** The id from which on there may be entries without a place. */
    private static long newer(Connection connection) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement("select max(entry_id) from core_audit_link");
                ResultSet row = last.executeQuery()) {
            row.next();
            return Ids.atOrAfter(Ids.time(row.getLong(1)).minus(LATE));
        }
    }

    /** @return whether there may be more */
    private static boolean link(Connection connection, long from) throws SQLException {
        long number = 0;
        String hash = "";
        try (PreparedStatement last = connection.prepareStatement(
                        "select number, hash from core_audit_link order by number desc fetch first 1 rows only");
                ResultSet row = last.executeQuery()) {
            if (row.next()) {
                number = row.getLong(1);
                hash = row.getString(2);
            }
        }
        int linked = 0;
        try (PreparedStatement unlinked =
                        connection.prepareStatement("select " + ENTRY + " from core_audit a where not exists"
                                + " (select 1 from core_audit_link l where l.entry_id = a.id) order by a.id fetch first "
                                + AT_ONCE + " rows only");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into core_audit_link (number, entry_id, hash) values (?, ?, ?)");
                ResultSet row = unlinked.executeQuery()) {
            while (row.next()) {
                number++;
                hash = hash(hash, number, row);
                insert.setLong(1, number);
                insert.setLong(2, row.getLong(1));
                insert.setString(3, hash);
                insert.addBatch();
                linked++;
            }
            if (linked > 0) {
                insert.executeBatch();
            }
        }
        return linked > 0;
    }

    /** SHA-256 of the previous hash, the number and the entry; each part goes in with its length, so that none can lend to another. */
    private static String hash(String previous, long number, ResultSet entry) throws SQLException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {
                previous,
                String.valueOf(number),
                String.valueOf(entry.getLong(1)),
                String.valueOf(entry.getTimestamp(2).getTime()),
                String.valueOf(entry.getLong(3)),
                entry.getString(4),
                entry.getString(5),
                entry.getString(6)
            }) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Verification verify(Connection connection) throws SQLException {
        List<String> faults = new ArrayList<>();
        long number = 0;
        String hash = "";
        try (PreparedStatement chain = connection.prepareStatement(
                        "select " + ENTRY
                                + ", l.number, l.hash from core_audit_link l join core_audit a on a.id = l.entry_id order by l.number");
                ResultSet row = chain.executeQuery()) {
            while (row.next()) {
                long expected = number + 1;
                number = row.getLong(7);
                if (number != expected && faults.size() < MAX_FAULTS) {
                    faults.add("entries " + expected + " to " + (number - 1) + " are missing");
                }
                if (!hash(hash, number, row).equals(row.getString(8)) && faults.size() < MAX_FAULTS) {
                    faults.add("entry " + number + " (id " + row.getLong(1) + ") is not what was written");
                }
                hash = row.getString(8);
            }
        }
        return new Verification(number, waiting(connection), faults, hash);
    }

    private static long waiting(Connection connection) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("select count(*) from core_audit a where not exists"
                        + " (select 1 from core_audit_link l where l.entry_id = a.id)");
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
