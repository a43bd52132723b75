// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.Contributions;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class CommentServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final Instant LONG_AGO = Instant.parse("2019-01-17T09:38:20Z");
    private static final long CLOSED = 8;
    private static final long HIDDEN = 9;
    private static final AtomicLong LAST = new AtomicLong(1_000);

    private final Caller ana = member(1);
    private Map<Long, String> names;
    private Initiative initiative;
    private CommentServiceImpl comments;
    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final Outbox outbox = Mockito.mock(Outbox.class);
    private final Gate gate = new Gate();

    /** A gate that holds or refuses what the test wants. */
    private static final class Gate implements Contributions {
        private Verdict verdict = Verdict.PASS;
        private boolean suspended;
        private final List<ModeratedContent.Item> held = new ArrayList<>();

        @Override
        public Verdict check(Caller caller, String kind, String field, String text) {
            requireActive(caller);
            return verdict;
        }

        @Override
        public void requireActive(Caller caller) {
            if (suspended) {
                throw new ForbiddenException("core.suspended");
            }
        }

        @Override
        public void hold(Connection connection, ModeratedContent.Item item, Verdict why) {
            held.add(item);
        }
    }

    @BeforeAll
    static void people() {
        for (int id = 1; id <= 40; id++) {
            database.execute("insert into core_member (id, version, email, display_name, profile, language, created_at)"
                    + " values (" + id + ", 1, 'm" + id
                    + "@example.org', 'M', 'citizen', 'fr', '2026-01-01 00:00:00')");
        }
    }

    @BeforeEach
    void start() {
        names = new HashMap<>();
        initiative = new Initiative("idea", LAST.incrementAndGet());
        comments = node();
    }

    private CommentServiceImpl node() {
        MemberService members = Mockito.mock(MemberService.class);
        Mockito.when(members.displayNames(Mockito.any())).thenAnswer(call -> names);
        Ids ids = LAST::incrementAndGet;
        return new CommentServiceImpl(
                database.dataSource(),
                ids,
                clock,
                (caller, action, where) -> switch (action) {
                    case "core.comment" -> caller.has(Role.MEMBER);
                    case "core.comment-official" -> caller.has(Role.STAFF);
                    default -> caller.has(Role.MODERATOR);
                },
                (caller, wanted) -> wanted.id() == HIDDEN
                        ? Optional.empty()
                        : Optional.of(
                                new InitiativeSummary(wanted, "T", "/t", wanted.id() != CLOSED, null, Set.of(3L))),
                members,
                Mockito.mock(FollowService.class),
                Mockito.mock(NewsDesk.class),
                gate,
                outbox);
    }

    @Test
    void whatIsSaidIsCleanedAndCanBeReadAgain() {
        Comment said = say("  Bonne idée.\r\n\r\nEt l’hiver\u0000 ?  ", null);

        assertThat(said.body()).isEqualTo("Bonne idée.\n\nEt l’hiver ?");
        assertThat(said.author()).isEqualTo(1);
        assertThat(said.authorName()).isEqualTo("Membre 1");
        assertThat(said.thread()).isEqualTo(said.id());
        assertThat(said.parent()).isNull();
        assertThat(all(20)).containsExactly(said);
    }

    @Test
    void anAnswerIsInTheThreadOfWhatItAnswers() {
        Comment first = say("un", null);
        Comment second = say("deux", first.id());
        Comment third = say("trois", second.id());

        assertThat(second).extracting(Comment::thread, Comment::parent).containsExactly(first.id(), first.id());
        assertThat(third).extracting(Comment::thread, Comment::parent).containsExactly(first.id(), second.id());
    }

    @Test
    void whatIsSaidAtTheCounterIsMarkedSoForGood() {
        Caller atCounter = ana.owing(Set.of(Caller.Due.OWNER));

        Comment said = comments.add(atCounter, initiative, new CommentDraft("un", null));
        Comment answer = comments.add(atCounter, initiative, new CommentDraft("deux", said.id()));
        Comment own = say("trois", said.id());

        assertThat(List.of(said, answer)).allMatch(Comment::atCounter);
        assertThat(own.atCounter()).isFalse();
        assertThat(all(20)).containsExactly(said, answer, own);
        assertThat(comments.edit(ana, said.id(), new CommentDraft("un et demi", null))
                        .atCounter())
                .as("changed by its owner later")
                .isTrue();
        comments.delete(ana, said.id());
        assertThat(comments.get(ana, said.id()).atCounter())
                .as("its place says nothing any more")
                .isFalse();
    }

    @Test
    void aBodyIsNeitherEmptyNorLongerThanItsLimit() {
        String longest = "\uD83D\uDC26".repeat(CommentDraft.MAX_BODY);

        assertThat(say(longest, null).body()).isEqualTo(longest);
        assertInvalid(longest + "x", null, "too-long");
        assertInvalid(" \n", null, "required");
        assertInvalid(null, null, "required");
    }

    @Test
    void onlyACommentOnTheSameInitiativeCanBeAnswered() {
        Comment elsewhere = comments.add(ana, new Initiative("project", initiative.id()), new CommentDraft("un", null));

        assertInvalid("deux", elsewhere.id(), "unknown");
        assertInvalid("deux", 1L, "unknown");
        assertThatThrownBy(() -> comments.add(ana, initiative, new CommentDraft("", 1L)))
                .hasMessageContaining("body")
                .hasMessageContaining("parent");
    }

    @Test
    void visitorsReadAndDoNotWrite() {
        Comment said = say("un", null);
        Caller visitor = Caller.visitor(Locale.FRENCH);

        assertThatThrownBy(() -> comments.add(visitor, initiative, new CommentDraft("deux", null)))
                .isInstanceOf(UnauthenticatedException.class);
        assertThat(comments.list(visitor, initiative, Paging.first(20)).items())
                .extracting(Comment::id)
                .containsExactly(said.id());
    }

    @Test
    void nothingIsSaidOrReadWhereTheCallerCanSeeNoInitiative() {
        Initiative hidden = new Initiative("idea", HIDDEN);

        assertThatThrownBy(() -> comments.add(ana, hidden, new CommentDraft("un", null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> comments.list(ana, hidden, Paging.first(20))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aClosedDiscussionIsReadOnly() {
        Initiative closed = new Initiative("idea", CLOSED);

        assertThatThrownBy(() -> comments.add(ana, closed, new CommentDraft("un", null)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("core.discussion-closed");
        assertThat(comments.list(ana, closed, Paging.first(20)).items()).isEmpty();
    }

    @Test
    void newestThreadsComeFirstAndAThreadIsInTheOrderOfTime() {
        Comment a = say("a", null);
        Comment b = say("b", null);
        Comment a2 = say("a2", a.id());
        Comment b2 = say("b2", b.id());
        Comment a3 = say("a3", a2.id());

        assertThat(all(20)).containsExactly(b, b2, a, a2, a3);
    }

    @Test
    void pagesOfEverySizeTogetherAreTheWholeDiscussion() {
        for (int thread = 0; thread < 5; thread++) {
            Comment first = say("t" + thread, null);
            for (int answer = 0; answer < thread * 2; answer++) {
                say("t" + thread + "." + answer, first.id());
            }
        }
        List<Comment> whole = all(100);
        assertThat(whole).hasSize(25);

        for (int limit : new int[] {1, 2, 3, 7, 24, 25, 26}) {
            assertThat(all(limit)).isEqualTo(whole);
        }
    }

    @Test
    void whatIsSaidWhileSomebodyReadsMakesNothingComeTwice() {
        List<Comment> before = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            before.add(say("t" + i, null));
        }
        List<Comment> read = new ArrayList<>();
        String cursor = null;
        do {
            Slice<Comment> slice = comments.list(ana, initiative, Paging.of("5", cursor, CommentService.CURSOR_SIZE));
            read.addAll(slice.items());
            cursor = slice.next();
            say("meanwhile", null);
            say("answer meanwhile", before.get(11).id());
        } while (cursor != null);

        assertThat(read).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void authorsAreShownUnderTheNameThatTheyGoByToday() {
        Comment said = say("un", null);
        names.put(1L, "Ana Nouvelle");

        assertThat(all(20)).containsExactly(said.by("Ana Nouvelle"));
    }

    @Test
    void countsAreOfThisKindAndFollowEachComment() {
        Initiative other = new Initiative("idea", LAST.incrementAndGet());
        assertThat(comments.counts("idea", List.of(initiative.id(), other.id())))
                .isEmpty();
        say("un", null);
        say("deux", null);

        assertThat(comments.counts("idea", List.of(initiative.id(), other.id())))
                .isEqualTo(Map.of(initiative.id(), 2));
        assertThat(comments.counts("project", List.of(initiative.id()))).isEmpty();
        assertThat(comments.counts("idea", List.of())).isEmpty();
    }

    @Test
    void manyWhoSpeakAtOnceAreAllHeard() {
        Comment first = say("un", null);

        AtOnce.run(
                20,
                i -> comments.add(
                        member(1 + i % 2), initiative, new CommentDraft("n" + i, i % 3 == 0 ? null : first.id())));

        assertThat(all(7)).hasSize(21);
        assertThat(comments.counts("idea", List.of(initiative.id()))).isEqualTo(Map.of(initiative.id(), 21));
    }

    @Test
    void foreignCommentsComeInOnceHoweverOftenTheyAreBrought() {
        List<ForeignComment> thread = List.of(foreign("1", null), foreign("2", "1"), foreign("3", "2"));

        assertThat(comments.bringIn(initiative, thread)).isEqualTo(became(thread, true));
        List<Comment> after = all(20);
        assertThat(comments.bringIn(initiative, thread)).isEqualTo(became(thread, false));

        assertThat(all(20)).isEqualTo(after).hasSize(3);
        assertThat(after.get(0).createdAt()).isEqualTo(LONG_AGO);
        assertThat(after.get(0).author()).isZero();
        assertThat(after.get(0).authorName()).isEqualTo("participant");
        assertThat(after).extracting(Comment::thread).containsOnly(after.get(0).id());
    }

    @Test
    void commentsOnSeveralInitiativesComeInTogetherAndAreThenPresent() {
        Initiative other = new Initiative("idea", LAST.incrementAndGet());
        ForeignComment here = foreign("1", null);
        ForeignComment there = foreign("2", null);

        assertThat(comments.present(List.of(here.reference(), there.reference())))
                .isEmpty();
        comments.bringIn(Map.of(initiative, List.of(here), other, List.of(there)));

        assertThat(comments.present(List.of(here.reference(), there.reference(), "nowhere")))
                .containsExactlyInAnyOrder(here.reference(), there.reference());
        assertThat(comments.counts("idea", List.of(initiative.id(), other.id())))
                .isEqualTo(Map.of(initiative.id(), 1, other.id(), 1));
    }

    @Test
    void aCommentThatWasWrittenHereIsKnownByItsIdWhenItsExportComesBack() {
        Comment written = say("un", null);
        String own = ForeignComment.OF_NOTREVILLE + written.id();
        ForeignComment answer = new ForeignComment("answer", own, 0, "participant", "deux", LONG_AGO);

        assertThat(comments.present(
                        List.of(own, ForeignComment.OF_NOTREVILLE + "x", ForeignComment.OF_NOTREVILLE + "1")))
                .containsExactly(own);
        assertThat(comments.bringIn(
                        initiative, List.of(new ForeignComment(own, null, 0, "participant", "un", LONG_AGO), answer)))
                .isEqualTo(Map.of(own, false, "answer", true));
        assertThat(all(20)).hasSize(2).element(1).extracting(Comment::parent).isEqualTo(written.id());
    }

    @Test
    void anAnswerIsBroughtInLaterThanWhatItAnswersToo() {
        comments.bringIn(initiative, List.of(foreign("1", null)));

        assertThat(comments.bringIn(initiative, List.of(foreign("2", "1")))).containsValue(true);

        assertThat(all(20)).hasSize(2);
    }

    @Test
    void anAnswerToNothingOrToAnotherInitiativeIsLeftOut() {
        Initiative other = new Initiative("idea", LAST.incrementAndGet());
        comments.bringIn(other, List.of(foreign("1", null)));

        assertThat(comments.bringIn(initiative, List.of(foreign("2", "1"), foreign("3", "nowhere"))))
                .isEmpty();

        assertThat(all(20)).isEmpty();
    }

    @Test
    void theSameCommentTwiceInOneGoIsOneCommentAndCountsAsNew() {
        ForeignComment one = foreign("1", null);

        assertThat(comments.bringIn(initiative, List.of(one, one))).isEqualTo(Map.of(one.reference(), true));

        assertThat(all(20)).hasSize(1);
    }

    @Test
    void moreReferencesThanOneQueryTakesAreFound() {
        List<ForeignComment> many =
                IntStream.range(0, 700).mapToObj(i -> foreign("m" + i, null)).toList();
        comments.bringIn(initiative, many);

        assertThat(comments.bringIn(initiative, many)).isEqualTo(became(many, false));
    }

    @Test
    void twoImportsOfTheSameCommentsAtOnceBringThemInOnce() {
        List<ForeignComment> thread = IntStream.range(0, 40)
                .mapToObj(i -> foreign("r" + i, i % 4 == 0 ? null : "r" + (i - 1)))
                .toList();

        List<Map<String, Boolean>> answers = AtOnce.run(4, i -> node().bringIn(initiative, thread));

        assertThat(all(100)).hasSize(40);
        Set<String> isNew = new HashSet<>();
        answers.forEach(answer -> {
            assertThat(answer).hasSize(40);
            answer.forEach((reference, fresh) -> {
                if (fresh) {
                    assertThat(isNew.add(reference)).isTrue();
                }
            });
        });
        assertThat(isNew).hasSize(40);
    }

    @Test
    void aThreadIsATreeAndWhatIsTooDeepStandsBesideTheDeepest() {
        Comment root = say("root", null);
        Comment first = say("1", root.id());
        Comment second = say("2", root.id());
        Comment underFirst = say("1.1", first.id());
        Comment deep = underFirst;
        List<Comment> chain = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            deep = say("deep " + i, deep.id());
            chain.add(deep);
        }

        List<Comment> whole = all(100);

        assertThat(whole).startsWith(root, first, underFirst).endsWith(second);
        assertThat(whole).hasSize(64);
        assertThat(whole.subList(3, 63)).isEqualTo(chain);
        assertThat(whole).allMatch(comment -> comment.depth() <= Comment.MAX_DEPTH);
        assertThat(all(7)).isEqualTo(whole);
    }

    @Test
    void importedThreadsStandWhereTheirOwnDatePutsThem() {
        Comment now = say("now", null);
        comments.bringIn(initiative, List.of(foreign("old", null), foreign("old-answer", "old")));

        assertThat(all(20)).extracting(Comment::createdAt).containsExactly(now.createdAt(), LONG_AGO, LONG_AGO);
        assertThat(all(1)).isEqualTo(all(20));
    }

    @Test
    void anAuthorChangesWhatTheySaidForAnHourAndModeratorsSeeWhatItWas() {
        Comment said = say("un", null);

        clock.advance(CommentService.EDIT_WINDOW);
        Comment changed = comments.edit(ana, said.id(), new CommentDraft("deux", null));

        assertThat(changed.body()).isEqualTo("deux");
        assertThat(changed.editedAt()).isEqualTo(clock.instant());
        assertThat(changed.createdAt()).isEqualTo(said.createdAt());
        assertThat(comments.versions(moderator(), said.id()))
                .extracting(version -> version.body())
                .containsExactly("un");
        assertThatThrownBy(() -> comments.versions(ana, said.id())).isInstanceOf(ForbiddenException.class);

        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> comments.edit(ana, said.id(), new CommentDraft("trois", null)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("core.edit-too-late");
    }

    @Test
    void theSameTextAgainIsNoChange() {
        Comment said = say("un", null);

        assertThat(comments.edit(ana, said.id(), new CommentDraft(" un ", null)))
                .isEqualTo(said);
        assertThat(comments.versions(moderator(), said.id())).isEmpty();
    }

    @Test
    void nobodyChangesOrTakesBackWhatOthersSaid() {
        Comment said = say("un", null);

        assertThatThrownBy(() -> comments.edit(member(2), said.id(), new CommentDraft("deux", null)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> comments.delete(member(2), said.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> comments.delete(Caller.visitor(Locale.FRENCH), said.id()))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void manyChangesAtOnceKeepEveryVersion() {
        Comment said = say("v", null);

        AtOnce.run(8, i -> comments.edit(ana, said.id(), new CommentDraft("v" + i, null)));

        assertThat(comments.versions(moderator(), said.id())).hasSize(8);
    }

    @Test
    void whatIsTakenBackIsGoneAndKeepsItsPlaceOnlyWhereOthersAnsweredIt() {
        Comment alone = say("alone", null);
        Comment answered = say("answered", null);
        Comment answer = say("answer", answered.id());

        comments.delete(ana, alone.id());
        comments.delete(ana, answered.id());
        comments.delete(ana, answered.id());

        List<Comment> left = all(20);
        assertThat(left).hasSize(2);
        assertThat(left.get(0))
                .extracting(Comment::id, Comment::body, Comment::author, Comment::authorName, Comment::state)
                .containsExactly(answered.id(), "", 0L, "", Comment.State.DELETED);
        assertThat(left.get(1)).isEqualTo(answer);
        assertThat(comments.counts("idea", List.of(initiative.id()))).isEqualTo(Map.of(initiative.id(), 1));
        assertThat(comments.versions(moderator(), answered.id())).hasSize(1);
        assertThatThrownBy(() -> comments.get(ana, alone.id())).isInstanceOf(NotFoundException.class);
        assertInvalid("deux", alone.id(), "unknown");
    }

    @Test
    void aThreadTakesAStanceAndAnAnswerTakesNone() {
        Comment inFavour = stand("oui", "for");
        stand("non", "against");
        say("hm", null);
        Comment answer = say("et?", inFavour.id());

        assertThat(list(new CommentQuery(null, "for")))
                .extracting(Comment::id)
                .containsExactly(inFavour.id(), answer.id());
        assertThat(inFavour.stance()).isEqualTo(Stance.FOR);
        assertThat(answer.stance()).isNull();
        assertThat(comments.balance(initiative)).isEqualTo(new CommentService.Balance(1, 0, 1));
        assertThatThrownBy(() -> comments.add(ana, initiative, new CommentDraft("x", inFavour.id(), "for", false)))
                .hasMessageContaining("core.stance-in-answer");
        assertThatThrownBy(() -> stand("x", "maybe")).hasMessageContaining("not-one-of");
        assertThatThrownBy(() -> list(new CommentQuery("worst", null))).isInstanceOf(InvalidException.class);
    }

    @Test
    void whoAnswersForTheInitiativeOrTheCityIsMarked() {
        Caller staff = Caller.member(4, "Ville", Set.of(Role.STAFF), Locale.FRENCH);
        CommentDraft official = new CommentDraft("Réponse", null, null, true);

        assertThat(comments.add(member(3), initiative, new CommentDraft("moi", null))
                        .voice())
                .isEqualTo(Comment.Voice.RESPONSIBLE);
        assertThat(comments.add(staff, initiative, official).voice()).isEqualTo(Comment.Voice.CITY);
        assertThat(comments.add(staff, initiative, new CommentDraft("voisin", null))
                        .voice())
                .isEqualTo(Comment.Voice.MEMBER);
        assertThatThrownBy(() -> comments.add(ana, initiative, official)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void usefulIsSaidOnceByEachAndCanBeTakenBack() {
        Comment said = say("un", null);

        AtOnce.run(6, i -> comments.mark(member(2 + i % 3), said.id(), true));
        assertThat(comments.get(member(2), said.id()))
                .extracting(Comment::useful, Comment::markedByMe)
                .containsExactly(3, true);

        assertThat(comments.mark(member(2), said.id(), false).useful()).isEqualTo(2);
        assertThatThrownBy(() -> comments.mark(ana, said.id(), true)).hasMessageContaining("core.own-comment");
    }

    @Test
    void theBestIsWhatMostOfThoseWhoWereThereFoundUseful() {
        Comment early = say("early", null);
        for (int i = 0; i < 4; i++) {
            comments.mark(member(10 + i), early.id(), true);
        }
        clock.advance(Duration.ofDays(30));
        for (int i = 0; i < 12; i++) {
            comments.mark(member(20 + i), early.id(), i < 2);
        }
        Comment other = say("other", null);
        Comment late = say("late", null);
        for (int i = 0; i < 5; i++) {
            comments.mark(member(30 + i), late.id(), true);
        }
        comments.mark(member(30), other.id(), true);
        Comment answer = say("answer", late.id());

        new CommentScores(database.dataSource()).fold(initiative);

        assertThat(list(new CommentQuery("best", null)))
                .extracting(Comment::id)
                .containsExactly(late.id(), answer.id(), early.id(), other.id());
        comments.mark(member(30), other.id(), false);
        new CommentScores(database.dataSource()).fold(initiative);
        assertThat(database.number("select thread_score from core_comment where id = " + other.id()))
                .isZero();
        for (int limit : new int[] {1, 2, 3}) {
            assertThat(list(new CommentQuery("best", null), limit)).isEqualTo(list(new CommentQuery("best", null)));
        }
    }

    @Test
    void aScoreIsTheLowerBoundOfWilsonsInterval() {
        assertThat(CommentScores.score(0, 10)).isZero();
        assertThat(CommentScores.score(1, 1)).isEqualTo(103);
        assertThat(CommentScores.score(8, 10)).isEqualTo(245);
        assertThat(CommentScores.score(1, 10_000)).isEqualTo(1);
    }

    @Test
    void aMarkIsToldToWhoeverFoldsInTheSameTransaction() throws Exception {
        Comment said = say("un", null);

        comments.mark(member(2), said.id(), true);

        Mockito.verify(outbox).append(Mockito.any(), Mockito.eq("comment-mark"), Mockito.eq(initiative.toString()));
    }

    @Test
    void whatIsHeldIsSeenByItsAuthorAloneUntilItIsShown() {
        gate.verdict = new Contributions.Verdict(true, List.of("links"));
        Comment held = say("http://a.example http://b.example", null);
        gate.verdict = Contributions.Verdict.PASS;

        assertThat(held.state()).isEqualTo(Comment.State.HELD);
        assertThat(gate.held).extracting(item -> item.item().id()).containsExactly(held.id());
        assertThat(all(20)).containsExactly(held);
        assertThat(comments.list(member(2), initiative, Paging.first(20)).items())
                .isEmpty();
        assertThat(comments.counts("idea", List.of(initiative.id()))).isEmpty();
        assertInvalid("deux", held.id(), "unknown");

        CommentModeration moderation = moderation();
        restore(moderation, held);
        moderation.changed(held.id());

        assertThat(comments.list(member(2), initiative, Paging.first(20)).items())
                .extracting(Comment::id)
                .containsExactly(held.id());
        assertThat(comments.counts("idea", List.of(initiative.id()))).isEqualTo(Map.of(initiative.id(), 1));
    }

    @Test
    void whatIsHeldAfterAnswersShowsOthersItsPlaceAlone() {
        Comment said = say("un", null);
        say("answer", said.id());
        gate.verdict = new Contributions.Verdict(true, List.of("blocked-word"));
        comments.edit(ana, said.id(), new CommentDraft("insulte", null));

        assertThat(comments.list(member(2), initiative, Paging.first(20))
                        .items()
                        .get(0))
                .extracting(Comment::body, Comment::authorName)
                .containsExactly("", "");
        assertThat(all(20).get(0).body()).isEqualTo("insulte");
    }

    @Test
    void whatIsHiddenIsNotShownAgainByBeingChangedOrTakenBack() {
        Comment said = say("un", null);
        CommentModeration moderation = moderation();
        hide(moderation, said);
        moderation.changed(said.id());

        assertThat(all(20)).isEmpty();
        assertThatThrownBy(() -> comments.edit(ana, said.id(), new CommentDraft("deux", null)))
                .isInstanceOf(NotFoundException.class);
        comments.delete(ana, said.id());
        restore(moderation, said);
        assertThat(all(20)).isEmpty();
    }

    @Test
    void whoIsSuspendedNeitherSpeaksNorMarks() {
        Comment said = say("un", null);
        gate.suspended = true;

        assertThatThrownBy(() -> say("deux", null)).hasMessageContaining("core.suspended");
        assertThatThrownBy(() -> comments.mark(member(2), said.id(), true)).hasMessageContaining("core.suspended");
    }

    private static void hide(CommentModeration moderation, Comment comment) {
        Sql.write(database.dataSource(), connection -> {
            moderation.hide(connection, comment.id());
            return true;
        });
    }

    private static void restore(CommentModeration moderation, Comment comment) {
        Sql.write(database.dataSource(), connection -> {
            moderation.restore(connection, comment.id());
            return true;
        });
    }

    private CommentModeration moderation() {
        return new CommentModeration(database.dataSource(), (caller, wanted) -> Optional.empty(), comments);
    }

    private Comment stand(String body, String stance) {
        return comments.add(ana, initiative, new CommentDraft(body, null, stance, false));
    }

    private List<Comment> list(CommentQuery query) {
        return list(query, 100);
    }

    private List<Comment> list(CommentQuery query, int limit) {
        List<Comment> read = new ArrayList<>();
        String cursor = null;
        do {
            Slice<Comment> slice = comments.list(
                    ana, initiative, query, Paging.of(String.valueOf(limit), cursor, CommentService.CURSOR_SIZE));
            read.addAll(slice.items());
            cursor = slice.next();
        } while (cursor != null);
        return read;
    }

    private static Caller moderator() {
        return Caller.member(40, "Modération", Set.of(Role.MODERATOR), Locale.FRENCH);
    }

    private Comment say(@Nullable String body, @Nullable Long parent) {
        return comments.add(ana, initiative, new CommentDraft(body, parent));
    }

    private void assertInvalid(@Nullable String body, @Nullable Long parent, String code) {
        assertThatThrownBy(() -> say(body, parent))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining(code);
    }

    private List<Comment> all(int limit) {
        List<Comment> read = new ArrayList<>();
        String cursor = null;
        do {
            Slice<Comment> slice = comments.list(
                    ana, initiative, Paging.of(String.valueOf(limit), cursor, CommentService.CURSOR_SIZE));
            read.addAll(slice.items());
            cursor = slice.next();
        } while (cursor != null);
        return read;
    }

    /** References are the test's own. */
    private ForeignComment foreign(String reference, @Nullable String parent) {
        String own = initiative.id() + "#";
        return new ForeignComment(
                own + reference, parent == null ? null : own + parent, 0, "participant", "C’est dit.", LONG_AGO);
    }

    private static Map<String, Boolean> became(List<ForeignComment> comments, boolean isNew) {
        Map<String, Boolean> became = new HashMap<>();
        comments.forEach(comment -> became.put(comment.reference(), isNew));
        return became;
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
