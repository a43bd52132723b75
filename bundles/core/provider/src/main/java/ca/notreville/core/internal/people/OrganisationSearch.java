// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.search.SearchDocument;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.persistence.api.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes organisations findable. */
@Component
public final class OrganisationSearch implements SearchSource {

    private final DataSource dataSource;

    @Activate
    public OrganisationSearch(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String kind() {
        return OrganisationServiceImpl.KIND;
    }

    @Override
    public Optional<SearchDocument> document(long id) {
        return Sql.read(dataSource, connection -> OrganisationServiceImpl.listed(connection, id))
                .map(organisation -> {
                    Map<String, String> filters = new HashMap<>();
                    filters.put("kind", organisation.kind());
                    if (organisation.neighbourhood() != null) {
                        filters.put("neighbourhood", organisation.neighbourhood());
                    }
                    return new SearchDocument(
                            new Initiative(kind(), id),
                            organisation.name(),
                            String.join(
                                    "\n", organisation.missionFr(), organisation.missionEn(), organisation.address()),
                            filters);
                });
    }

    @Override
    public void forEach(LongConsumer id) {
        Sql.read(dataSource, connection -> {
            Listing.walk(connection, "select id from core_organisation where id > ?", id);
            return true;
        });
    }
}
