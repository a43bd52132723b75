// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.search.SearchDocument;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.persistence.api.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes ideas findable. */
@Component
public final class IdeaSearch implements SearchSource {

    private final JpaTemplate jpa;
    private final DataSource dataSource;

    @Activate
    public IdeaSearch(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource) {
        this.jpa = jpa;
        this.dataSource = dataSource;
    }

    /** Has every node index this idea anew, if the transaction of this connection commits. */
    static void changed(Outbox outbox, Connection connection, long idea) throws SQLException {
        outbox.append(connection, TOPIC, new Initiative(IdeaService.KIND, idea).toString());
    }

    @Override
    public String kind() {
        return IdeaService.KIND;
    }

    @Override
    public Optional<SearchDocument> document(long id) {
        IdeaEntity idea = jpa.txExpr(em -> em.find(IdeaEntity.class, id));
        if (idea == null || !idea.state().listed()) {
            return Optional.empty();
        }
        Map<String, String> filters = new HashMap<>();
        filters.put("state", idea.state().word());
        if (idea.category() != null) {
            filters.put("category", idea.category());
        }
        if (idea.neighbourhood() != null) {
            filters.put("neighbourhood", idea.neighbourhood());
        }
        return Optional.of(new SearchDocument(
                new Initiative(IdeaService.KIND, id),
                idea.title(),
                String.join("\n", idea.need(), idea.proposal(), idea.beneficiaries()),
                filters));
    }

    @Override
    public void forEach(LongConsumer id) {
        long last = 0;
        boolean more = true;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select idea_id from ideas_listing where idea_id > ? order by idea_id fetch first 1000 rows only")) {
            while (more) {
                more = false;
                select.setLong(1, last);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        last = rows.getLong(1);
                        id.accept(last);
                        more = true;
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
