// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.ConsultationService;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes consultations known, so that people discuss them and read what lies beside them. */
@Component
public final class ConsultationInitiatives implements InitiativeSource {

    private final ConsultationService consultations;

    @Activate
    public ConsultationInitiatives(@Reference ConsultationService consultations) {
        this.consultations = consultations;
    }

    @Override
    public String kind() {
        return ConsultationService.KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        try {
            Consultation known = consultations.get(id);
            return Optional.of(new InitiativeSummary(
                    new Initiative(kind(), id),
                    known.title(),
                    "/consultations/" + id,
                    known.phase() != Consultation.Phase.CLOSED,
                    known.places().size() == 1 ? known.places().get(0) : null,
                    Set.of()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
