// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.notify.News;
import ca.notreville.ideas.api.AnswerDraft;
import ca.notreville.ideas.api.Awaiting;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.api.Step;
import ca.notreville.ideas.event.IdeaMoved;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class LifeServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private LifeFixture town;

    @BeforeEach
    void start() throws Exception {
        town = new LifeFixture(database);
    }

    @AfterEach
    void stop() throws Exception {
        town.close();
    }

    @Test
    void anIdeaGoesFromPublicationByReviewAndAnswerToBeingTakenUpAndEachStepIsKept() {
        long idea = town.ideas.published("Une fontaine");
        assertThat(town.life.get(Caller.visitor(Locale.FRENCH), idea).steps())
                .extracting(Step::number, Step::to, Step::by, Step::byName)
                .containsExactly(tuple(0, IdeaState.PUBLISHED, 7L, "Membre 7"));

        town.ideas.clock.advance(Duration.ofDays(3));
        town.life.move(LifeFixture.STAFF, idea, new MoveDraft("under_review", "On regarde les conduites.", 0));
        town.ideas.clock.advance(Duration.ofDays(20));
        town.life.answer(LifeFixture.staff(901), idea, LifeFixture.accepted());
        Life life = town.life.move(LifeFixture.STAFF, idea, new MoveDraft("taken_up", "Le comité du parc.", 2));

        assertThat(life.state()).isEqualTo(IdeaState.TAKEN_UP);
        assertThat(life.step()).isEqualTo(3);
        assertThat(life.steps())
                .extracting(Step::number, Step::from, Step::to, Step::byName, Step::text)
                .containsExactly(
                        tuple(0, null, IdeaState.PUBLISHED, "Membre 7", ""),
                        tuple(
                                1,
                                IdeaState.PUBLISHED,
                                IdeaState.UNDER_REVIEW,
                                "Membre 900",
                                "On regarde les conduites."),
                        tuple(2, IdeaState.UNDER_REVIEW, IdeaState.ACCEPTED, "Membre 901", LifeFixture.WHY),
                        tuple(3, IdeaState.ACCEPTED, IdeaState.TAKEN_UP, "Membre 900", "Le comité du parc."));
        assertThat(life.answer()).map(Step::answer).contains(new Step.Answer(1_250_000L, LocalDate.of(2027, 5, 31)));
        assertThat(life.steps().get(2).at()).isEqualTo(life.steps().get(0).at().plus(Duration.ofDays(23)));
        assertThat(town.ideas.events)
                .filteredOn(event -> event instanceof IdeaMoved)
                .hasSize(3);
        assertThat(database.number("select count(*) from ideas_listing where state = 'taken_up' and idea_id = " + idea))
                .isEqualTo(1);
    }

    @Test
    void whoVotedFollowsOrWroteItIsToldOfEachStepAndWhoTookItIsNot() {
        long idea = town.ideas.published("Une fontaine");
        town.vote(idea, Choice.FOR, 1, 2);
        town.review(idea);
        town.life.answer(LifeFixture.STAFF, idea, LifeFixture.accepted());

        assertThat(town.news)
                .extracting(News::reference, News::kind, News::message, News::actor, News::reach, News::except)
                .containsExactly(
                        tuple(
                                "idea:" + idea + ":1",
                                "ideas.moved",
                                "ideas.news.under-review",
                                0L,
                                News.Reach.CONCERNED,
                                Set.of(900L)),
                        tuple(
                                "idea:" + idea + ":2",
                                "ideas.answered",
                                "ideas.news.accepted",
                                0L,
                                News.Reach.CONCERNED,
                                Set.of(900L)));
        assertThat(town.news.get(1).quote()).isEqualTo(LifeFixture.WHY);
        IdeaVoters voters = new IdeaVoters(database.dataSource());
        assertThat(voters.members(idea, 0, 500)).containsExactly(1L, 2L);
        assertThat(voters.members(idea, 1, 500)).containsExactly(2L);
    }

    @Test
    void actsOfStaffStandInTheAuditLog() throws Exception {
        long idea = town.ideas.published("Une fontaine");
        town.review(idea);
        town.life.answer(LifeFixture.STAFF, idea, LifeFixture.declined(null));

        Mockito.verify(town.audit, Mockito.times(2))
                .append(
                        Mockito.any(),
                        Mockito.eq(LifeFixture.STAFF),
                        Mockito.eq("ideas.answer"),
                        Mockito.eq("idea:" + idea),
                        Mockito.any());
    }

    @Test
    void ofTwoWhoAnswerAtOnceOneIsHeardAndTheOtherIsToldSo() {
        for (int round = 0; round < 10; round++) {
            long idea = town.ideas.published("Une idée " + round);
            town.review(idea);
            int step = town.life.get(LifeFixture.STAFF, idea).step();
            boolean seen = round % 2 == 0;

            List<String> outcomes = AtOnce.run(2, i -> {
                AnswerDraft draft = i == 0
                        ? new AnswerDraft("accepted", LifeFixture.WHY, 0L, "2027-05-31", seen ? step : null)
                        : LifeFixture.declined(seen ? step : null);
                try {
                    return town.life
                            .answer(LifeFixture.staff(900 + i), idea, draft)
                            .state()
                            .word();
                } catch (ConflictException e) {
                    return e.code();
                }
            });

            assertThat(outcomes).containsOnlyOnce("ideas.moved-on");
            Set<String> heard = new HashSet<>(outcomes);
            heard.remove("ideas.moved-on");
            assertThat(heard)
                    .containsExactly(
                            town.life.get(LifeFixture.STAFF, idea).state().word());
            assertThat(database.number("select count(*) from ideas_step where idea_id = " + idea))
                    .isEqualTo(3);
        }
    }

    @Test
    void anAnswerIsGivenAnewByWhoHasSeenTheOneBefore() {
        long idea = town.ideas.published("Une fontaine");
        town.review(idea);
        Life answered = town.life.answer(LifeFixture.STAFF, idea, LifeFixture.accepted());

        Life life = town.life.answer(LifeFixture.STAFF, idea, LifeFixture.declined(answered.step()));

        assertThat(life.state()).isEqualTo(IdeaState.DECLINED);
        assertThat(life.answer().orElseThrow().number()).isEqualTo(3);
        assertThat(life.steps()).hasSize(4);
        assertThat(town.life
                        .move(LifeFixture.STAFF, idea, new MoveDraft("under_review", "", null))
                        .answer())
                .isEmpty();
    }

    @Test
    void everyFieldOfAnAnswerThatIsWrongIsNamedAndNothingIsWritten() {
        long idea = town.ideas.published("Une fontaine");
        town.review(idea);

        assertThat(wrong(idea, new AnswerDraft("accepted", "Oui", null, null, null)))
                .containsExactly(
                        tuple("reason", "too-short"), tuple("cost", "required"), tuple("plannedOn", "required"));
        assertThat(wrong(idea, new AnswerDraft(null, null, -1L, "demain", null)))
                .containsExactly(
                        tuple("outcome", "required"),
                        tuple("reason", "required"),
                        tuple("cost", "ideas.cost-out-of-range"),
                        tuple("plannedOn", "ideas.no-date"));
        assertThat(wrong(idea, new AnswerDraft("taken_up", "x".repeat(4_001), 10_000_000_000_001L, "9999-01-01", null)))
                .containsExactly(
                        tuple("outcome", "not-one-of"),
                        tuple("reason", "too-long"),
                        tuple("cost", "ideas.cost-out-of-range"),
                        tuple("plannedOn", "ideas.no-date"));
        assertThat(town.life.get(LifeFixture.STAFF, idea).step()).isEqualTo(1);
    }

    private List<org.assertj.core.groups.Tuple> wrong(long idea, AnswerDraft draft) {
        return catchThrowableOfType(InvalidException.class, () -> town.life.answer(LifeFixture.STAFF, idea, draft))
                .errors()
                .stream()
                .map((FieldError error) -> tuple(error.field(), error.code()))
                .toList();
    }

    @Test
    void stepsThatAreNotPossibleFromWhereAnIdeaIsAreRefused() {
        long idea = town.ideas.published("Une fontaine");
        refused("ideas.moved-on", () -> town.life.answer(LifeFixture.STAFF, idea, LifeFixture.declined(7)));
        refused("ideas.step-refused", () -> town.life.answer(LifeFixture.STAFF, idea, LifeFixture.accepted()));
        refused("ideas.step-refused", () -> town.life.move(LifeFixture.STAFF, idea, new MoveDraft("taken_up", "", 0)));
        refused("ideas.step-refused", () -> town.life.move(LifeFixture.STAFF, idea, new MoveDraft("published", "", 0)));
        town.life.withdraw(LifeFixture.AUTHOR, idea, new MoveDraft(null, null, null));
        for (String to : List.of("under_review", "published", "taken_up")) {
            refused("ideas.step-refused", () -> town.life.move(LifeFixture.STAFF, idea, new MoveDraft(to, "", null)));
        }
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThat(catchThrowableOfType(ConflictException.class, act).code()).isEqualTo(code);
    }

    @Test
    void theDatabaseKnowsTheSameStepsAsTheService() {
        for (IdeaState from : IdeaState.values()) {
            for (IdeaState to : IdeaState.values()) {
                assertThat(database.number("select count(*) from ideas_move where from_state = '" + from.word()
                                + "' and to_state = '" + to.word() + "'"))
                        .as("%s to %s", from, to)
                        .isEqualTo(from.next().contains(to) ? 1 : 0);
            }
        }
    }

    @Test
    void theDatabaseRefusesAStepThatIsNotAllowedThatBeginsElsewhereOrThatIsNotTheNext() {
        long idea = town.ideas.published("Une fontaine");
        town.review(idea);
        String insert = "insert into ideas_step (idea_id, seq, prev_seq, from_state, to_state, moved_at, note) values ("
                + idea + ", ";
        String now = ", {ts '2026-05-02 00:00:00'}, 'x')";

        for (String row : List.of(
                "2, 1, 'under_review', 'taken_up'",
                "2, 1, 'published', 'withdrawn'",
                "3, 2, 'under_review', 'published'",
                "1, 0, 'published', 'withdrawn'",
                "2, 0, 'published', 'withdrawn'",
                "2, 1, 'under_review', 'accepted'",
                "0, null, null, 'published'")) {
            assertThatThrownBy(() -> database.execute(insert + row + now))
                    .as(row)
                    .hasStackTraceContaining("SQL");
        }
        database.execute(insert + "2, 1, 'under_review', 'published'" + now);
        for (String change : List.of(
                "update ideas_idea set state = 'withdrawn' where id = " + idea,
                "update ideas_idea set state = 'accepted', life_state = 'accepted' where id = " + idea,
                "update ideas_idea set state = 'published', life_state = 'published', life_seq = 7 where id = " + idea,
                "delete from ideas_step where seq = 1 and idea_id = " + idea)) {
            assertThatThrownBy(() -> database.execute(change)).as(change).hasStackTraceContaining("SQL");
        }
    }

    @Test
    void onlyWhoMayAnswersAndOnlyTheAuthorWithdraws() {
        long idea = town.ideas.published("Une fontaine");
        MoveDraft review = new MoveDraft("under_review", "", null);
        assertThatThrownBy(() -> town.life.move(LifeFixture.AUTHOR, idea, review))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.life.move(Caller.visitor(Locale.FRENCH), idea, review))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> town.life.withdraw(LifeFixture.STAFF, idea, review))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.life.withdraw(LifeFixture.AUTHOR, 42, review))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> town.life.move(LifeFixture.STAFF, 42, review)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> town.life.move(LifeFixture.AUTHOR, 42, review)).isInstanceOf(ForbiddenException.class);
        assertThat(town.life.get(LifeFixture.STAFF, idea).possible())
                .containsExactlyInAnyOrder(IdeaState.UNDER_REVIEW, IdeaState.MERGED);
        assertThat(town.life.get(LifeFixture.AUTHOR, idea).possible()).containsExactly(IdeaState.WITHDRAWN);
        assertThat(town.life.get(Caller.visitor(Locale.FRENCH), idea).possible())
                .isEmpty();
    }

    @Test
    void aWithdrawnIdeaIsInNoListTakesNoVoteAndKeepsThoseItHad() {
        long idea = town.ideas.published("Une fontaine");
        town.vote(idea, Choice.FOR, 1, 2);

        Life life = town.life.withdraw(LifeFixture.AUTHOR, idea, new MoveDraft(null, "Déjà faite.", null));

        assertThat(life.state()).isEqualTo(IdeaState.WITHDRAWN);
        assertThat(database.number("select count(*) from ideas_listing where idea_id = " + idea))
                .isZero();
        refused("ideas.withdrawn", () -> town.vote(idea, Choice.FOR, 3));
        refused("ideas.withdrawn", () -> town.ideas.votes.withdraw(LifeFixture.member(1), idea));
        assertThat(town.ideas.tally(idea).inFavour()).isEqualTo(2);
        assertThat(town.news).extracting(News::actor).containsExactly(7L);
    }

    @Test
    void anIdeaThatIsHiddenTakesNoStepAndComesBackWhereItWas() {
        long idea = town.ideas.published("Une fontaine");
        town.review(idea);
        database.execute("update ideas_idea set hidden_state = state, state = 'hidden' where id = " + idea);

        refused("ideas.hidden", () -> town.life.answer(LifeFixture.STAFF, idea, LifeFixture.declined(null)));
        assertThatThrownBy(() -> town.life.get(LifeFixture.STAFF, idea)).isInstanceOf(NotFoundException.class);
        assertThat(town.life.get(LifeFixture.AUTHOR, idea).state()).isEqualTo(IdeaState.HIDDEN);

        database.execute("update ideas_idea set state = hidden_state, hidden_state = null where id = " + idea);
        assertThat(town.life
                        .answer(LifeFixture.STAFF, idea, LifeFixture.declined(null))
                        .step())
                .isEqualTo(2);
    }

    @Test
    void ideasUnderReviewAreListedOldestFirstAPieceAtATime() {
        database.execute("delete from ideas_listing");
        List<Long> ideas = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ideas.add(town.ideas.published("Une idée " + i));
            town.ideas.clock.advance(Duration.ofMinutes(1));
        }
        for (int i = 4; i >= 0; i--) {
            town.ideas.clock.advance(Duration.ofHours(1));
            if (i != 2) {
                town.review(ideas.get(i));
            }
        }

        Slice<Awaiting> first = town.life.awaiting(LifeFixture.STAFF, null, Paging.first(3));
        Slice<Awaiting> rest = town.life.awaiting(LifeFixture.STAFF, null, Paging.of("3", first.next(), 2));

        assertThat(first.items())
                .extracting(one -> one.idea().id())
                .containsExactly(ideas.get(0), ideas.get(1), ideas.get(3));
        assertThat(first.items().get(0).since()).isEqualTo(town.ideas.clock.instant());
        assertThat(rest.items()).extracting(one -> one.idea().id()).containsExactly(ideas.get(4));
        assertThat(rest.next()).isNull();
        assertThatThrownBy(() -> town.life.awaiting(LifeFixture.AUTHOR, null, Paging.first(3)))
                .isInstanceOf(ForbiddenException.class);
    }
}
