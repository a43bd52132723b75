// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;

/** Walks through a table of any size a thousand rows at a time. */
final class Listing {

    private Listing() {}

    /** @param sql selects ids greater than its one parameter */
    static void walk(Connection connection, String sql, LongConsumer id) throws SQLException {
        List<Long> some;
        long last = 0;
        do {
            some = Db.list(connection, sql + " order by 1 fetch first 1000 rows only", row -> row.getLong(1), last);
            for (long one : some) {
                id.accept(one);
                last = one;
            }
        } while (!some.isEmpty());
    }
}
