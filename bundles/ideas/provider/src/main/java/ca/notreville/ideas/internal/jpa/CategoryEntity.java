// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.Category;
import java.util.HashMap;
import java.util.Map;
import javax.persistence.Access;
import javax.persistence.AccessType;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

@Entity(name = "Category")
@Table(name = "ideas_category")
@Access(AccessType.FIELD)
public class CategoryEntity {

    @Id
    private String id;

    @Column(name = "name_fr")
    private String nameFr;

    @Column(name = "name_en")
    private String nameEn;

    protected CategoryEntity() {} // JPA

    public CategoryEntity(String id, String nameFr, String nameEn) {
        this.id = id;
        this.nameFr = nameFr;
        this.nameEn = nameEn;
    }

    public Category toCategory() {
        Map<String, String> names = new HashMap<>();
        names.put("fr", nameFr);
        if (nameEn != null) {
            names.put("en", nameEn);
        }
        return new Category(id, names);
    }
}
