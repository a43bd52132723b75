// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes news and brings them to those whom they concern. News are rows, written in the transaction of the fact; a job on any
 * one node spreads them, from where it stood if it was stopped. Nobody is told the same news twice.
 */
@ProviderType
public interface NewsDesk {

    /** Publishes in the caller's transaction. News whose reference is known already are left out. */
    void publish(Connection connection, News news) throws SQLException;

    /** Takes news back in the caller's transaction, e.g. because what they quote was hidden; letters are not fetched back. */
    void withdraw(Connection connection, String reference) throws SQLException;

    /** Call after the commit: this node then spreads them at once instead of within a second. */
    void poke();

    /**
     * Who reads a page that was opened by the link of a letter with {@linkplain News#signed() signed links}. To be trusted
     * with what the letter itself asks about, and with nothing else: letters are handed on.
     *
     * @param path of the news
     * @param token parameter {@code as} of the address
     * @return id of the member; empty if the token is not good
     */
    OptionalLong reader(String path, String token);
}
