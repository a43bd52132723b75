// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.profile.MemberProfile.MemberSkill;
import ca.notreville.core.api.search.SearchDocument;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.persistence.api.Sql;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes members findable who are in the directory, by what they show. */
@Component
public final class MemberSearch implements SearchSource {

    private final DataSource dataSource;

    @Activate
    public MemberSearch(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String kind() {
        return ProfileServiceImpl.KIND;
    }

    @Override
    public Optional<SearchDocument> document(long id) {
        return Sql.read(dataSource, connection -> ProfileServiceImpl.listed(connection, id))
                .map(profile -> {
                    Map<String, String> filters = new HashMap<>();
                    if (profile.neighbourhood() != null) {
                        filters.put("neighbourhood", profile.neighbourhood());
                    }
                    Sql.read(dataSource, connection -> ProfileServiceImpl.kinds(connection, id))
                            .forEach(kind -> filters.put("kind." + kind, "1"));
                    profile.skills().forEach(skill -> filters.put("skill." + skill.key(), "1"));
                    String skills =
                            profile.skills().stream().map(MemberSkill::label).collect(Collectors.joining("\n"));
                    return new SearchDocument(
                            new Initiative(kind(), id),
                            profile.displayName(),
                            String.join("\n", profile.bio(), skills, profile.interests(), profile.availability()),
                            filters);
                });
    }

    @Override
    public void forEach(LongConsumer id) {
        Sql.read(dataSource, connection -> {
            Listing.walk(
                    connection,
                    "select member_id from core_profile --DERBY-PROPERTIES constraint=CORE_PROFILE_PK\n"
                            + "where listed = 1 and member_id > ?",
                    id);
            return true;
        });
    }
}
