// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

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

/** Which neighbourhoods budgets and their projects are pinned to. */
@Component
public final class BudgetPlaces implements NeighbourhoodUse {

    private final DataSource dataSource;

    @Activate
    public BudgetPlaces(@Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public Set<String> used(Collection<String> neighbourhoods) {
        return Sql.read(dataSource, connection -> {
            Set<String> used = new HashSet<>();
            for (String table : new String[] {"budgets_budget", "budgets_project"}) {
                try (PreparedStatement select = connection.prepareStatement(
                        "select id from " + table + " where territory = ? fetch first 1 rows only")) {
                    for (String neighbourhood : neighbourhoods) {
                        select.setString(1, "neighbourhood:" + neighbourhood);
                        try (ResultSet row = select.executeQuery()) {
                            if (row.next()) {
                                used.add(neighbourhood);
                            }
                        }
                    }
                }
            }
            return used;
        });
    }
}
