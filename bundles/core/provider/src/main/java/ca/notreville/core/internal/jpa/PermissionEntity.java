// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.access.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;

/** What the municipality decided about one action. */
@Entity(name = "Permission")
@Table(name = "core_permission")
@Access(AccessType.FIELD)
public class PermissionEntity {

    @Id
    private String action;

    @Version
    private int version;

    private String roles;

    @Column(name = "decided_by")
    private long decidedBy;

    @Column(name = "decided_at")
    private Instant decidedAt;

    protected PermissionEntity() {} // JPA

    /** @param by id of the member, 0 for the operator */
    public PermissionEntity(String action, Set<Role> roles, long by, Instant at) {
        this.action = action;
        decide(roles, by, at);
    }

    public final void decide(Set<Role> allowed, long by, Instant at) {
        roles = allowed.stream().sorted().map(Role::word).collect(Collectors.joining(" "));
        decidedBy = by;
        decidedAt = at;
    }

    public String action() {
        return action;
    }

    public Set<Role> roles() {
        Set<Role> allowed = EnumSet.noneOf(Role.class);
        Arrays.stream(roles.split(" ")).flatMap(word -> Role.of(word).stream()).forEach(allowed::add);
        return allowed;
    }
}
