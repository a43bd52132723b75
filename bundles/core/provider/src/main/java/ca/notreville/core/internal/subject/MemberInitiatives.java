// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.subject;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.member.MemberService;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Members as what can be followed; nothing is discussed on their pages. */
@Component
public final class MemberInitiatives implements InitiativeSource {

    static final String KIND = "member";

    private final MemberService members;

    @Activate
    public MemberInitiatives(@Reference MemberService members) {
        this.members = members;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        return members.find(id)
                .map(member -> new InitiativeSummary(
                        new Initiative(KIND, id),
                        member.displayName(),
                        "/members/" + id,
                        false,
                        member.neighbourhood(),
                        Set.of(id)));
    }
}
