// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Result.Verdict;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.jpa.BallotTable;
import ca.notreville.budgets.internal.jpa.BudgetTable;
import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

@Component(configurationPid = "ca.notreville.budgets")
@Designate(ocd = BudgetsConfig.class)
public final class BudgetServiceImpl implements BudgetService {

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final AuditLog audit;
    private final TerritoryService territory;
    private final ZoneId zone;

    @Activate
    public BudgetServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference AuditLog audit,
            @Reference TerritoryService territory,
            BudgetsConfig config) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.territory = territory;
        zone = ZoneId.of(config.timeZone());
    }

    @Override
    public Slice<Budget> list(Caller caller, Paging paging) {
        long before = paging.after().isEmpty() ? Long.MAX_VALUE : paging.after().get(0);
        boolean drafts = access.allows(caller, MANAGE);
        List<Budget> read = Sql.read(
                dataSource,
                connection -> BudgetTable.page(connection, before, paging.limit() + 1, drafts, clock.instant()));
        return paging.slice(read, budget -> Paging.cursor(budget.id()));
    }

    @Override
    public Budget get(Caller caller, long id) {
        return Sql.read(dataSource, connection -> seen(connection, caller, id));
    }

    private Budget seen(Connection connection, Caller caller, long id) throws SQLException {
        return BudgetTable.find(connection, id, clock.instant())
                .filter(budget -> budget.phase() != Phase.DRAFT || access.allows(caller, MANAGE))
                .orElseThrow(NotFoundException::new);
    }

    @Override
    public List<BudgetProject> projects(Caller caller, long budget) {
        return Sql.read(dataSource, connection -> {
            seen(connection, caller, budget);
            return BudgetTable.projects(connection, budget);
        });
    }

    @Override
    public Budget create(Caller caller, BudgetDraft draft) {
        access.require(caller, MANAGE);
        BudgetTable.Terms terms = Terms.of(draft, territory, zone, clock.instant());
        long id = ids.next();
        return Sql.write(dataSource, connection -> {
            BudgetTable.insert(connection, id, terms, BudgetTable.Source.HERE, false, clock.instant());
            note(connection, caller, "budgets.create", id, said(terms));
            return seen(connection, caller, id);
        });
    }

    @Override
    public Budget change(Caller caller, long id, BudgetDraft draft) {
        access.require(caller, MANAGE);
        Instant now = clock.instant();
        BudgetTable.Terms terms = Terms.of(draft, territory, zone, now);
        return Sql.write(dataSource, connection -> {
            before(connection, caller, id);
            BudgetTable.update(connection, id, terms);
            note(connection, caller, "budgets.change", id, said(terms));
            return seen(connection, caller, id);
        });
    }

    @Override
    public Budget publish(Caller caller, long id) {
        access.require(caller, MANAGE);
        return Sql.write(dataSource, connection -> {
            Budget budget = before(connection, caller, id);
            if (BudgetTable.projects(connection, id).isEmpty()) {
                throw new ConflictException("budgets.no-projects");
            }
            if (!budget.closesAt().isAfter(clock.instant())) {
                throw new ConflictException("budgets.over-already");
            }
            if (budget.phase() == Phase.DRAFT) {
                BudgetTable.publish(connection, id);
                note(connection, caller, "budgets.publish", id, Map.of());
            }
            return seen(connection, caller, id);
        });
    }

    @Override
    public BudgetProject add(Caller caller, long id, ProjectDraft draft) {
        access.require(caller, MANAGE);
        long project = ids.next();
        return Sql.write(dataSource, connection -> {
            Budget budget = before(connection, caller, id);
            List<BudgetProject> list = BudgetTable.projects(connection, id);
            if (list.size() >= MAX_PROJECTS) {
                throw new ConflictException("budgets.full", Map.of("max", MAX_PROJECTS));
            }
            int number = list.isEmpty() ? 1 : list.get(list.size() - 1).number() + 1;
            BudgetProject added = Terms.project(draft, budget, project, number, territory);
            BudgetTable.insertProjects(connection, List.of(added));
            changed(connection, caller, "budgets.add-project", added);
            return added;
        });
    }

    @Override
    public BudgetProject change(Caller caller, long id, long project, ProjectDraft draft) {
        access.require(caller, MANAGE);
        return Sql.write(dataSource, connection -> {
            Budget budget = before(connection, caller, id);
            BudgetProject known = BudgetTable.projects(connection, id).stream()
                    .filter(p -> p.id() == project)
                    .findFirst()
                    .orElseThrow(NotFoundException::new);
            BudgetProject changed = Terms.project(draft, budget, project, known.number(), territory);
            BudgetTable.updateProject(connection, changed);
            changed(connection, caller, "budgets.change-project", changed);
            return changed;
        });
    }

    @Override
    public void remove(Caller caller, long id, long project) {
        access.require(caller, MANAGE);
        Sql.write(dataSource, connection -> {
            before(connection, caller, id);
            if (!BudgetTable.deleteProject(connection, id, project)) {
                throw new NotFoundException();
            }
            BudgetTable.changed(connection, id);
            note(connection, caller, "budgets.remove-project", id, Map.of("project", String.valueOf(project)));
            return true;
        });
    }

    /** The budget, which cannot begin to be voted on before the transaction ends. */
    private Budget before(Connection connection, Caller caller, long id) throws SQLException {
        Budget budget = seen(connection, caller, id);
        if (!BudgetTable.holdBeforeVoting(connection, id, clock.instant())) {
            throw new ConflictException("budgets.begun");
        }
        return budget;
    }

    private void changed(Connection connection, Caller caller, String action, BudgetProject project)
            throws SQLException {
        BudgetTable.changed(connection, project.budget());
        note(
                connection,
                caller,
                action,
                project.budget(),
                Map.of(
                        "project", String.valueOf(project.id()),
                        "title", project.title(),
                        "cost", Money.plain(project.cost())));
    }

    private void note(Connection connection, Caller caller, String action, long id, Map<String, String> details)
            throws SQLException {
        audit.append(connection, caller, action, KIND + ":" + id, details);
    }

    private static Map<String, String> said(BudgetTable.Terms terms) {
        Map<String, String> said = new HashMap<>();
        said.put("title", terms.title());
        said.put("amount", Money.plain(terms.amount()));
        said.put("ballot", terms.ballot().word());
        said.put("rule", terms.rule().word());
        said.put("opensAt", terms.opensAt().toString());
        said.put("closesAt", terms.closesAt().toString());
        return said;
    }

    @Override
    public Optional<Result> result(Caller caller, long id, @Nullable Rule rule) {
        return Sql.read(dataSource, connection -> {
            Budget budget = seen(connection, caller, id);
            Rule by = rule == null ? budget.rule() : rule;
            List<Verdict> verdicts = BallotTable.result(connection, id, by);
            if (budget.phase() != Phase.DECIDED || verdicts.isEmpty()) {
                return Optional.empty();
            }
            Map<Long, Long> costs = new HashMap<>();
            BudgetTable.projects(connection, id).forEach(project -> costs.put(project.id(), project.cost()));
            long spent = verdicts.stream()
                    .filter(verdict -> verdict.reason().chosen())
                    .mapToLong(verdict -> costs.getOrDefault(verdict.project(), 0L))
                    .sum();
            return Optional.of(new Result(id, by, by == budget.rule(), budget.ballots(), spent, verdicts));
        });
    }

    @Override
    public String local(Instant moment) {
        return moment.atZone(zone)
                .toLocalDateTime()
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
    }
}
