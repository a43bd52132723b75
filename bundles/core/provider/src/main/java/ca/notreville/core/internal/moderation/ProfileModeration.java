// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Profiles of members and organisations as what can be reported and hidden. What is hidden is noted in a table that their
 * services look into; the search is told through the outbox.
 */
public abstract class ProfileModeration implements ModeratedContent {

    private final String kind;
    private final DataSource dataSource;
    private final Outbox outbox;

    private ProfileModeration(String kind, DataSource dataSource, Outbox outbox) {
        this.kind = kind;
        this.dataSource = dataSource;
        this.outbox = outbox;
    }

    @Override
    public final String kind() {
        return kind;
    }

    final boolean hidden(long id) {
        return Sql.read(dataSource, connection -> CaseTable.hidden(connection, new Initiative(kind, id)));
    }

    @Override
    public final void hide(Connection connection, long id) throws SQLException {
        CaseTable.hide(connection, new Initiative(kind, id));
        outbox.append(connection, SearchSource.TOPIC, new Initiative(kind, id).toString());
    }

    @Override
    public final void restore(Connection connection, long id) throws SQLException {
        CaseTable.restore(connection, new Initiative(kind, id));
        outbox.append(connection, SearchSource.TOPIC, new Initiative(kind, id).toString());
    }

    /** Members. What they wrote elsewhere stays; each of it can be hidden by itself. */
    @Component(service = ModeratedContent.class)
    public static final class OfMembers extends ProfileModeration {

        private final MemberService members;

        @Activate
        public OfMembers(
                @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
                @Reference Outbox outbox,
                @Reference MemberService members) {
            super("member", dataSource, outbox);
            this.members = members;
        }

        @Override
        public Optional<Item> describe(long id) {
            return members.find(id)
                    .map(member -> new Item(
                            new Initiative(kind(), id),
                            member.displayName(),
                            member.bio(),
                            "/members/" + id,
                            id,
                            member.neighbourhood(),
                            hidden(id)));
        }
    }

    /** Organisations. */
    @Component(service = ModeratedContent.class)
    public static final class OfOrganisations extends ProfileModeration {

        private final OrganisationService organisations;

        @Activate
        public OfOrganisations(
                @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
                @Reference Outbox outbox,
                @Reference OrganisationService organisations) {
            super("organisation", dataSource, outbox);
            this.organisations = organisations;
        }

        @Override
        public Optional<Item> describe(long id) {
            return organisations
                    .find(id)
                    .map(known -> new Item(
                            new Initiative(kind(), id),
                            known.name(),
                            known.mission(Locale.FRENCH),
                            "/organisations/" + id,
                            0,
                            known.neighbourhood(),
                            hidden(id)));
        }
    }
}
