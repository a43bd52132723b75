// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import java.util.HashMap;
import java.util.Map;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.CollectionTable;
import javax.persistence.Column;
import javax.persistence.ElementCollection;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.JoinColumn;
import javax.persistence.MapKeyColumn;
import javax.persistence.Table;

@Entity(name = "Organisation")
@Table(name = "core_organisation")
@Access(AccessType.FIELD)
public class OrganisationEntity {

    @Id
    private long id;

    private String name;
    private String kind;

    @Column(name = "neighbourhood_id")
    private String neighbourhood;

    @Column(name = "mission_fr")
    private String missionFr;

    @Column(name = "mission_en")
    private String missionEn;

    /** Member id → owner, manager or member. */
    @ElementCollection
    @CollectionTable(name = "core_membership", joinColumns = @JoinColumn(name = "organisation_id"))
    @MapKeyColumn(name = "member_id")
    @Column(name = "role")
    private Map<Long, String> memberships = new HashMap<>();

    protected OrganisationEntity() {} // JPA

    public OrganisationEntity(
            long id, String name, String kind, String neighbourhood, String missionFr, String missionEn) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.neighbourhood = neighbourhood;
        this.missionFr = missionFr;
        this.missionEn = missionEn;
    }

    public void join(long member, String role) {
        memberships.put(member, role);
    }

    public long id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String kind() {
        return kind;
    }

    public String neighbourhood() {
        return neighbourhood;
    }

    public String missionFr() {
        return missionFr;
    }

    public String missionEn() {
        return missionEn;
    }

    public int size() {
        return memberships.size();
    }
}
