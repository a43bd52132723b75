// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import java.time.Instant;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.JoinColumn;
import javax.persistence.ManyToOne;
import javax.persistence.Table;

@Entity(name = "Session")
@Table(name = "core_session")
@Access(AccessType.FIELD)
public class SessionEntity {

    @Id
    @Column(name = "token_hash")
    private String tokenHash;

    @ManyToOne
    @JoinColumn(name = "member_id")
    private MemberEntity member;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    protected SessionEntity() {} // JPA

    public SessionEntity(String tokenHash, MemberEntity member, Instant createdAt, Instant expiresAt) {
        this.tokenHash = tokenHash;
        this.member = member;
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
    }

    public MemberEntity member() {
        return member;
    }

    public Instant expiresAt() {
        return expiresAt;
    }
}
