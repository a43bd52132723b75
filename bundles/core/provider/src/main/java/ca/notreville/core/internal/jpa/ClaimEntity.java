// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import java.time.Instant;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;
import javax.persistence.Version;

/** The one-time link of the first administrator. The version keeps two from using it at once. */
@Entity(name = "Claim")
@Table(name = "core_claim")
@Access(AccessType.FIELD)
public class ClaimEntity {

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @Version
    private int version;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "used_at")
    private Instant usedAt;

    protected ClaimEntity() {} // JPA

    public ClaimEntity(String tokenHash, Instant createdAt) {
        this.tokenHash = tokenHash;
        this.createdAt = createdAt;
    }

    public boolean used() {
        return usedAt != null;
    }

    public void use(Instant now) {
        usedAt = now;
    }
}
