// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.persistence.api.Ids;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
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

    @BeforeAll
    static void people() {
        for (int id = 1; id <= 2; id++) {
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
                database.jpa("core"),
                ids,
                new TestClock("2026-05-01T12:00:00Z"),
                (caller, action, where) -> action.equals("core.comment") && caller.has(Role.MEMBER),
                (caller, wanted) -> wanted.id() == HIDDEN
                        ? Optional.empty()
                        : Optional.of(new InitiativeSummary(wanted, "T", "/", wanted.id() != CLOSED, null, Set.of())),
                members,
                Mockito.mock(FollowService.class),
                Mockito.mock(NewsDesk.class));
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
        assertThat(comments.list(visitor, initiative, Paging.first(20)).items()).containsExactly(said);
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
