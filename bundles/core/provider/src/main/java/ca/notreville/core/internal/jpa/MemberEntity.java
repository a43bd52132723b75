// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Profile;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.CascadeType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.OneToMany;
import javax.persistence.Table;
import javax.persistence.Version;

@Entity(name = "Member")
@Table(name = "core_member")
@Access(AccessType.FIELD)
public class MemberEntity {

    @Id
    private long id;

    @Version
    private int version;

    private String email;
    private String password;

    @Column(name = "display_name")
    private String displayName;

    private String profile;

    @Column(name = "neighbourhood_id")
    private String neighbourhood;

    private String language;
    private String bio;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "confirmed_at")
    private Instant confirmedAt;

    @OneToMany(mappedBy = "member", cascade = CascadeType.ALL, orphanRemoval = true)
    private Set<RoleGrantEntity> roles = new HashSet<>();

    protected MemberEntity() {} // JPA

    public MemberEntity(
            long id,
            String email,
            String password,
            String displayName,
            Profile profile,
            String neighbourhood,
            Locale language,
            Instant createdAt) {
        this.id = id;
        this.email = email;
        this.password = password;
        this.displayName = displayName;
        this.profile = profile.word();
        this.neighbourhood = neighbourhood;
        this.language = language.getLanguage();
        this.createdAt = createdAt;
    }

    /** The address is its owner's. */
    public void confirm(Instant at) {
        confirmedAt = at;
    }

    public void describe(String text) {
        bio = text;
    }

    /** @return whether the member did not hold it before */
    public boolean grant(Grant grant, Instant at) {
        return !holds(grant) && roles.add(new RoleGrantEntity(this, grant, at));
    }

    /** @return whether the member held it */
    public boolean revoke(Grant grant) {
        return roles.removeIf(held -> held.toGrant().filter(grant::equals).isPresent());
    }

    private boolean holds(Grant grant) {
        return roles.stream()
                .anyMatch(held -> held.toGrant().filter(grant::equals).isPresent());
    }

    public Set<RoleGrantEntity> grants() {
        return Set.copyOf(roles);
    }

    /** PHC string; {@code null} if the member cannot sign in with a password. */
    public String password() {
        return password;
    }

    public Member toMember() {
        return new Member(
                id,
                displayName,
                email,
                Profile.valueOf(profile.toUpperCase(Locale.ROOT)),
                neighbourhood,
                Locale.forLanguageTag(language),
                bio == null ? "" : bio,
                roles.stream().flatMap(grant -> grant.toGrant().stream()).collect(Collectors.toSet()),
                createdAt);
    }
}
