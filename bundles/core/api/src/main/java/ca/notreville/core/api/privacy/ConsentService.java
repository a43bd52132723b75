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

    /** Notes a decision in the caller's transaction, as at sign-up. */
    void record(Connection connection, long member, Consent.Kind kind, String edition, boolean given)
            throws SQLException;

    /** Notes a decision of the caller. */
    void decide(Caller caller, Consent.Kind kind, String edition, boolean given);

    /** All decisions of the caller, newest first. */
    List<Consent> mine(Caller caller);

    /** Whether the member's latest decision of this kind is yes; no without any. */
    boolean holds(long member, Consent.Kind kind);
}
