// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells what a database refused, the same for every database. */
public final class Violations {

    private static final int MAX_CAUSES = 12;

    private Violations() {}

    /** Whether a unique or primary key was violated (SQLState 23505). */
    public static boolean isUnique(Throwable failure) {
        return "23505".equals(sqlState(failure));
    }

    /** Whether a foreign key was violated (SQLState 23503). */
    public static boolean isForeignKey(Throwable failure) {
        return "23503".equals(sqlState(failure));
    }

    /** Whether the transaction lost against another one and may be tried again: deadlock or serialisation (class 40). */
    public static boolean isRollback(Throwable failure) {
        String state = sqlState(failure);
        return state != null && state.startsWith("40");
    }

    private static @Nullable String sqlState(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
            cause = cause.getCause();
        }
        return null;
    }
}
