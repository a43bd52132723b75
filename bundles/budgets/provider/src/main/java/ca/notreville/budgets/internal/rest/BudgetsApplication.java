// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.rest;

import ca.notreville.budgets.api.BallotService;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.internal.web.BudgetAdminPages;
import ca.notreville.budgets.internal.web.BudgetPages;
import ca.notreville.core.api.territory.TerritoryService;
import java.util.Set;
import javax.ws.rs.core.Application;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the module serves: {@code /api/v1/budgets}, {@code /budgets} and {@code /admin/budgets}. */
@Component(service = Application.class)
public final class BudgetsApplication extends Application {

    private final Set<Object> resources;

    @Activate
    public BudgetsApplication(
            @Reference BudgetService budgets,
            @Reference BallotService ballots,
            @Reference ExchangeService exchange,
            @Reference TerritoryService territory) {
        resources = Set.of(
                new BudgetResource(budgets, ballots, exchange),
                new BudgetPages(budgets, ballots, exchange, territory),
                new BudgetAdminPages(budgets, exchange, territory));
    }

    @Override
    public Set<Object> getSingletons() {
        return resources;
    }
}
