// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Embeddable;

/** A role of a member. Two are equal if they allow the same, whenever they were granted. */
@Embeddable
@Access(AccessType.FIELD)
public class RoleGrant {

    private String role;

    @Column(name = "limit_kind")
    private String kind;

    @Column(name = "limit_id")
    private String place;

    @Column(name = "granted_at")
    private Instant grantedAt;

    protected RoleGrant() {} // JPA

    public RoleGrant(Grant grant, Instant at) {
        role = grant.role().word();
        kind = grant.limit().word();
        place = grant.limit() == Grant.Limit.TOWN ? "-" : grant.where();
        grantedAt = at;
    }

    public Instant grantedAt() {
        return grantedAt;
    }

    /** Empty for a role that a later version knew. */
    public Optional<Grant> toGrant() {
        Grant.Limit limit = Grant.Limit.valueOf(kind.toUpperCase(Locale.ROOT));
        return Role.of(role).map(known -> new Grant(known, limit, limit == Grant.Limit.TOWN ? "" : place));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoleGrant that
                && role.equals(that.role)
                && kind.equals(that.kind)
                && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return Objects.hash(role, kind, place);
    }
}
