// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/** Who holds which role where. Each call is one transaction and stands in the audit log. */
@ProviderType
public interface RoleService {

    /** Grant and revoke roles. */
    String ROLES = "core.roles";

    /** The roles of one member, those of every account left out. */
    Set<Grant> of(long member);

    /**
     * Everybody who holds a role, newest first.
     *
     * @throws ForbiddenException without {@link #ROLES}
     */
    List<Holder> holders(Caller caller);

    /**
     * Granting twice changes nothing.
     *
     * @throws NotFoundException if there is no such member
     * @throws InvalidException on {@code where}, if there is no such place or organisation
     * @throws ForbiddenException without {@link #ROLES}
     */
    void grant(Caller caller, long member, Grant grant);

    /**
     * Revoking what is not held changes nothing.
     *
     * @throws ConflictException {@code core.last-administrator}
     * @throws ForbiddenException without {@link #ROLES}
     */
    void revoke(Caller caller, long member, Grant grant);

    /** Somebody with a role. */
    record Holder(long member, String displayName, Grant grant, Instant since) {}
}
