// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.Ballot.Mark;
import ca.notreville.budgets.api.BallotService;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.budgets.internal.pabulib.ExchangeServiceImpl;
import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.territory.Town;
import ca.notreville.persistence.api.Ids;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.mockito.Mockito;

/** The services of the module on a real database, with what they need of other modules reduced to the least. */
public final class BudgetsFixture {

    private static final AccessControl ACCESS =
            (caller, action, where) -> caller.has(action.equals(BudgetService.MANAGE) ? Role.STAFF : Role.MEMBER);
    private static final AtomicLong LAST_ID = new AtomicLong(1_000);

    public static final Caller STAFF = Caller.member(7, "Agente", Set.of(Role.STAFF), Locale.FRENCH);

    public final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    public final Ids ids = LAST_ID::incrementAndGet;
    public final List<String> audited = new CopyOnWriteArrayList<>();
    public final BudgetService budgets;
    public final BallotService ballots;
    public final Counting counting;
    public final ExchangeService exchange;
    public final AuditLog audit = Mockito.mock(AuditLog.class);

    public BudgetsFixture(TestDatabase database) throws Exception {
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.town()).thenReturn(new Town("Val-aux-Hérons"));
        Mockito.doAnswer(call -> audited.add(call.getArgument(2)))
                .when(audit)
                .append(Mockito.any(), Mockito.any(), Mockito.any(), Mockito.any(), Mockito.any());
        BudgetsConfig config = Mockito.mock(BudgetsConfig.class);
        Mockito.when(config.timeZone()).thenReturn("America/Toronto");
        budgets = new BudgetServiceImpl(database.dataSource(), ids, clock, ACCESS, audit, territory, config);
        ballots = new BallotServiceImpl(database.dataSource(), ids, clock, ACCESS);
        counting = new Counting(database.dataSource(), clock, audit);
        exchange = new ExchangeServiceImpl(
                database.dataSource(), ids, clock, ACCESS, audit, territory, budgets, counting, config);
    }

    static BudgetDraft draft(String ballot, String rule) {
        return new BudgetDraft(
                "Budget de test",
                "",
                "1 000,00",
                ballot,
                rule,
                "1",
                "3",
                ballot.equals("points") ? "10" : null,
                "1",
                null,
                "2026-05-02T09:00",
                "2026-05-09T21:00");
    }

    /** Published, with projects of these costs in dollars; voting begins tomorrow at 13:00 UTC and ends in eight days. */
    public Budget announced(String ballot, String rule, String... costs) {
        Budget budget = budgets.create(STAFF, draft(ballot, rule));
        for (String cost : costs) {
            budgets.add(STAFF, budget.id(), new ProjectDraft("Projet à " + cost + " $", "", cost, null, ""));
        }
        return budgets.publish(STAFF, budget.id());
    }

    public List<Long> projects(Budget budget) {
        return budgets.projects(STAFF, budget.id()).stream()
                .map(BudgetProject::id)
                .toList();
    }

    public Ballot cast(long member, Budget budget, Long... projects) {
        List<Mark> marks = new ArrayList<>();
        for (Long project : projects) {
            marks.add(new Mark(project, 1));
        }
        return ballots.cast(member(member), budget.id(), marks);
    }

    public static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
