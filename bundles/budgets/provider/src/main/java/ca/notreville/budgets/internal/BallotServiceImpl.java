// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.Ballot.Mark;
import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.BallotService;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.internal.allocation.Election;
import ca.notreville.budgets.internal.jpa.BallotTable;
import ca.notreville.budgets.internal.jpa.BallotTable.Row;
import ca.notreville.budgets.internal.jpa.BudgetTable;
import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class BallotServiceImpl implements BallotService {

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;

    @Activate
    public BallotServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
    }

    @Override
    public Ballot cast(Caller caller, long id, List<Mark> marks) {
        access.require(caller, VOTE);
        long member = caller.requireMember();
        return Sql.write(dataSource, connection -> {
            Budget budget = enter(connection, id, member);
            check(budget, BudgetTable.projects(connection, id), marks);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            OptionalLong known = BallotTable.id(connection, id, member);
            Row row = row(budget, known.orElseGet(ids::next), member, now, caller.atCounter(), marks);
            if (known.isPresent()) {
                BallotTable.rewrite(connection, id, row);
            } else {
                BallotTable.insert(connection, id, List.of(row));
                BallotTable.count(connection, id, member, 1);
            }
            return BallotTable.find(connection, id, member).orElseThrow();
        });
    }

    /** Passes the gate or says why not. */
    private Budget enter(Connection connection, long id, long member) throws SQLException {
        Instant now = clock.instant();
        boolean open = BallotTable.enter(connection, id, member, now);
        Budget budget = BudgetTable.findUncounted(connection, id, now)
                .filter(b -> b.phase() != Phase.DRAFT)
                .orElseThrow(NotFoundException::new);
        if (!open) {
            throw new ConflictException(budget.phase() == Phase.ANNOUNCED ? "budgets.not-open" : "budgets.closed");
        }
        return budget;
    }

    private static void check(Budget budget, List<BudgetProject> projects, List<Mark> marks) {
        Fields fields = new Fields();
        Map<Long, BudgetProject> known = new HashMap<>();
        projects.forEach(project -> known.put(project.id(), project));
        Set<Long> named = new HashSet<>();
        long cost = 0;
        long points = 0;
        for (Mark mark : marks) {
            BudgetProject project = known.get(mark.project());
            if (project == null) {
                fields.add("projects", "budgets.unknown", Map.of());
            } else if (!named.add(mark.project())) {
                fields.add("projects", "budgets.named-twice", Map.of("detail", project.title()));
            } else {
                cost += project.cost();
            }
            if (budget.ballot() == BallotKind.POINTS && (mark.points() < 1 || mark.points() > budget.points())) {
                fields.add("points", "budgets.points-range", Map.of("max", budget.points()));
            }
            points += mark.points();
        }
        int most = budget.maxLength() == 0 ? projects.size() : Math.min(budget.maxLength(), projects.size());
        int least = Math.min(budget.minLength(), projects.size());
        if (marks.size() < least) {
            fields.add("projects", "budgets.too-few", Map.of("min", least));
        } else if (marks.size() > most) {
            fields.add("projects", "budgets.too-many", Map.of("max", most));
        }
        if (budget.ballot() == BallotKind.KNAPSACK && cost > budget.amount()) {
            fields.add(
                    "projects",
                    "budgets.too-dear",
                    Map.of("detail", Money.plain(cost), "max", Money.plain(budget.amount())));
        }
        if (budget.ballot() == BallotKind.POINTS && points > budget.points()) {
            fields.add("points", "budgets.points-sum", Map.of("detail", points, "max", budget.points()));
        }
        fields.verify();
    }

    private static Row row(Budget budget, long id, long member, Instant now, boolean atCounter, List<Mark> marks) {
        long[] projects = marks.stream().mapToLong(Mark::project).toArray();
        long[] points = new long[projects.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = Election.POINT
                    * switch (budget.ballot()) {
                        case APPROVAL, KNAPSACK -> 1;
                        case POINTS -> marks.get(i).points();
                        case RANKING -> points.length - i;
                    };
        }
        return new Row(id, member, 1, now, atCounter, projects, points);
    }

    @Override
    public void withdraw(Caller caller, long id) {
        access.require(caller, VOTE);
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            enter(connection, id, member);
            OptionalLong known = BallotTable.id(connection, id, member);
            if (known.isPresent()) {
                BallotTable.delete(connection, known.getAsLong());
                BallotTable.count(connection, id, member, -1);
            }
            return true;
        });
    }

    @Override
    public Optional<Ballot> find(Caller caller, long budget) {
        return caller.signedIn()
                ? Sql.read(dataSource, connection -> BallotTable.find(connection, budget, caller.memberId()))
                : Optional.empty();
    }
}
