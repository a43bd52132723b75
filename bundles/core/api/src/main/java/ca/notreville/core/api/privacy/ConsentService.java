// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.privacy;

import ca.notreville.core.api.access.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Consents and their dates. Nothing is overwritten: the latest decision of a kind holds. */
@ProviderType
public interface ConsentService {

    int MAX_EDITION = 20;

    /** Of the texts that the platform itself brings, at {@value #TERMS_PATH}. */
    String EDITION = "2026-11";

    String TERMS_PATH = "/terms";

    /**
     * Notes a decision in the transaction that carries it out: the account is opened, the letters are stopped.
     *
     * @param edition {@value #MAX_EDITION} characters at most
     */
    void record(Connection connection, long member, Consent.Kind kind, String edition, boolean given)
            throws SQLException;

    /** Notes that somebody who opens or takes over an account agrees to both texts, which the page says above its button. */
    default void recordOpening(Connection connection, long member) throws SQLException {
        record(connection, member, Consent.Kind.TERMS, EDITION, true);
        record(connection, member, Consent.Kind.PRIVACY, EDITION, true);
    }

    /** All decisions of the caller, newest first. */
    List<Consent> mine(Caller caller);

    /** Whether the member's latest decision of this kind is yes; no without any. */
    boolean holds(long member, Consent.Kind kind);
}
