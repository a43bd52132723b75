// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Lob;
import javax.persistence.Table;

@Entity(name = "Neighbourhood")
@Table(name = "core_neighbourhood")
@Access(AccessType.FIELD)
public class NeighbourhoodEntity {

    @Id
    private String id;

    private long number;

    @Column(name = "borough_id")
    private String borough;

    private String name;

    @Column(name = "description_fr")
    private String descriptionFr;

    @Column(name = "description_en")
    private String descriptionEn;

    /** Coordinates of a GeoJSON MultiPolygon. */
    @Lob
    private String boundary;

    protected NeighbourhoodEntity() {} // JPA

    public NeighbourhoodEntity(
            long number,
            String id,
            String borough,
            String name,
            String descriptionFr,
            String descriptionEn,
            String boundary) {
        this.number = number;
        this.id = id;
        this.borough = borough;
        this.name = name;
        this.descriptionFr = descriptionFr;
        this.descriptionEn = descriptionEn;
        this.boundary = boundary;
    }

    public long number() {
        return number;
    }

    public String id() {
        return id;
    }

    public String borough() {
        return borough;
    }

    public String name() {
        return name;
    }

    public String descriptionFr() {
        return descriptionFr;
    }

    public String descriptionEn() {
        return descriptionEn;
    }

    public String boundary() {
        return boundary;
    }
}
