// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.internal.access.ResidenceStore;
import ca.notreville.core.internal.view.StaticTemplates;
import ca.notreville.web.api.InitiativePanel;
import ca.notreville.web.api.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells a member before they try what needs a residence that they have not shown yet, and the way to it. */
@Component
public final class VerificationPanel implements InitiativePanel {

    private final AccessControl access;
    private final ResidenceStore store;

    @Activate
    public VerificationPanel(@Reference AccessControl access, @Reference ResidenceStore store) {
        this.access = access;
        this.store = store;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Optional<Content> render(Visit visit, Initiative initiative) {
        List<String> lacking = store.rules().keySet().stream()
                .filter(action -> access.lacksVerification(visit.caller(), action, Scope.TOWN))
                .sorted()
                .toList();
        return lacking.isEmpty() || !visit.caller().signedIn()
                ? Optional.empty()
                : Optional.of(new StaticTemplates().verificationPanel(visit, lacking));
    }
}
