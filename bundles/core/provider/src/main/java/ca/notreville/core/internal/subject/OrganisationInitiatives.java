// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.subject;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.organisation.OrganisationService;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Organisations as initiatives. */
@Component
public final class OrganisationInitiatives implements InitiativeSource {

    static final String KIND = "organisation";

    private final OrganisationService organisations;

    @Activate
    public OrganisationInitiatives(@Reference OrganisationService organisations) {
        this.organisations = organisations;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        return organisations
                .find(id)
                .map(organisation -> new InitiativeSummary(
                        new Initiative(KIND, id),
                        organisation.name(),
                        "/organisations/" + id,
                        false,
                        organisation.neighbourhood(),
                        organisations.acting(id)));
    }
}
