// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells every node that something changed, without ever forgetting it: the row is written in the transaction of the change
 * itself. Rows are kept for {@value #RETENTION_DAYS} days.
 */
@ProviderType
public interface Outbox {

    int RETENTION_DAYS = 7;

    /**
     * Writes one row on the caller's connection; it is committed or rolled back with whatever else that does.
     *
     * @param topic 40 characters at most
     * @param item what changed, 120 characters at most, e.g. {@code idea:42}
     */
    void append(Connection connection, String topic, String item) throws SQLException;

    /** Call after the commit: followers on this node then see the row within milliseconds instead of a second. */
    void poke();
}
