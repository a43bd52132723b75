// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import static ca.notreville.budgets.internal.BudgetsFixture.STAFF;
import static ca.notreville.budgets.internal.BudgetsFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.ExchangeService.Imported;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.BudgetsFixture;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class ExchangeServiceImplTest {

    private static final String SMALL = """
            META
            key;value
            description;Un vote d’ailleurs
            country;France
            unit;Ailleurs
            instance;%s
            num_projects;3
            num_votes;4
            budget;1000
            vote_type;approval
            rule;%s
            date_begin;03.10.2022
            date_end;31.10.2022
            min_length;1
            max_length;3
            currency;EUR
            PROJECTS
            project_id;cost;votes;name;selected
            a;600;3;Un banc;1
            b;500;2;"Une ""fontaine"" ; deux arbres";0
            c;300.50;1;Trois cloches;1
            VOTES
            voter_id;vote
            x;a
            y;a,b
            z;b,a
            w;c
            """;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("budgets");

    private BudgetsFixture town;

    @BeforeEach
    void start() throws Exception {
        town = new BudgetsFixture(database);
    }

    private Imported bring(String text) {
        return town.exchange.bring(STAFF, PbElectionTest.stream(text), false);
    }

    @Test
    void anElectionIsBroughtInWithItsBallotsAndDecidedAsItWas() {
        Imported imported = bring(String.format(SMALL, "2022", "greedy"));

        assertThat(imported.refused()).isEmpty();
        assertThat(imported.notices()).isEmpty();
        Budget budget = town.budgets.get(member(1), imported.budget());
        assertThat(budget.phase()).isEqualTo(Phase.DECIDED);
        assertThat(budget.currency()).isEqualTo("EUR");
        assertThat(budget.ballot()).isEqualTo(BallotKind.APPROVAL);
        assertThat(budget.ballots()).isEqualTo(4);
        assertThat(budget.title()).isEqualTo("Ailleurs, 2022");
        assertThat(chosen(budget, null)).containsExactly("a", "c");
    }

    private List<String> chosen(Budget budget, @Nullable Rule rule) {
        Map<Long, String> codes = town.budgets.projects(STAFF, budget.id()).stream()
                .collect(Collectors.toMap(BudgetProject::id, BudgetProject::code));
        Result result = town.budgets.result(STAFF, budget.id(), rule).orElseThrow();
        return result.verdicts().stream()
                .filter(verdict -> verdict.reason().chosen())
                .map(verdict -> codes.get(verdict.project()))
                .toList();
    }

    @Test
    void theSameFileAgainChangesNothingAlsoAtOnceAndADryRunKeepsNothing() {
        String text = String.format(SMALL, "2023", "greedy");
        Imported looked = town.exchange.bring(STAFF, PbElectionTest.stream(text), true);
        assertThat(looked.budget()).isZero();
        assertThat(looked.ballots()).isEqualTo(4);
        assertThat(database.number("select count(*) from budgets_budget where title = 'Ailleurs, 2023'"))
                .isZero();

        List<Long> budgets = AtOnce.run(6, i -> bring(text).budget());

        assertThat(new HashSet<>(budgets)).hasSize(1);
        assertThat(bring(text).known()).isTrue();
        assertThat(database.number("select count(*) from budgets_ballot where budget_id = " + budgets.get(0)))
                .isEqualTo(4);
    }

    @Test
    void aVoteByEqualSharesIsDecidedByTheNextCounting() {
        Imported imported = bring(String.format(SMALL, "2024", "equalshares/add1"));
        assertThat(town.budgets.get(STAFF, imported.budget()).phase()).isEqualTo(Phase.COUNTING);

        town.counting.decide(imported.budget());

        Budget budget = town.budgets.get(STAFF, imported.budget());
        assertThat(budget.rule()).isEqualTo(Rule.EQUAL_SHARES_RAISED);
        assertThat(chosen(budget, null)).isNotEmpty();
    }

    @Test
    void whatWasBroughtInGoesOutAgainWithTheSameProjectsCountsAndWinners() {
        Budget budget = town.budgets.get(
                STAFF, bring(String.format(SMALL, "2025", "greedy")).budget());

        PbElection again = PbElection.read(PbElectionTest.stream(town.exchange.export(member(1), budget.id())));

        PbElection first = PbElection.read(PbElectionTest.stream(String.format(SMALL, "2025", "greedy")));
        assertThat(again.refused()).isEmpty();
        assertThat(again.notices()).isEmpty();
        assertThat(again.money()).isEqualTo(first.money());
        assertThat(again.currency()).isEqualTo("EUR");
        assertThat(again.projects())
                .extracting(
                        PbElection.Project::code,
                        PbElection.Project::cost,
                        PbElection.Project::name,
                        PbElection.Project::published,
                        PbElection.Project::selected)
                .isEqualTo(first.projects().stream()
                        .map(p -> org.assertj.core.groups.Tuple.tuple(
                                p.code(), p.cost(), p.name(), p.published(), p.selected()))
                        .toList());
        assertThat(again.election().votes()).containsExactly(first.election().votes());
    }

    @Test
    void beforeTheEndAFileHasTheProjectsAndNoBallotAndAfterItNoTraceOfWhoCastThem() {
        Budget budget = town.announced("ranking", "most-votes", "600", "500");
        town.clock.advance(Duration.ofDays(2));
        List<Long> p = town.projects(budget);
        town.cast(123_456, budget, p.get(1), p.get(0));
        town.cast(123_457, budget, p.get(0));

        PbElection before = PbElection.read(PbElectionTest.stream(town.exchange.export(STAFF, budget.id())));
        assertThat(before.ballots()).isEmpty();
        town.clock.advance(Duration.ofDays(8));
        town.counting.decide(budget.id());
        String text = town.exchange.export(member(1), budget.id());

        assertThat(text).doesNotContain("123456").contains("unit;Val-aux-Hérons", "VOTES\nvoter_id;vote\n1;1\n2;2,1\n");
        PbElection after = PbElection.read(PbElectionTest.stream(text));
        assertThat(after.kind()).isEqualTo(BallotKind.RANKING);
        assertThat(after.election().points()).containsExactly(2_000, 2_000);
    }

    @Test
    void onlyThoseWhoMakeBudgetsBringIn() {
        assertThatThrownBy(() -> town.exchange.bring(member(1), PbElectionTest.stream(SMALL), true))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aRealElectionGoesInAndOutWithItsCountsAndWinners() throws Exception {
        for (Path file : RealElectionsTest.elections()) {
            if (file.toString().contains("Gdynia") || file.toString().contains("Dieppe")) {
                PbElection read;
                try (InputStream in = Files.newInputStream(file)) {
                    read = PbElection.read(in);
                }
                Imported imported;
                try (InputStream in = Files.newInputStream(file)) {
                    imported = town.exchange.bring(STAFF, in, false);
                }

                PbElection out = PbElection.read(PbElectionTest.stream(town.exchange.export(STAFF, imported.budget())));

                assertThat(out.refused()).isEmpty();
                assertThat(out.ballots()).hasSameSizeAs(read.ballots());
                assertThat(out.election().votes())
                        .containsExactly(read.election().votes());
                if (file.toString().contains("Gdynia")) {
                    assertThat(out.projects()).allMatch(project -> Boolean.TRUE.equals(project.selected()));
                }
            }
        }
    }
}
