// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Profiles of members and organisations as what can be reported and hidden. */
public final class ProfileModeration {

    private ProfileModeration() {}

    /** Members. What they wrote elsewhere stays; each of it can be hidden by itself. */
    @Component(service = ModeratedContent.class)
    public static final class OfMembers implements ModeratedContent {

        private static final String KIND = "member";

        private final DataSource dataSource;
        private final MemberService members;

        @Activate
        public OfMembers(
                @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
                @Reference MemberService members) {
            this.dataSource = dataSource;
            this.members = members;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Optional<Item> describe(long id) {
            Initiative item = new Initiative(KIND, id);
            return members.find(id)
                    .map(member -> new Item(
                            item,
                            member.displayName(),
                            member.bio(),
                            "/members/" + id,
                            id,
                            member.neighbourhood(),
                            Sql.read(dataSource, c -> CaseTable.hidden(c, item))));
        }

        @Override
        public void hide(Connection connection, long id) throws SQLException {
            CaseTable.hide(connection, new Initiative(KIND, id));
        }

        @Override
        public void restore(Connection connection, long id) throws SQLException {
            CaseTable.restore(connection, new Initiative(KIND, id));
        }
    }

    /** Organisations. */
    @Component(service = ModeratedContent.class)
    public static final class OfOrganisations implements ModeratedContent {

        private static final String KIND = "organisation";

        private final DataSource dataSource;
        private final OrganisationService organisations;

        @Activate
        public OfOrganisations(
                @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
                @Reference OrganisationService organisations) {
            this.dataSource = dataSource;
            this.organisations = organisations;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Optional<Item> describe(long id) {
            Initiative item = new Initiative(KIND, id);
            return organisations
                    .find(id)
                    .map(known -> new Item(
                            item,
                            known.name(),
                            known.mission(Locale.FRENCH),
                            "/organisations/" + id,
                            0,
                            known.neighbourhood(),
                            Sql.read(dataSource, c -> CaseTable.hidden(c, item))));
        }

        @Override
        public void hide(Connection connection, long id) throws SQLException {
            CaseTable.hide(connection, new Initiative(KIND, id));
        }

        @Override
        public void restore(Connection connection, long id) throws SQLException {
            CaseTable.restore(connection, new Initiative(KIND, id));
        }
    }
}
