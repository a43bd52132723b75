// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import ca.notreville.core.api.verification.VerificationAdmin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The rows of settings and verifications, for those who hold a transaction. */
final class ResidenceRows {

    private ResidenceRows() {}

    static VerificationAdmin.Settings read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select post, valid_months, counter_text from core_residence_setting where id = 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return new VerificationAdmin.Settings(false, 0, "");
            }
            String counter = row.getString(3);
            return new VerificationAdmin.Settings(row.getInt(1) == 1, row.getInt(2), counter == null ? "" : counter);
        }
    }

    static @Nullable Instant until(Connection connection, Instant now) throws SQLException {
        int months = read(connection).validMonths();
        return months == 0
                ? null
                : now.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }

    /** Writes what a member has from now on; a proof that another member has violates the unique key. */
    static void write(
            Connection connection,
            long member,
            String level,
            String way,
            Instant now,
            @Nullable Instant until,
            long by,
            @Nullable String proof)
            throws SQLException {
        // a new proof takes the place of the old one; a way without proof leaves it, so that it counts once
        int updated;
        try (PreparedStatement update = connection.prepareStatement(
                "update core_residence set level_word = ?, way = ?, since = ?, until_time = ?,"
                        + " verified_by = ?, proof = coalesce(cast(? as varchar(64)), proof) where member_id = ?")) {
            fill(update, level, way, now, until, by, proof, member);
            updated = update.executeUpdate();
        }
        if (updated == 0) {
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into core_residence (level_word, way, since, until_time, verified_by, proof, member_id)"
                            + " values (?, ?, ?, ?, ?, ?, ?)")) {
                fill(insert, level, way, now, until, by, proof, member);
                insert.executeUpdate();
            }
        }
    }

    private static void fill(
            PreparedStatement statement,
            String level,
            String way,
            Instant now,
            @Nullable Instant until,
            long by,
            @Nullable String proof,
            long member)
            throws SQLException {
        statement.setString(1, level);
        statement.setString(2, way);
        statement.setTimestamp(3, Timestamp.from(now));
        statement.setTimestamp(4, until == null ? null : Timestamp.from(until));
        statement.setLong(5, by);
        statement.setString(6, proof);
        statement.setLong(7, member);
    }
}
