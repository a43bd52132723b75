// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** The one municipality. */
@Entity(name = "Town")
@Table(name = "core_town")
@Access(AccessType.FIELD)
public class TownEntity {

    public static final int ID = 1;

    @Id
    private int id = ID;

    private String name;

    protected TownEntity() {} // JPA

    public TownEntity(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
