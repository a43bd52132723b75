// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.Phase;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class BudgetsSampleTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("budgets");

    @Test
    void theSampleHasABudgetInEachPhaseThatPeopleSeeAndASecondRunChangesNothing() throws Exception {
        BudgetsFixture town = new BudgetsFixture(database);
        Map<String, Long> members = new HashMap<>();
        for (long i = 1; i <= 40; i++) {
            members.put("somebody-" + i, i);
        }
        BudgetsSample sample = new BudgetsSample(database.dataSource(), town.ids, town.clock, town.counting);

        sample.fill(new SampleTown(members));
        sample.fill(new SampleTown(members));

        List<Budget> budgets =
                town.budgets.list(BudgetsFixture.member(1), Paging.first(10)).items();
        assertThat(budgets)
                .extracting(Budget::phase)
                .containsExactlyInAnyOrder(Phase.DECIDED, Phase.VOTING, Phase.ANNOUNCED);
        Budget decided = budgets.stream()
                .filter(budget -> budget.phase() == Phase.DECIDED)
                .findFirst()
                .orElseThrow();
        assertThat(decided.ballots()).isGreaterThan(20);
        assertThat(town.budgets.result(BudgetsFixture.member(1), decided.id(), null))
                .hasValueSatisfying(result -> assertThat(result.verdicts())
                        .anyMatch(verdict -> verdict.reason().chosen())
                        .anyMatch(verdict -> !verdict.reason().chosen()));
        assertThat(database.number("select sum(ballots) from budgets_gate"))
                .isEqualTo(database.number("select count(*) from budgets_ballot"));
    }
}
