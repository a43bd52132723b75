// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.jpa.ListingTable;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.persistence.EntityManager;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Writes ideas with all that must go with them: their place in the lists and the word to the search indexes. */
@Component(service = IdeaWriter.class)
public final class IdeaWriter {

    private final Outbox outbox;

    @Activate
    public IdeaWriter(@Reference Outbox outbox) {
        this.outbox = outbox;
    }

    /** New ideas, in the caller's transaction. */
    public void publish(EntityManager em, Collection<IdeaEntity> ideas) {
        if (ideas.isEmpty()) {
            return;
        }
        ideas.forEach(em::persist);
        em.flush();
        List<IdeaEntity> listed =
                ideas.stream().filter(idea -> idea.state().listed()).toList();
        Sql.on(em, connection -> {
            ListingTable.insert(connection, listed);
            tellSearch(connection, listed);
        });
    }

    /** Ideas whose text, place or category changed, in the caller's transaction. */
    public void changed(EntityManager em, Collection<IdeaEntity> ideas) {
        if (ideas.isEmpty()) {
            return;
        }
        Sql.on(em, connection -> {
            ListingTable.update(connection, ideas);
            tellSearch(connection, ideas);
        });
    }

    /** Call after the commit. */
    public void published() {
        outbox.poke();
    }

    private void tellSearch(Connection connection, Collection<IdeaEntity> ideas) throws SQLException {
        for (IdeaEntity idea : ideas) {
            IdeaSearch.changed(outbox, connection, idea.id());
        }
    }
}
