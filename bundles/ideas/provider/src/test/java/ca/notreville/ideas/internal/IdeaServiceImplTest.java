// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.Contributions;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.Choice;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaQuery.Sort;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.event.IdeaSubmitted;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

@OnDatabase
class IdeaServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private static final String NEED = "Il manque quelque chose.";

    private final Caller ana = Caller.member(7, "Ana", Set.of(), Locale.FRENCH);
    private final List<SearchQuery> searches = new ArrayList<>();
    private final NewsDesk desk = Mockito.mock(NewsDesk.class);
    private List<Long> hits = List.of();
    private IdeasFixture fixture;
    private IdeaService ideas;
    private Cards cards;
    private final Contributions contributions = Mockito.mock(Contributions.class);

    @BeforeEach
    void start() throws Exception {
        for (String table : List.of("ideas_fold", "ideas_vote", "ideas_listing", "ideas_idea")) {
            database.execute("delete from " + table);
        }
        fixture = new IdeasFixture(database);
        CommentService comments = Mockito.mock(CommentService.class);
        MemberService members = Mockito.mock(MemberService.class);
        Mockito.when(members.displayNames(Mockito.any())).thenReturn(Map.of(7L, "Ana d’aujourd’hui"));
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.neighbourhoods())
                .thenReturn(List.of(
                        new Neighbourhood(1, "quai", "b", "Quai", Map.of(), List.of()),
                        new Neighbourhood(1, "parc", "b", "Parc", Map.of(), List.of())));
        SearchService search = new SearchService() {
            @Override
            public List<Long> search(SearchQuery query) {
                searches.add(query);
                return hits.stream().skip(query.offset()).limit(query.limit()).toList();
            }

            @Override
            public List<Initiative> find(SearchQuery query) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Long> similar(String kind, String title, int limit) {
                return hits.stream().limit(limit).toList();
            }

            @Override
            public List<String> kinds() {
                return List.of();
            }

            @Override
            public void rebuild(String kind) {}
        };
        cards = new Cards(database.dataSource(), fixture.tallies, comments, members);
        Mockito.when(contributions.check(Mockito.any(), Mockito.any(), Mockito.any(), Mockito.any()))
                .thenReturn(Contributions.Verdict.PASS);
        ideas = new IdeaServiceImpl(
                fixture.jpa,
                database.dataSource(),
                fixture.ids,
                fixture.clock,
                fixture.writer,
                IdeasFixture.ACCESS,
                fixture.events::add,
                members,
                comments,
                territory,
                search,
                new Categories(fixture.jpa),
                fixture.tallies,
                cards,
                desk,
                fixture.follows,
                contributions,
                LifeFixture.publication("after"));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void aSubmittedIdeaIsPublishedFoundByItsIdAndTold() {
        Idea idea = ideas.submit(ana, new IdeaDraft(" Des  bancs ", NEED, "On les pose.\r\nVoilà.", "sport", "quai"));

        assertThat(idea)
                .extracting(Idea::title, Idea::proposal, Idea::category, Idea::neighbourhood, Idea::state, Idea::author)
                .containsExactly("Des bancs", "On les pose.\nVoilà.", "sport", "quai", IdeaState.PUBLISHED, 7L);
        assertThat(ideas.get(Caller.visitor(Locale.FRENCH), idea.id()))
                .usingRecursiveComparison()
                .ignoringFields("authorName")
                .isEqualTo(idea);
        assertThat(ideas.get(ana, idea.id()).authorName()).isEqualTo("Ana d’aujourd’hui");
        assertThat(fixture.events).containsExactly(new IdeaSubmitted(idea.id(), 7, fixture.clock.instant()));
        assertThat(fixture.outboxItems).containsExactly("search idea:" + idea.id());
        assertThat(ids(new IdeaQuery(null, null, null, null, null))).containsExactly(idea.id());
    }

    @Test
    void anIdeaEnteredAtTheCounterSaysSoOnItsOwnAndInLists() {
        Caller atCounter = ana.owing(Set.of(Caller.Due.OWNER));

        Idea entered = ideas.submit(atCounter, new IdeaDraft("Une rampe", NEED, NEED, "sport", "quai"));
        Idea own = ideas.submit(ana, new IdeaDraft("Des bancs", NEED, NEED, "sport", "quai"));

        assertThat(entered.atCounter()).isTrue();
        assertThat(own.atCounter()).isFalse();
        assertThat(ideas.get(ana, entered.id()).atCounter()).isTrue();
        assertThat(ideas.get(ana, own.id()).atCounter()).isFalse();
        assertThat(ideas.list(ana, new IdeaQuery(null, null, null, null, null), Paging.first(20))
                        .items())
                .extracting(IdeaCard::id, IdeaCard::atCounter)
                .containsExactlyInAnyOrder(tuple(entered.id(), true), tuple(own.id(), false));
    }

    @Test
    void anIdeaThatIsHeldIsSeenByItsAuthorAloneUntilItIsShown() throws Exception {
        Mockito.when(contributions.check(Mockito.any(), Mockito.any(), Mockito.any(), Mockito.any()))
                .thenReturn(new Contributions.Verdict(true, List.of("links")));
        Idea idea = ideas.submit(ana, new IdeaDraft("Des bancs", NEED, NEED, "sport", "quai"));

        assertThat(idea.state()).isEqualTo(IdeaState.HIDDEN);
        assertThat(ideas.get(ana, idea.id()).title()).isEqualTo("Des bancs");
        assertHidden(idea.id());
        assertThat(fixture.events).isEmpty();
        Mockito.verify(contributions).hold(Mockito.any(), Mockito.any(), Mockito.any());

        moderate(moderation -> connection -> moderation.restore(connection, idea.id()), idea.id());

        assertThat(ideas.get(Caller.visitor(Locale.FRENCH), idea.id()).state()).isEqualTo(IdeaState.PUBLISHED);
        assertThat(ids(new IdeaQuery(null, "quai", null, null, null))).containsExactly(idea.id());
    }

    @Test
    void aHiddenIdeaIsInNoListAndNoSearchAndTakesNoVoteAndComesBackWithItsVotes() {
        long kept = fixture.published("Kept");
        long id = fixture.published("Des bancs");
        fixture.votes.cast(ana, id, ca.notreville.ideas.api.Choice.FOR);
        fixture.outboxItems.clear();

        moderate(moderation -> connection -> moderation.hide(connection, id), id);
        moderate(moderation -> connection -> moderation.hide(connection, id), id);

        assertHidden(id);
        assertThat(fixture.outboxItems).containsExactly("search idea:" + id);
        assertThat(new IdeaSearch(fixture.jpa, database.dataSource()).document(id))
                .isEmpty();
        assertThat(ids(new IdeaQuery(null, null, null, null, null))).containsExactly(kept);
        assertThatThrownBy(() -> fixture.votes.cast(ana, id, ca.notreville.ideas.api.Choice.AGAINST))
                .isInstanceOf(ca.notreville.core.api.error.ConflictException.class)
                .hasMessageContaining("ideas.hidden");

        moderate(moderation -> connection -> moderation.restore(connection, id), id);
        fixture.tallies.fold();

        assertThat(ideas.get(ana, id).state()).isEqualTo(IdeaState.PUBLISHED);
        assertThat(ids(new IdeaQuery(null, null, null, null, "popular"))).containsExactly(id, kept);
        assertThat(new IdeaSearch(fixture.jpa, database.dataSource()).document(id))
                .isPresent();
    }

    private interface Act {
        void on(java.sql.Connection connection) throws java.sql.SQLException;
    }

    private void moderate(java.util.function.Function<IdeaModeration, Act> act, long id) {
        IdeaModeration moderation = new IdeaModeration(
                fixture.jpa,
                new Outbox() {
                    @Override
                    public void append(java.sql.Connection connection, String topic, String item) {
                        fixture.outboxItems.add(topic + " " + item);
                    }

                    @Override
                    public void poke() {}
                },
                fixture.tallies,
                cards,
                desk,
                fixture.follows);
        Sql.write(database.dataSource(), connection -> {
            act.apply(moderation).on(connection);
            return true;
        });
        moderation.changed(id);
    }

    private void assertHidden(long id) {
        assertThatThrownBy(() -> ideas.get(Caller.member(8, "B", Set.of(), Locale.FRENCH), id))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("ideas.hidden");
    }

    @Test
    void everyFieldThatIsWrongIsNamedAtOnceAndNothingIsWritten() {
        var refused = catchThrowableOfType(
                InvalidException.class,
                () -> ideas.submit(
                        ana, new IdeaDraft("abcd", null, "x".repeat(8_001), "y".repeat(501), "nowhere", "atlantis")));

        assertThat(refused.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(
                        tuple("title", "too-short"),
                        tuple("need", "required"),
                        tuple("proposal", "too-long"),
                        tuple("beneficiaries", "too-long"),
                        tuple("category", "not-one-of"),
                        tuple("neighbourhood", "not-one-of"));
        assertThat(database.number("select count(*) from ideas_idea")).isZero();
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void theLongestIdeaThatIsAllowedIsKeptWhole() {
        String bird = "\uD83D\uDC26";
        IdeaDraft longest =
                new IdeaDraft(bird.repeat(150), bird.repeat(2_000), bird.repeat(8_000), bird.repeat(500), null, null);

        Idea idea = ideas.submit(ana, longest);

        assertThat(ideas.get(ana, idea.id()).proposal()).isEqualTo(longest.proposal());
        assertThat(ideas.get(ana, idea.id()).beneficiaries()).isEqualTo(longest.beneficiaries());
        assertThatThrownBy(() -> ideas.submit(ana, new IdeaDraft(bird.repeat(151), NEED, NEED, null, null)))
                .isInstanceOf(InvalidException.class);
    }

    @Test
    void aVisitorMustSignInToSubmit() {
        Caller visitor = Caller.visitor(Locale.FRENCH);

        assertThatThrownBy(() -> ideas.submit(visitor, new IdeaDraft("Des bancs", NEED, NEED, null, null)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void whatIsNotThereAndDraftsAreNotFound() {
        long draft = fixture.write("Brouillon", IdeaState.DRAFT);

        assertThatThrownBy(() -> ideas.get(ana, 1)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> ideas.get(ana, draft)).isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void everyFilterGivesWhatMatchesItInTheOrderThatWasAsked(Sort sort) {
        List<long[]> made = new ArrayList<>();
        String[] places = {null, "quai", "parc"};
        String[] themes = {null, "sport", "mobility"};
        IdeaState[] states = {IdeaState.PUBLISHED, IdeaState.ACCEPTED};
        int n = 0;
        for (int p = 0; p < 3; p++) {
            for (int t = 0; t < 3; t++) {
                for (int s = 0; s < 2; s++) {
                    fixture.clock.advance(Duration.ofDays(1));
                    long id = ideas.submit(ana, new IdeaDraft("Idée " + n, NEED, NEED, themes[t], places[p]))
                            .id();
                    for (int v = 0; v < (n * 7) % 5; v++) {
                        fixture.votes.cast(member(v + 1), id, Choice.FOR);
                    }
                    if (s == 1) {
                        database.execute("update ideas_idea set state = 'accepted' where id = " + id);
                        database.execute("update ideas_listing set state = 'accepted' where idea_id = " + id);
                    }
                    made.add(new long[] {id, p, t, s});
                    n++;
                }
            }
        }
        fixture.tallies.fold();
        List<Long> order = ids(new IdeaQuery(null, null, null, null, sort.word()));
        assertThat(order).hasSize(18);
        if (sort == Sort.RECENT) {
            assertThat(order).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
        if (sort == Sort.POPULAR) {
            assertThat(order.stream().map(id -> fixture.tally(id).inFavour())).isSortedAccordingTo((a, b) -> b - a);
        }

        for (int p = 0; p < 3; p++) {
            for (int t = 0; t < 3; t++) {
                for (int s = 0; s < 3; s++) {
                    int[] want = {p, t, s};
                    Set<Long> matching = new HashSet<>();
                    made.stream()
                            .filter(m -> (want[0] == 0 || m[1] == want[0])
                                    && (want[1] == 0 || m[2] == want[1])
                                    && (want[2] == 2 || m[3] == want[2]))
                            .forEach(m -> matching.add(m[0]));
                    IdeaQuery query =
                            new IdeaQuery(null, places[p], themes[t], s == 2 ? null : states[s].word(), sort.word());

                    assertThat(ids(query))
                            .as("%s", query)
                            .isEqualTo(order.stream().filter(matching::contains).toList());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void whoWalksAllPagesWhileIdeasComeAndVotesChangeMeetsNothingTwiceAndMissesNothingThatStayed(Sort sort) {
        List<Long> still = new ArrayList<>();
        List<Long> moving = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            // some of the same moment and with the same votes: the id decides between them
            if (i % 3 == 0) {
                fixture.clock.advance(Duration.ofHours(5));
            }
            long id = fixture.published("Idée " + i);
            if (i % 4 == 0) {
                fixture.votes.cast(member(1), id, Choice.FOR);
            }
            (i % 5 == 0 ? moving : still).add(id);
        }
        fixture.tallies.fold();
        List<Long> met = new ArrayList<>();
        IdeaQuery query = new IdeaQuery(null, null, null, null, sort.word());
        String cursor = null;
        int page = 0;
        do {
            Slice<IdeaCard> slice = ideas.list(ana, query, Paging.of("7", cursor, query.cursorSize()));
            slice.items().forEach(card -> met.add(card.id()));
            cursor = slice.next();
            fixture.published("Nouvelle " + page);
            fixture.votes.cast(member(2 + page), moving.get(page % moving.size()), Choice.FOR);
            fixture.tallies.fold();
            page++;
        } while (cursor != null);

        assertThat(page).isGreaterThan(5);
        assertThat(met).containsAll(still);
        List<Long> unchanged = met.stream().filter(still::contains).toList();
        assertThat(unchanged).doesNotHaveDuplicates();
    }

    @Test
    void aListShowsEachIdeaWithItsVotes() {
        long idea = fixture.published("Un banc");
        fixture.votes.cast(member(1), idea, Choice.AGAINST);

        IdeaCard card = ideas.list(ana, new IdeaQuery(null, null, null, null, null), Paging.first(5))
                .items()
                .get(0);

        assertThat(card.votes()).isEqualTo(new Tally(0, 0, 1));
        assertThat(card.excerpt()).isEqualTo("Il manque quelque chose ici.");
        assertThat(card.authorName()).isEqualTo("Ana d’aujourd’hui");
    }

    @Test
    void whatListsDoNotShowIsNotListed() {
        fixture.write("Brouillon", IdeaState.DRAFT);
        fixture.write("Fusionnée", IdeaState.MERGED);
        fixture.write("Retirée", IdeaState.WITHDRAWN);
        long shown = fixture.write("Déclinée", IdeaState.DECLINED);

        assertThat(ids(new IdeaQuery(null, null, null, null, null))).containsExactly(shown);
    }

    @Test
    void aFilterWithAnUnknownValueIsRefused() {
        var refused = catchThrowableOfType(
                InvalidException.class,
                () -> ideas.list(
                        ana,
                        new IdeaQuery("x".repeat(201), "atlantis", "nothing", "draft", "random"),
                        Paging.first(5)));

        assertThat(refused.errors())
                .extracting(FieldError::field)
                .containsExactly("q", "neighbourhood", "category", "state", "sort");
    }

    @Test
    void aSearchGivesItsHitsInTheirOrderPageByPage() {
        hits = List.copyOf(LongStream.range(0, 12)
                .map(i -> fixture.published("Banc " + i))
                .boxed()
                .sorted((a, b) -> Long.compare(a % 5, b % 5))
                .toList());

        assertThat(ids(new IdeaQuery("banc", "quai", null, null, null))).isEqualTo(hits);
        assertThat(searches.get(0).filters()).isEqualTo(Map.of("neighbourhood", "quai"));
        assertThat(ids(new IdeaQuery("banc", null, null, null, "recent")))
                .isEqualTo(hits.stream().sorted((a, b) -> Long.compare(b, a)).toList());
    }

    @Test
    void aHitThatIsNoMoreThereIsLeftOut() {
        long there = fixture.published("Un banc");
        hits = List.of(99L, there);

        assertThat(ids(new IdeaQuery("banc", null, null, null, null))).containsExactly(there);
        assertThat(ids(new IdeaQuery("banc", null, null, null, "popular"))).containsExactly(there);
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 500, Long.MAX_VALUE})
    void noCursorLeadsBehindTheHitsThatCanBePagedThrough(long offset) {
        hits = LongStream.range(1, 600).boxed().toList();

        Slice<IdeaCard> slice =
                ideas.list(ana, new IdeaQuery("banc", null, null, null, null), new Paging(20, List.of(offset)));

        assertThat(slice.items()).isEmpty();
        assertThat(searches).allMatch(query -> query.offset() + query.limit() <= IdeaService.MAX_HITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "\u0000", "\u200B", "\u202F \u2060"})
    void wordsThatCannotBeSeenAreNoSearchAndCanBePagedThrough(String words) {
        for (int i = 0; i < 5; i++) {
            fixture.published("Un banc " + i);
        }
        IdeaQuery query = new IdeaQuery(words, null, null, null, null);

        assertThat(ids(query, 2)).hasSize(5);
        assertThat(query.isSearch()).isFalse();
        assertThat(searches).isEmpty();
    }

    @Test
    void categoriesAreSortedByTheirFrenchNames() {
        assertThat(ideas.categories().stream().map(category -> category.name(Locale.FRENCH)))
                .startsWith("Culture et patrimoine", "Économie locale", "Environnement")
                .hasSize(8);
        assertThat(new Category("x", Map.of()).name(Locale.ENGLISH)).isEqualTo("x");
    }

    @Test
    void anExcerptEndsAtAWordAndNeverInsideALetter() {
        assertThat(Cards.excerpt("Court.\n\nEt  bon.")).isEqualTo("Court. Et bon.");
        assertThat(Cards.excerpt("mot, ".repeat(60)))
                .hasSizeLessThanOrEqualTo(181)
                .endsWith("mot…");
        assertThat(Cards.excerpt("\uD83D\uDC26".repeat(300))).isEqualTo("\uD83D\uDC26".repeat(180) + "…");
    }

    private List<Long> ids(IdeaQuery query) {
        return ids(query, 5);
    }

    private List<Long> ids(IdeaQuery query, int limit) {
        List<Long> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Slice<IdeaCard> slice =
                    ideas.list(ana, query, Paging.of(String.valueOf(limit), cursor, query.cursorSize()));
            slice.items().forEach(card -> ids.add(card.id()));
            cursor = slice.next();
        } while (cursor != null);
        return ids;
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }

    @Test
    void aPublishedIdeaIsToldAroundInTheSameTransactionAndItsAuthorFollowsIt() throws Exception {
        Mockito.doAnswer(call -> {
                    Connection connection = call.getArgument(0);
                    assertThat(connection.getAutoCommit()).isFalse();
                    return null;
                })
                .when(desk)
                .publish(Mockito.any(), Mockito.any());

        Idea idea = ideas.submit(ana, new IdeaDraft("Un banc à l’ombre", NEED, "On en met un.", null, null));

        ArgumentCaptor<News> news = ArgumentCaptor.forClass(News.class);
        Mockito.verify(desk).publish(Mockito.any(), news.capture());
        assertThat(news.getValue().reference()).isEqualTo("idea:" + idea.id());
        assertThat(news.getValue().reach()).isEqualTo(News.Reach.AROUND);
        assertThat(news.getValue().arguments()).containsEntry("title", "Un banc à l’ombre");
        assertThat(news.getValue().actor()).isEqualTo(7);
        Mockito.verify(fixture.follows)
                .automatically(
                        Mockito.any(),
                        Mockito.eq(7L),
                        Mockito.eq(Target.parse("idea:" + idea.id()).orElseThrow()),
                        Mockito.eq(Occasion.AUTHOR));
    }
}
