// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.api.Result.Verdict;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.allocation.Allocation;
import ca.notreville.budgets.internal.allocation.Election;
import ca.notreville.budgets.internal.allocation.Outcome;
import ca.notreville.budgets.internal.jpa.BallotTable;
import ca.notreville.budgets.internal.jpa.BudgetTable;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Counts, once voting is over. The gate is shut first, in a transaction of its own: what is counted after that is every ballot that was
 * taken. Killed anywhere, it is taken up again; of two that count at once one writes the result and the other finds it.
 */
@Component(service = {Counting.class, JobHandler.class})
public final class Counting implements JobHandler {

    /** The rules that people can compare. */
    private static final List<Rule> COMPARED = List.of(Rule.MOST_VOTES, Rule.EQUAL_SHARES);

    private final DataSource dataSource;
    private final Clock clock;
    private final AuditLog audit;

    /** What was read to be counted. */
    private record Read(List<BudgetProject> projects, Election election) {}

    @Activate
    public Counting(
            @Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource,
            @Reference Clock clock,
            @Reference AuditLog audit) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.audit = audit;
    }

    @Override
    public String kind() {
        return "budgets.count";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofSeconds(30));
    }

    @Override
    public void run(Job job) {
        for (long budget : Sql.read(dataSource, connection -> BudgetTable.due(connection, clock.instant()))) {
            if (job.stopping()) {
                return;
            }
            decide(budget);
            compare(budget);
        }
    }

    /** Decides a budget by its rule, if voting is over and nobody has. */
    public void decide(long id) {
        Optional<Budget> due = Sql.write(dataSource, connection -> {
            Optional<Budget> found = counted(connection, id);
            if (found.isPresent()) {
                BallotTable.shut(connection, id);
            }
            return found;
        });
        if (due.isEmpty()) {
            return;
        }
        Budget budget = due.get();
        Read read = Sql.read(dataSource, connection -> read(connection, budget));
        List<Verdict> verdicts = verdicts(budget.rule(), read);
        Sql.write(dataSource, connection -> {
            if (counted(connection, id).isPresent()) {
                // of two that come so far the second waits here, and then finds the other's result by its key
                BallotTable.decided(connection, id, clock.instant().truncatedTo(ChronoUnit.MILLIS));
                BallotTable.insertResult(connection, id, budget.rule(), verdicts);
                note(connection, id, budget.rule(), read.election.voters(), verdicts);
            }
            return true;
        });
    }

    /** A budget whose voting is over, and that is not decided. */
    private Optional<Budget> counted(Connection connection, long id) throws SQLException {
        return BudgetTable.findUncounted(connection, id, clock.instant())
                .filter(budget -> budget.phase() == Phase.COUNTING);
    }

    private void note(Connection connection, long id, Rule rule, long ballots, List<Verdict> verdicts)
            throws SQLException {
        long chosen =
                verdicts.stream().filter(verdict -> verdict.reason().chosen()).count();
        audit.append(
                connection,
                Caller.operator(),
                "budgets.decide",
                BudgetService.KIND + ":" + id,
                Map.of(
                        "rule", rule.word(),
                        "ballots", String.valueOf(ballots),
                        "chosen", String.valueOf(chosen)));
    }

    /** Works out what the other rules would have given, for comparison. */
    public void compare(long id) {
        Optional<Budget> found =
                Sql.read(dataSource, connection -> BudgetTable.findUncounted(connection, id, clock.instant())
                        .filter(budget -> budget.phase() == Phase.DECIDED));
        if (found.isEmpty()) {
            return;
        }
        Budget budget = found.get();
        Set<Rule> known = Sql.read(dataSource, connection -> known(connection, id));
        Read read = Sql.read(dataSource, connection -> read(connection, budget));
        for (Rule rule : COMPARED) {
            if (!known.contains(rule)) {
                List<Verdict> verdicts = verdicts(rule, read);
                Sql.write(dataSource, connection -> {
                    if (!known(connection, id).contains(rule)) {
                        BallotTable.insertResult(connection, id, rule, verdicts);
                    }
                    return true;
                });
            }
        }
        Sql.write(dataSource, connection -> {
            BallotTable.compared(connection, id);
            return true;
        });
    }

    private static Set<Rule> known(Connection connection, long id) throws SQLException {
        Set<Rule> known = new java.util.HashSet<>();
        for (Rule rule : Rule.values()) {
            if (!BallotTable.result(connection, id, rule).isEmpty()) {
                known.add(rule);
            }
        }
        return known;
    }

    private static Read read(Connection connection, Budget budget) throws SQLException {
        List<BudgetProject> projects = BudgetTable.projects(connection, budget.id());
        Map<Long, Integer> numbers = new HashMap<>();
        for (BudgetProject project : projects) {
            numbers.put(project.id(), numbers.size());
        }
        Election.Builder builder = new Election.Builder();
        BallotTable.each(connection, budget.id(), (named, points, strength) -> {
            int[] places = new int[named.length];
            for (int i = 0; i < places.length; i++) {
                places[i] = numbers.getOrDefault(named[i], 0);
            }
            builder.add(places, points, strength);
        });
        boolean pointed = budget.ballot().pointed();
        return new Read(
                projects,
                builder.build(
                        budget.amount(),
                        projects.stream().map(BudgetProject::cost).toList(),
                        pointed,
                        pointed ? budget.minimum() * Election.POINT : budget.minimum()));
    }

    private static List<Verdict> verdicts(Rule rule, Read read) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Outcome outcome : Allocation.of(rule, read.election)) {
            verdicts.add(new Verdict(
                    read.projects.get(outcome.project()).id(),
                    outcome.reason(),
                    outcome.step(),
                    outcome.votes(),
                    outcome.points(),
                    outcome.left(),
                    outcome.backing(),
                    outcome.price() == null ? 0 : outcome.price().ceiling()));
        }
        return verdicts;
    }
}
