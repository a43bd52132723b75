// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.testing;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Walks the tables of a module for columns in which a member's id stands: by their foreign key to {@code core_member}, and by their
 * name where another module's table cannot be referred to.
 */
public final class MemberColumns {

    /** {@code member_id}, {@code author_id}, {@code added_by}, {@code started_by} … */
    private static final Pattern NAME =
            Pattern.compile("(.*_)?(member|author|actor|owner|sender|recipient|follower|person|user|account)(_id)?"
                    + "|.*_by|caller|carrier_id");

    private MemberColumns() {}

    /** {@code table.column} of each. */
    public static Set<String> of(TestDatabase database, String module) {
        Set<String> found = new TreeSet<>();
        try (Connection connection = database.dataSource().getConnection()) {
            DatabaseMetaData meta = connection.getMetaData();
            boolean upper = meta.storesUpperCaseIdentifiers();
            try (ResultSet column = meta.getColumns(
                    null, connection.getSchema(), (upper ? module.toUpperCase(Locale.ROOT) : module) + "%", "%")) {
                while (column.next()) {
                    String name = lower(column, "COLUMN_NAME");
                    if (lower(column, "TABLE_NAME").startsWith(module + "_")
                            && column.getInt("DATA_TYPE") == Types.BIGINT
                            && NAME.matcher(name).matches()) {
                        found.add(lower(column, "TABLE_NAME") + "." + name);
                    }
                }
            }
            String members = upper ? "CORE_MEMBER" : "core_member";
            try (ResultSet key = meta.getExportedKeys(null, connection.getSchema(), members)) {
                while (key.next()) {
                    if (lower(key, "FKTABLE_NAME").startsWith(module + "_")) {
                        found.add(lower(key, "FKTABLE_NAME") + "." + lower(key, "FKCOLUMN_NAME"));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    private static String lower(ResultSet row, String column) throws SQLException {
        return row.getString(column).toLowerCase(Locale.ROOT);
    }
}
