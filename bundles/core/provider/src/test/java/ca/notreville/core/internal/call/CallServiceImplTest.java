// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.call.Call;
import ca.notreville.core.api.call.CallAnswer;
import ca.notreville.core.api.call.CallDraft;
import ca.notreville.core.api.call.CallService;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.internal.notify.NewsTown;
import ca.notreville.core.internal.notify.NotifyConfig;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class CallServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final Target PLACE = Target.of(NewsTown.PLACE);
    private static final Target IDEA = Target.of(NewsTown.IDEA);

    /** The default: leaders, in the place where they lead. */
    private static final AccessControl ACCESS = new AccessControl() {
        @Override
        public boolean allows(Caller caller, String action, Scope where) {
            return allowsSomewhere(caller, action)
                    && (caller.has(Role.LEADER)
                            || caller.limited().stream()
                                    .anyMatch(grant -> grant.where().equals(where.neighbourhood())));
        }

        @Override
        public boolean allowsSomewhere(Caller caller, String action) {
            return action.equals(CallService.CALL)
                    && (caller.has(Role.LEADER)
                            || caller.limited().stream().anyMatch(grant -> grant.role() == Role.LEADER));
        }
    };

    private final Caller leader = NewsTown.leader(1);
    private NewsTown town;
    private CallServiceImpl calls;

    @BeforeEach
    void start() {
        town = new NewsTown(database);
        town.people(1, 40);
        NotifyConfig config = Mockito.mock(NotifyConfig.class);
        Mockito.when(config.timeZone()).thenReturn("America/Toronto");
        calls = new CallServiceImpl(
                database.dataSource(),
                town.ids,
                town.clock,
                ACCESS,
                town.targets,
                town.members,
                town.desk,
                town.audit,
                town.readers,
                config);
    }

    private static CallDraft draft(int wanted) {
        return new CallDraft(
                "Dix personnes samedi", "On plante des arbres.", "Au quai", "2026-05-09T09:30", "" + wanted, null);
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }

    @Test
    void aCallSaysWhatWhereAndWhenInTheTimeOfTheTownAndClosesAtItsStart() {
        Call call = calls.send(leader, PLACE, draft(10));

        assertThat(call.startsAt()).isEqualTo(Instant.parse("2026-05-09T13:30:00Z"));
        assertThat(call.closesAt()).isEqualTo(call.startsAt());
        assertThat(call.targetTitle()).isEqualTo("Le Quai");
        assertThat(call.open()).isTrue();
        assertThat(calls.get(call.id())).isEqualTo(call);
        assertThat(calls.open(null, 5)).containsExactly(call);
        assertThat(calls.open("quai", 5)).containsExactly(call);
        assertThat(calls.open("cote", 5)).isEmpty();
    }

    @Test
    void onlyWhoLeadsThereMayCall() {
        Grant elsewhere = new Grant(Role.LEADER, Grant.Limit.NEIGHBOURHOOD, "cote");
        Grant here = new Grant(Role.LEADER, Grant.Limit.NEIGHBOURHOOD, "quai");
        Caller stranger = Caller.holding(2, "B", Set.of(elsewhere), Locale.FRENCH);
        Caller neighbour = Caller.holding(3, "C", Set.of(here), Locale.FRENCH);

        assertThatThrownBy(() -> calls.send(member(2), PLACE, draft(1))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> calls.send(stranger, PLACE, draft(1))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> calls.send(Caller.visitor(Locale.FRENCH), PLACE, draft(1)))
                .isInstanceOf(UnauthenticatedException.class);
        assertThat(calls.mayCall(stranger, PLACE)).isFalse();
        assertThat(calls.mayCall(neighbour, PLACE)).isTrue();
        assertThat(calls.send(neighbour, IDEA, draft(1)).target())
                .as("an idea in the place")
                .isEqualTo(IDEA);
        assertThatThrownBy(() -> calls.send(leader, Target.tag("parcs"), draft(1)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void everyFieldThatIsWrongIsNamed() {
        assertThat(errors(() -> calls.send(
                        leader, PLACE, new CallDraft("abc", " ", "x".repeat(201), "demain", "0", "2020-01-01T00:00"))))
                .containsExactlyInAnyOrder(
                        "title too-short",
                        "text required",
                        "place too-long",
                        "startsAt core.call-no-time",
                        "wanted core.call-wanted",
                        "closesAt core.call-when");
        assertThat(errors(() -> calls.send(
                        leader, PLACE, new CallDraft("Dix personnes", "On plante.", null, null, "5001", null))))
                .containsExactly("wanted core.call-wanted");
    }

    private static Set<String> errors(Supplier<Call> act) {
        try {
            return Set.of("taken as " + act.get());
        } catch (InvalidException e) {
            return e.errors().stream()
                    .map((FieldError error) -> error.field() + " " + error.code())
                    .collect(java.util.stream.Collectors.toSet());
        }
    }

    @Test
    void ofManyWhoSayYesAtOnceExactlyAsManyAreCountedAsAreWanted() {
        long call = calls.send(leader, PLACE, draft(7)).id();

        long taken = AtOnce.run(20, i -> {
                    try {
                        calls.answer(member(10 + i), call, CallAnswer.YES);
                        return 1L;
                    } catch (ConflictException e) {
                        assertThat(e.code()).isEqualTo("core.call-full");
                        return 0L;
                    }
                })
                .stream()
                .mapToLong(n -> n)
                .sum();

        assertThat(taken).isEqualTo(7);
        assertThat(calls.get(call).yes()).isEqualTo(7);
        assertThat(database.number("select count(*) from core_call_answer where answer = 'yes'"))
                .isEqualTo(7);
    }

    @Test
    void peopleChangeTheirMindsAtOnceAndTheCountsStayThoseOfTheAnswers() {
        long call = calls.send(leader, PLACE, draft(3)).id();

        AtOnce.run(8, i -> {
            for (CallAnswer answer : CallAnswer.values()) {
                for (long who = 10; who < 14; who++) {
                    try {
                        calls.answer(member(who), call, answer);
                    } catch (ConflictException e) {
                        assertThat(e.code()).isEqualTo("core.call-full");
                    }
                }
            }
            return i;
        });

        Call after = calls.get(call);
        assertThat(after.yes()).isEqualTo(count("yes"));
        assertThat(after.maybe()).isEqualTo(count("maybe"));
        assertThat(after.no()).isEqualTo(count("no")).isPositive();
    }

    private static int count(String answer) {
        return (int) database.number("select count(*) from core_call_answer where answer = '" + answer + "'");
    }

    @Test
    void whoSaysNoAfterAllMakesRoomForSomebodyElse() {
        long call = calls.send(leader, PLACE, draft(1)).id();
        calls.answer(member(10), call, CallAnswer.YES);
        assertThatThrownBy(() -> calls.answer(member(11), call, CallAnswer.YES)).isInstanceOf(ConflictException.class);
        calls.answer(member(11), call, CallAnswer.MAYBE);

        calls.answer(member(10), call, CallAnswer.NO);
        Call after = calls.answer(member(11), call, CallAnswer.YES);

        assertThat(after).extracting(Call::yes, Call::maybe, Call::no).containsExactly(1, 0, 1);
        assertThat(calls.answer(member(11), call)).contains(CallAnswer.YES);
    }

    @Test
    void theCallGoesToResidentsAndFollowersAndItsLetterCanBeAnsweredWithoutASession() {
        database.execute("update core_member set neighbourhood_id = 'quai' where id = 20");
        town.follows.follow(member(21), PLACE);

        long call = calls.send(leader, PLACE, draft(2)).id();
        town.spreadAll();

        assertThat(database.number("select count(*) from core_notification where member_id in (20, 21)"))
                .isEqualTo(2);
        String token = token(call, 20);
        assertThat(calls.answerByLetter(call, token)).isEmpty();
        assertThat(calls.answerByLetter(call, token, CallAnswer.YES).yes()).isEqualTo(1);
        assertThat(calls.answer(member(20), call)).contains(CallAnswer.YES);
        assertThatThrownBy(() -> calls.answerByLetter(call, "l" + token.substring(1), CallAnswer.YES))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> calls.answerByLetter(call + 1, token, CallAnswer.YES))
                .isInstanceOf(NotFoundException.class);
    }

    private String token(long call, long member) {
        String link = town.letterLink(member, "/calls/" + call);
        return link.substring(link.indexOf("as=") + 3);
    }

    @Test
    void aCallWhoseTimeIsOverClosesByItselfAndEverybodyWhoAnsweredIsToldOnce() {
        long call = calls.send(leader, PLACE, draft(5)).id();
        calls.answer(member(10), call, CallAnswer.YES);
        calls.answer(member(11), call, CallAnswer.NO);
        town.spreadAll();
        database.execute("delete from core_notification");

        town.clock.advance(Duration.ofDays(30));
        assertThat(calls.get(call).open()).isFalse();
        assertThatThrownBy(() -> calls.answer(member(12), call, CallAnswer.YES))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.code()).isEqualTo("core.call-closed"));
        AtOnce.run(2, i -> {
            calls.run(NewsTown.anyJob());
            return i;
        });
        calls.run(NewsTown.anyJob());
        town.spreadAll();

        assertThat(database.number("select count(*) from core_notification where member_id in (1, 10, 11)"))
                .isEqualTo(3);
        assertThat(database.number("select count(*) from core_notification")).isEqualTo(3);
    }

    @Test
    void whatCameOfItIsToldOnceToEverybodyWhoAnsweredAndClosesTheCall() {
        long call = calls.send(leader, PLACE, draft(5)).id();
        calls.answer(member(10), call, CallAnswer.YES);
        calls.answer(member(11), call, CallAnswer.MAYBE);
        town.spreadAll();

        assertThatThrownBy(() -> calls.tell(member(10), call, "Bravo!")).isInstanceOf(ForbiddenException.class);
        assertThat(errors(() -> calls.tell(leader, call, " "))).containsExactly("result required");
        Call told = calls.tell(leader, call, "Trente arbres plantés!");
        town.spreadAll();

        assertThat(told.open()).isFalse();
        assertThat(told.result()).isEqualTo("Trente arbres plantés!");
        assertThat(database.number("select count(*) from core_notification t join core_news n on n.id = t.news_id"
                        + " where n.quote = 'Trente arbres plantés!' and t.member_id in (10, 11)"))
                .isEqualTo(2);
        assertThatThrownBy(() -> calls.tell(leader, call, "Encore")).isInstanceOf(ConflictException.class);
    }

    @Test
    void nobodySendsMoreThanTheLimitHoweverManyAtOnce() {
        long taken = AtOnce.run(CallService.MOST_SENT + 3, i -> {
                    try {
                        calls.send(leader, PLACE, draft(1));
                        return 1L;
                    } catch (TooManyRequestsException e) {
                        return 0L;
                    }
                })
                .stream()
                .mapToLong(n -> n)
                .sum();

        assertThat(taken).isEqualTo(CallService.MOST_SENT);
        town.clock.advance(Duration.ofDays(CallService.WINDOW_DAYS));
        assertThat(calls.send(leader, IDEA, new CallDraft("Encore une fois", "On plante.", null, null, "1", null))
                        .open())
                .isTrue();
    }
}
