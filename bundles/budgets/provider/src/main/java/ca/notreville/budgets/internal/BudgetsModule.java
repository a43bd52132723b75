// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.BallotService;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.module.CommunityModule;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Budgets as a module: works when its services do. */
@Component
public final class BudgetsModule implements CommunityModule {

    @Activate
    public BudgetsModule(
            @Reference BudgetService budgets, @Reference BallotService ballots, @Reference ExchangeService exchange) {}

    @Override
    public String id() {
        return "budgets";
    }

    @Override
    public Set<Action> actions() {
        return Set.of(
                Action.of(BallotService.VOTE, Role.MEMBER),
                Action.of(BudgetService.MANAGE, Role.STAFF, Role.ADMINISTRATOR));
    }
}
