// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.territory.NeighbourhoodUse;
import ca.notreville.persistence.api.Sql;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A neighbourhood with an idea stays. */
@Component
public final class IdeaPlaces implements NeighbourhoodUse {

    private final DataSource dataSource;

    @Activate
    public IdeaPlaces(@Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Set<String> used(Collection<String> neighbourhoods) {
        return Sql.read(dataSource, connection -> {
            Set<String> used = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement(
                            "select distinct neighbourhood_id from ideas_idea where neighbourhood_id is not null");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    used.add(rows.getString(1));
                }
            }
            used.retainAll(neighbourhoods);
            return used;
        });
    }
}
