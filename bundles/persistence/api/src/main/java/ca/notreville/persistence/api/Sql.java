// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.persistence.EntityManager;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL without ceremony. A {@link SQLException} that nobody can do anything about comes out as an
 * {@link IllegalStateException}; what else the work throws comes out as it is.
 */
public final class Sql {

    /** How often a transaction is tried that loses against others: each time one of the others is done. */
    static final int TRIES = 10;

    private Sql() {}

    /** What to do with a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** What to do with a connection, without a result. */
    @FunctionalInterface
    public interface Act {
        void on(Connection connection) throws SQLException;
    }

    /** Works on a connection of its own, each statement by itself: for reading. */
    public static <T extends @Nullable Object> T read(DataSource dataSource, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Works in a transaction of its own, and does all of it again when it lost against another one: of many that bring the same
     * unique row at once, one writes it and the others then find it. So the work looks before it writes, and does nothing that
     * cannot be done twice.
     */
    public static <T extends @Nullable Object> T write(DataSource dataSource, Work<T> work) {
        return again(() -> {
            try (Connection connection = dataSource.getConnection()) {
                connection.setAutoCommit(false);
                try {
                    T result = work.on(connection);
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** As {@link #write}, for a whole transaction of JPA: {@code Sql.again(() -> jpa.txExpr(em -> …))}. */
    public static <T extends @Nullable Object> T again(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (attempt == TRIES || !(Violations.isUnique(e) || Violations.isRollback(e))) {
                    throw e;
                }
            }
        }
    }

    /** Writes what is pending in a transaction of JPA and then works on its connection; all commits or rolls back together. */
    public static void on(EntityManager em, Act act) {
        em.flush();
        try {
            act.on(em.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
