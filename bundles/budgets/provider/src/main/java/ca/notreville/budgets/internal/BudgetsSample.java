// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.allocation.Election;
import ca.notreville.budgets.internal.jpa.BallotTable;
import ca.notreville.budgets.internal.jpa.BallotTable.Row;
import ca.notreville.budgets.internal.jpa.BudgetTable;
import ca.notreville.core.api.sample.SampleData;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The budgets of the sample town: one decided, one that is voted on, one to come. */
@Component
public final class BudgetsSample implements SampleData {

    private static final long SEED = 20_261_124;
    private static final int GROUPS = 4;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final Counting counting;

    @Activate
    public BudgetsSample(
            @Reference(target = "(osgi.jndi.service.name=notreville.budgets)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Counting counting) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.counting = counting;
    }

    @Override
    public String module() {
        return "budgets";
    }

    @Override
    public void fill(SampleTown town) {
        JsonNode known;
        try (InputStream in = BudgetsSample.class.getResourceAsStream("/sample/budgets.json")) {
            known = new ObjectMapper().readTree(in).path("budgets");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Long> made = Sql.write(dataSource, connection -> {
            List<Long> budgets = new ArrayList<>();
            if (BudgetTable.page(connection, Long.MAX_VALUE, 1, true, clock.instant())
                    .isEmpty()) {
                Random random = new Random(SEED);
                for (JsonNode node : known) {
                    budgets.add(budget(connection, node, town, random));
                }
            }
            return budgets;
        });
        // decides what is over, and nothing else
        made.forEach(counting::decide);
        made.forEach(counting::compare);
    }

    private long budget(Connection connection, JsonNode node, SampleTown town, Random random) throws SQLException {
        long id = ids.next();
        Instant opens = before(node.path("opensDaysAgo").asInt());
        Instant closes = before(node.path("closesDaysAgo").asInt());
        BallotKind kind = BallotKind.of(node.path("ballot").asText());
        BudgetTable.Terms terms = new BudgetTable.Terms(
                node.path("title").asText(),
                node.path("description").asText(),
                node.path("amount").asLong() * 100,
                kind,
                Rule.of(node.path("rule").asText()),
                1,
                node.path("max").asInt(),
                node.path("points").asInt(),
                1,
                node.path("territory").asText(),
                opens,
                closes);
        BudgetTable.insert(connection, id, terms, BudgetTable.Source.HERE, true, opens.minus(Duration.ofDays(20)));
        List<BudgetProject> projects = new ArrayList<>();
        for (JsonNode project : node.path("projects")) {
            projects.add(new BudgetProject(
                    ids.next(),
                    id,
                    projects.size() + 1,
                    "",
                    project.path("title").asText(),
                    project.path("description").asText(),
                    project.path("cost").asLong() * 100,
                    project.path("territory").asText(),
                    "",
                    project.path("category").asText()));
        }
        BudgetTable.insertProjects(connection, projects);
        Instant until = closes.isBefore(clock.instant()) ? closes : clock.instant();
        for (long member : new TreeSet<>(town.members().values())) {
            if (random.nextDouble() < node.path("turnout").asDouble()) {
                long[] chosen = choose(node, projects, random);
                long[] points = new long[chosen.length];
                Arrays.fill(points, Election.POINT);
                Instant at = opens.plusMillis(
                                (long) (Duration.between(opens, until).toMillis() * random.nextDouble()))
                        .truncatedTo(ChronoUnit.MILLIS);
                BallotTable.insert(connection, id, List.of(new Row(ids.next(), member, 1, at, false, chosen, points)));
                BallotTable.count(connection, id, member, 1);
            }
        }
        return id;
    }

    private Instant before(int days) {
        return clock.instant().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.HOURS);
    }

    /** Most choose what people like them choose; within the money where that is asked for. */
    private static long[] choose(JsonNode node, List<BudgetProject> projects, Random random) {
        int group = random.nextInt(GROUPS);
        int most = node.path("max").asInt() == 0
                ? projects.size()
                : node.path("max").asInt();
        long money = node.path("ballot").asText().equals("knapsack")
                ? node.path("amount").asLong() * 100
                : Long.MAX_VALUE;
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < projects.size(); i++) {
            open.add(i);
        }
        List<Long> chosen = new ArrayList<>();
        int wanted = 1 + random.nextInt(most);
        while (chosen.size() < wanted && !open.isEmpty()) {
            int[] weights = open.stream()
                    .mapToInt(i -> {
                        JsonNode project = node.path("projects").get(i);
                        return project.path("weight").asInt()
                                * (project.path("group").asInt() == group ? GROUPS : 1);
                    })
                    .toArray();
            int mark = random.nextInt(Arrays.stream(weights).sum());
            int at = 0;
            while (mark >= weights[at]) {
                mark -= weights[at++];
            }
            BudgetProject project = projects.get(open.remove(at));
            if (project.cost() <= money) {
                money -= project.cost();
                chosen.add(project.id());
            }
        }
        return chosen.stream().mapToLong(Long::longValue).toArray();
    }
}
