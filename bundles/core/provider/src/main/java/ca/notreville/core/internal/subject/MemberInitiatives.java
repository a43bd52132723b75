// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.subject;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.profile.MemberProfile;
import ca.notreville.core.api.profile.ProfileService;
import java.util.Optional;
import java.util.Set;
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
        MemberProfile profile;
        try {
            profile = profiles.show(caller, id);
        } catch (NotFoundException e) {
            return Optional.empty();
        }
        // as everybody sees it: what the member hides is told to no other module
        return Optional.of(new InitiativeSummary(
                new Initiative(KIND, id),
                profile.displayName(),
                "/members/" + id,
                false,
                profile.neighbourhood(),
                Set.of(id)));
    }
}
