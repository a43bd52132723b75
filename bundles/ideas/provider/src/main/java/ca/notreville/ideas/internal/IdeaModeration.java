// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.jpa.ListingTable;
import ca.notreville.persistence.api.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Ideas as what can be reported and hidden. A hidden idea is in a state of its own, which no list, vote or search knows. */
@Component
public final class IdeaModeration implements ModeratedContent {

    private final JpaTemplate jpa;
    private final Outbox outbox;
    private final Tallies tallies;
    private final Cards cards;
    private final NewsDesk desk;
    private final FollowService follows;

    @Activate
    public IdeaModeration(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference Outbox outbox,
            @Reference Tallies tallies,
            @Reference Cards cards,
            @Reference NewsDesk desk,
            @Reference FollowService follows) {
        this.jpa = jpa;
        this.outbox = outbox;
        this.tallies = tallies;
        this.cards = cards;
        this.desk = desk;
        this.follows = follows;
    }

    @Override
    public String kind() {
        return IdeaService.KIND;
    }

    @Override
    public Optional<Item> describe(long id) {
        return find(id).filter(idea -> idea.state() != IdeaState.DRAFT).map(IdeaModeration::item);
    }

    private Optional<IdeaEntity> find(long id) {
        return Optional.ofNullable(jpa.txExpr(em -> em.find(IdeaEntity.class, id)));
    }

    static Item item(IdeaEntity idea) {
        return new Item(
                new Initiative(IdeaService.KIND, idea.id()),
                idea.title(),
                String.join("\n\n", idea.title(), idea.need(), idea.proposal(), idea.beneficiaries())
                        .strip(),
                "/ideas/" + idea.id(),
                idea.author(),
                idea.neighbourhood(),
                idea.state() == IdeaState.HIDDEN);
    }

    @Override
    public void hide(Connection connection, long id) throws SQLException {
        if (update(connection, "hidden_state = state, state = 'hidden'", "state <> 'hidden'", id)) {
            ListingTable.delete(connection, id);
            IdeaSearch.changed(outbox, connection, id);
        }
    }

    @Override
    public void restore(Connection connection, long id) throws SQLException {
        if (update(connection, "state = hidden_state, hidden_state = null", "state = 'hidden'", id)) {
            ListingTable.relist(connection, id);
            IdeaSearch.changed(outbox, connection, id);
            tell(connection, id);
        }
    }

    /** Of what was held until now people hear when they can see it; of what they heard before, they do not hear again. */
    private void tell(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select title, category_id, author_id from ideas_idea"
                        + " where id = ? and state = 'published' and reference is null and author_id is not null")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    IdeaServiceImpl.tell(
                            desk, follows, connection, id, row.getString(1), row.getString(2), row.getLong(3));
                }
            }
        }
    }

    private static boolean update(Connection connection, String change, String condition, long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update ideas_idea set " + change + ", version = version + 1 where id = ? and " + condition)) {
            update.setLong(1, id);
            return update.executeUpdate() > 0;
        }
    }

    /** What it is sorted by is counted anew. */
    @Override
    public void changed(long id) {
        cards.changed(id);
        tallies.changed(id);
        outbox.poke();
        desk.poke();
    }
}
