// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.mail;

import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends letters. A letter is a row, written in the transaction that makes it necessary; one node takes it up, and again until
 * the mail server has it. A stop of the node loses none and sends none twice; a crash between the server's answer and the
 * note of it can send that one letter again, with the same Message-ID.
 */
@ProviderType
public interface Mailer {

    /** Posts a letter in the caller's transaction. One whose reference is known already is left out. */
    void post(Connection connection, Letter letter) throws SQLException;

    /** Call after the commit: this node then sends at once instead of within a second. */
    void poke();
}
