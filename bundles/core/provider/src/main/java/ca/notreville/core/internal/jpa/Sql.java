// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import javax.persistence.EntityManager;

/** Plain SQL inside a transaction of JPA. */
public final class Sql {

    private Sql() {}

    /** What to do with the transaction's own connection. */
    @FunctionalInterface
    public interface Work {
        void on(Connection connection) throws SQLException;
    }

    /** Writes what is pending and then works on the same connection; all of it commits or rolls back together. */
    public static void on(EntityManager em, Work work) {
        em.flush();
        try {
            work.on(em.unwrap(Connection.class));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
