// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import static ca.notreville.budgets.internal.BudgetsFixture.STAFF;
import static ca.notreville.budgets.internal.BudgetsFixture.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class BudgetServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("budgets");

    private BudgetsFixture town;

    @BeforeEach
    void start() throws Exception {
        town = new BudgetsFixture(database);
    }

    @Test
    void aBudgetGoesThroughItsPhasesByTheServersClock() {
        Budget draft = town.budgets.create(STAFF, BudgetsFixture.draft("approval", "most-votes"));
        assertThat(draft.phase()).isEqualTo(Phase.DRAFT);
        assertThat(draft.amount()).isEqualTo(100_000);
        assertThat(draft.opensAt())
                .as("nine in the morning in Québec")
                .isEqualTo(Instant.parse("2026-05-02T13:00:00Z"));
        assertThat(town.budgets.local(draft.opensAt())).isEqualTo("2026-05-02T09:00");
        Caller visitor = Caller.visitor(Locale.FRENCH);
        assertThatThrownBy(() -> town.budgets.get(visitor, draft.id())).isInstanceOf(NotFoundException.class);

        assertThatThrownBy(() -> town.budgets.publish(STAFF, draft.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("budgets.no-projects");
        town.budgets.add(STAFF, draft.id(), new ProjectDraft("Une fontaine", "", "500", null, ""));
        assertThat(town.budgets.publish(STAFF, draft.id()).phase()).isEqualTo(Phase.ANNOUNCED);
        town.clock.advance(Duration.ofDays(2));
        assertThat(town.budgets.get(visitor, draft.id()).phase()).isEqualTo(Phase.VOTING);
        town.clock.advance(Duration.ofDays(8));
        assertThat(town.budgets.get(visitor, draft.id()).phase()).isEqualTo(Phase.COUNTING);
        town.counting.decide(draft.id());
        assertThat(town.budgets.get(visitor, draft.id()).phase()).isEqualTo(Phase.DECIDED);
        assertThat(town.audited)
                .containsExactly("budgets.create", "budgets.add-project", "budgets.publish", "budgets.decide");
    }

    @Test
    void projectsKeepTheirPlaceInTheListAndChangeUntilVotingBegins() {
        Budget budget = town.announced("approval", "most-votes", "100", "200", "300");
        BudgetProject second = town.budgets.projects(STAFF, budget.id()).get(1);

        town.budgets.change(
                STAFF, budget.id(), second.id(), new ProjectDraft("Un four à pain", "", "250,50", null, "Vie"));
        town.budgets.remove(STAFF, budget.id(), town.projects(budget).get(0));
        assertThat(town.budgets.projects(STAFF, budget.id()))
                .extracting(BudgetProject::number, BudgetProject::title, BudgetProject::cost)
                .containsExactly(tuple(2, "Un four à pain", 25_050L), tuple(3, "Projet à 300 $", 30_000L));

        town.clock.advance(Duration.ofDays(2));
        ProjectDraft late = new ProjectDraft("Trop tard", "", "1", null, "");
        assertThatThrownBy(() -> town.budgets.add(STAFF, budget.id(), late))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("budgets.begun");
        assertThatThrownBy(() -> town.budgets.change(STAFF, budget.id(), second.id(), late))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> town.budgets.remove(STAFF, budget.id(), second.id()))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(
                        () -> town.budgets.change(STAFF, budget.id(), BudgetsFixture.draft("approval", "equal-shares")))
                .isInstanceOfAny(ConflictException.class, InvalidException.class);
    }

    @Test
    void eachFieldThatBreaksALimitIsNamed() {
        BudgetDraft wrong = new BudgetDraft(
                "x",
                "",
                "beaucoup",
                "dice",
                null,
                "5",
                "2",
                null,
                "-1",
                "borough:nulle-part",
                "hier",
                "2026-04-01T00:00");

        assertThatThrownBy(() -> town.budgets.create(STAFF, wrong))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::field)
                        .containsExactlyInAnyOrder(
                                "title", "amount", "ballot", "rule", "maxLength", "minimum", "territory", "opensAt"));
        Budget budget = town.announced("approval", "most-votes", "100");
        assertThatThrownBy(() ->
                        town.budgets.add(STAFF, budget.id(), new ProjectDraft("Un pont", "", "1000,01", null, "")))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::field, FieldError::code)
                        .containsExactly(tuple("cost", "budgets.amount-range")));
    }

    @Test
    void onlyThoseWhoMayMakeBudgetsMakeThem() {
        Budget budget = town.announced("approval", "most-votes", "100");
        Caller somebody = member(3);

        assertThatThrownBy(() -> town.budgets.create(somebody, BudgetsFixture.draft("approval", "most-votes")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.budgets.publish(somebody, budget.id())).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.budgets.remove(somebody, budget.id(), 1)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void theListIsLatestFirstAndHasDraftsForThoseWhoMakeThem() {
        Budget shown = town.announced("approval", "most-votes", "100");
        Budget draft = town.budgets.create(STAFF, BudgetsFixture.draft("points", "most-votes"));

        assertThat(town.budgets.list(STAFF, Paging.first(2)).items())
                .extracting(Budget::id)
                .containsExactly(draft.id(), shown.id());
        assertThat(town.budgets.list(member(3), Paging.first(1)).items())
                .extracting(Budget::id)
                .containsExactly(shown.id());
    }
}
