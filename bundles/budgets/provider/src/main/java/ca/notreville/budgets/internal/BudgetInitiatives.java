// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.Phase;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSource;
import ca.notreville.core.api.initiative.InitiativeSummary;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes budgets known to the modules that attach something to them. */
@Component
public final class BudgetInitiatives implements InitiativeSource {

    private static final String NEIGHBOURHOOD = "neighbourhood:";

    private final BudgetService budgets;

    @Activate
    public BudgetInitiatives(@Reference BudgetService budgets) {
        this.budgets = budgets;
    }

    @Override
    public String kind() {
        return BudgetService.KIND;
    }

    @Override
    public Optional<InitiativeSummary> find(Caller caller, long id) {
        try {
            Budget budget = budgets.get(caller, id);
            String territory = budget.territory();
            return Optional.of(new InitiativeSummary(
                    new Initiative(kind(), id),
                    budget.title(),
                    "/budgets/" + id,
                    budget.phase() != Phase.DRAFT && budget.origin().isEmpty(),
                    territory.startsWith(NEIGHBOURHOOD) ? territory.substring(NEIGHBOURHOOD.length()) : null,
                    Set.of()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }
}
