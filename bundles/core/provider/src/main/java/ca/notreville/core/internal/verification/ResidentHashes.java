// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What is known of the list whose hashes are kept. */
record ResidentHashes(
        String salt,
        java.time.Instant importedAt,
        int people,
        int refused,
        java.util.List<Integer> refusedLines,
        boolean birthDate,
        boolean postalCode) {

    static java.util.Optional<ResidentHashes> read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select salt, imported_at, people, refused, refused_lines, birth_date, postal_code"
                                + " from core_resident_list where id = 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return java.util.Optional.empty();
            }
            return java.util.Optional.of(new ResidentHashes(
                    row.getString(1),
                    row.getTimestamp(2).toInstant(),
                    row.getInt(3),
                    row.getInt(4),
                    java.util.Arrays.stream(row.getString(5).split(" "))
                            .filter(line -> !line.equals("-"))
                            .map(Integer::valueOf)
                            .toList(),
                    row.getInt(6) == 1,
                    row.getInt(7) == 1));
        }
    }
}
