// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.territory.Borough;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

@Entity(name = "Borough")
@Table(name = "core_borough")
@Access(AccessType.FIELD)
public class BoroughEntity {

    @Id
    private String id;

    private String name;

    protected BoroughEntity() {} // JPA

    public BoroughEntity(String id, String name) {
        this.id = id;
        this.name = name;
    }

    public Borough toBorough() {
        return new Borough(id, name);
    }
}
