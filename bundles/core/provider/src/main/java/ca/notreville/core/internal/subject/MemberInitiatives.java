// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.subject;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.ProfileService;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Members as what can be followed; nothing is discussed on their pages. */
@Component
public final class MemberInitiatives implements InitiativeSource {

    static final String KIND = "member";

    private final ProfileService profiles;

    @Activate
    public MemberInitiatives(@Reference ProfileService profiles) {
        this.profiles = profiles;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        return Optional.ofNullable(findAll(caller, List.of(id)).get(id));
    }

    @Override
    public Map<Long, InitiativeSummary> findAll(Caller caller, Collection<Long> ids) {
        return profiles.showAll(caller, ids).values().stream()
                .collect(Collectors.toMap(MemberProfile::id, MemberInitiatives::summary));
    }

    /** As everybody sees it: what the member hides is told to no other module. */
    private static InitiativeSummary summary(MemberProfile profile) {
        return new InitiativeSummary(
                new Initiative(KIND, profile.id()),
                profile.displayName(),
                "/members/" + profile.id(),
                false,
                profile.neighbourhood(),
                Set.of(profile.id()));
    }
}
