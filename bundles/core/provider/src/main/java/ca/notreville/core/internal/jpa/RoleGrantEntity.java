// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.JoinColumn;
import javax.persistence.ManyToOne;
import javax.persistence.Table;

/** A role of a member. */
@Entity(name = "RoleGrant")
@Table(name = "core_member_role")
@IdClass(RoleGrantEntity.Key.class)
@Access(AccessType.FIELD)
public class RoleGrantEntity {

    /** What {@code limit_id} holds for the whole town: no part of a key is null. */
    private static final String TOWN = "-";

    @Id
    @ManyToOne
    @JoinColumn(name = "member_id")
    private MemberEntity member;

    @Id
    private String role;

    @Id
    @Column(name = "limit_kind")
    private String kind;

    @Id
    @Column(name = "limit_id")
    private String place;

    @Column(name = "granted_at")
    private Instant grantedAt;

    protected RoleGrantEntity() {} // JPA

    RoleGrantEntity(MemberEntity member, Grant grant, Instant at) {
        this.member = member;
        role = grant.role().word();
        kind = grant.limit().word();
        place = grant.limit() == Grant.Limit.TOWN ? TOWN : grant.where();
        grantedAt = at;
    }

    public Instant grantedAt() {
        return grantedAt;
    }

    /** Empty for a role that only a later version knows. */
    public Optional<Grant> toGrant() {
        Grant.Limit limit = Grant.Limit.valueOf(kind.toUpperCase(Locale.ROOT));
        return Role.of(role).map(known -> new Grant(known, limit, limit == Grant.Limit.TOWN ? "" : place));
    }

    /** The primary key. */
    public static final class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private long member;
        private String role;
        private String kind;
        private String place;

        public Key() {} // JPA

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && member == that.member
                    && role.equals(that.role)
                    && kind.equals(that.kind)
                    && place.equals(that.place);
        }

        @Override
        public int hashCode() {
            return Objects.hash(member, role, kind, place);
        }
    }
}
