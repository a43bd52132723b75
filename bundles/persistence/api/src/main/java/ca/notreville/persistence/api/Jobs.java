// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Work that must not be lost: a row that any one node takes up, again and again until it is done.
 *
 * <p>The row is written in the transaction that makes the work necessary. It is done at least once; after
 * {@value #MAX_ATTEMPTS} failures it stays as failed for an operator to see.
 */
@ProviderType
public interface Jobs {

    int MAX_ATTEMPTS = 5;

    /**
     * @param kind of the {@link JobHandler}, 60 characters at most
     * @param payload for the handler, 2,000 characters at most
     * @return id of the job
     */
    long enqueue(Connection connection, String kind, String payload) throws SQLException;

    /** Call after the commit: this node then looks for work at once instead of within a second. */
    void poke();
}
