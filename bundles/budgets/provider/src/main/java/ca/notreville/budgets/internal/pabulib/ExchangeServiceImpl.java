// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.internal.BudgetsConfig;
import ca.notreville.budgets.internal.Counting;
import ca.notreville.budgets.internal.jpa.BallotTable;
import ca.notreville.budgets.internal.jpa.BallotTable.Row;
import ca.notreville.budgets.internal.jpa.BudgetTable;
import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(configurationPid = "ca.notreville.budgets")
public final class ExchangeServiceImpl implements ExchangeService {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d.M.uuuu");

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final AuditLog audit;
    private final TerritoryService territory;
    private final BudgetService budgets;
    private final Counting counting;
    private final ZoneId zone;

    @Activate
    public ExchangeServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference AuditLog audit,
            @Reference TerritoryService territory,
            @Reference BudgetService budgets,
            @Reference Counting counting,
            BudgetsConfig config) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.territory = territory;
        this.budgets = budgets;
        this.counting = counting;
        zone = ZoneId.of(config.timeZone());
    }

    @Override
    public Imported bring(Caller caller, InputStream file, boolean dryRun) {
        access.require(caller, BudgetService.MANAGE);
        byte[] bytes;
        try {
            bytes = file.readNBytes(Math.toIntExact(MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PbElection read = PbElection.read(new ByteArrayInputStream(bytes));
        String reference = digest(bytes);
        Optional<Budget> known =
                Sql.read(dataSource, connection -> BudgetTable.withReference(connection, reference, clock.instant()));
        if (dryRun || known.isPresent()) {
            return imported(known.map(Budget::id).orElse(0L), read, known.isPresent());
        }
        long budget = keep(caller, read, reference);
        if (!read.decidedBy().shares()) {
            counting.decide(budget);
        }
        return imported(budget, read, false);
    }

    private static Imported imported(long budget, PbElection read, boolean known) {
        return new Imported(
                budget,
                read.title(),
                read.projects().size(),
                read.ballots().size(),
                known,
                read.refusedCount(),
                read.refused(),
                read.notices());
    }

    private long keep(Caller caller, PbElection read, String reference) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant closes = read(read.end(), true).filter(end -> end.isBefore(now)).orElse(now);
        Instant opens = read(read.begin(), false)
                .filter(begin -> begin.isBefore(closes))
                .orElse(closes.minus(Duration.ofDays(1)));
        BudgetTable.Terms terms = new BudgetTable.Terms(
                read.title(),
                read.description(),
                read.money(),
                read.kind(),
                read.decidedBy(),
                read.minimumLength(),
                read.maximumLength(),
                read.pointsToDeal(),
                read.minimum() / (read.kind().pointed() ? 1_000 : 1),
                "",
                opens,
                closes);
        long budget = ids.next();
        List<BudgetProject> projects = projects(read, budget);
        List<Row> rows = rows(read, projects, closes);
        return Sql.write(dataSource, connection -> {
            Optional<Budget> known = BudgetTable.withReference(connection, reference, now);
            if (known.isPresent()) {
                return known.get().id();
            }
            BudgetTable.Source source = new BudgetTable.Source(read.currency(), read.title(), reference);
            BudgetTable.insert(connection, budget, terms, source, true, now);
            BudgetTable.insertProjects(connection, projects);
            BallotTable.insert(connection, budget, rows);
            BallotTable.count(connection, budget, 0, rows.size());
            audit.append(
                    connection,
                    caller,
                    "budgets.import",
                    BudgetService.KIND + ":" + budget,
                    Map.of(
                            "title", read.title(),
                            "sha256", reference,
                            "projects", String.valueOf(projects.size()),
                            "ballots", String.valueOf(rows.size()),
                            "refused", String.valueOf(read.refusedCount())));
            return budget;
        });
    }

    private List<BudgetProject> projects(PbElection read, long budget) {
        List<BudgetProject> projects = new ArrayList<>();
        for (PbElection.Project project : read.projects()) {
            String here = territory.neighbourhoods().stream()
                    .filter(place -> place.name().equalsIgnoreCase(project.place()))
                    .map(place -> "neighbourhood:" + place.id())
                    .findFirst()
                    .orElse("");
            projects.add(new BudgetProject(
                    ids.next(),
                    budget,
                    projects.size() + 1,
                    project.code(),
                    project.name(),
                    project.description(),
                    project.cost(),
                    here,
                    here.isEmpty() ? project.place() : "",
                    project.category()));
        }
        return projects;
    }

    /** Each ballot is nobody's here: it gets a number below zero of its own. */
    private List<Row> rows(PbElection read, List<BudgetProject> projects, Instant castAt) {
        List<Row> rows = new ArrayList<>();
        for (PbElection.Ballot ballot : read.ballots()) {
            long[] named = new long[ballot.projects().length];
            for (int i = 0; i < named.length; i++) {
                named[i] = projects.get(ballot.projects()[i]).id();
            }
            long id = ids.next();
            rows.add(new Row(id, -id, ballot.strength(), castAt, false, named, ballot.points()));
        }
        return rows;
    }

    private Optional<Instant> read(String day, boolean end) {
        try {
            LocalDate date = day.matches("[0-9]{4}")
                    ? LocalDate.of(Integer.parseInt(day), end ? 12 : 1, end ? 31 : 1)
                    : LocalDate.parse(day, DAY);
            return Optional.of(
                            (end ? date.plusDays(1) : date).atStartOfDay(zone).toInstant())
                    .filter(moment -> moment.isAfter(Instant.EPOCH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String export(Caller caller, long id) {
        Budget budget = budgets.get(caller, id);
        PbWriter writer = new PbWriter(budget, budgets.projects(caller, id));
        if (budget.phase() == Phase.DECIDED) {
            Sql.read(dataSource, connection -> {
                BallotTable.each(connection, id, writer::ballot);
                return true;
            });
        }
        return writer.write(territory.town().name(), zone, budgets.result(caller, id, null), project -> place(project));
    }

    private String place(BudgetProject project) {
        String word = project.territory();
        String id = word.substring(word.indexOf(':') + 1);
        if (word.startsWith("neighbourhood:")) {
            return territory.neighbourhood(id).map(Neighbourhood::name).orElse(id);
        }
        return word.startsWith("borough:")
                ? territory.boroughs().stream()
                        .filter(borough -> borough.id().equals(id))
                        .map(Borough::name)
                        .findFirst()
                        .orElse(id)
                : project.place();
    }
}
