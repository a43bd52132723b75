// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.DraftService;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.SavedDraft;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class DraftServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private final Caller ana = Caller.member(7, "Ana", Set.of(), Locale.FRENCH);
    private final Caller ben = Caller.member(8, "Ben", Set.of(), Locale.FRENCH);
    private IdeasFixture fixture;
    private DraftService drafts;

    @BeforeEach
    void start() throws Exception {
        database.execute("delete from ideas_draft");
        fixture = new IdeasFixture(database);
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.neighbourhoods())
                .thenReturn(List.of(new Neighbourhood(1, "quai", "b", "Quai", Map.of(), List.of())));
        drafts = new DraftServiceImpl(
                database.dataSource(),
                fixture.ids,
                fixture.clock,
                IdeasFixture.ACCESS,
                territory,
                new Categories(fixture.jpa));
    }

    @AfterEach
    void stop() throws Exception {
        fixture.close();
    }

    @Test
    void whatIsHalfWrittenIsKeptAndSeenByItsWriterAlone() {
        SavedDraft first = drafts.save(ana, 0, 0, titled("Des b"));
        SavedDraft second = drafts.save(
                ana,
                first.id(),
                first.version(),
                new IdeaDraft("Des bancs", "Il n’y en a", null, "Les aînés", "sport", "quai"));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.version()).isEqualTo(2);
        assertThat(drafts.list(ana)).containsExactly(second);
        assertThat(drafts.get(ana, first.id()).draft())
                .isEqualTo(new IdeaDraft("Des bancs", "Il n’y en a", "", "Les aînés", "sport", "quai"));
        assertThat(drafts.count(ana)).isEqualTo(1);
        assertThat(drafts.list(ben)).isEmpty();
        assertThat(drafts.count(ben)).isZero();
        assertThatThrownBy(() -> drafts.get(ben, first.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> drafts.save(ben, first.id(), 2, titled("À moi")))
                .isInstanceOf(NotFoundException.class);
        drafts.delete(ben, first.id());
        assertThat(drafts.list(ana)).hasSize(1);
    }

    @Test
    void ofTwoWindowsThatSaveTheSameVersionAtOnceNeitherLosesAWord() {
        SavedDraft first = drafts.save(ana, 0, 0, titled("Des bancs"));

        AtOnce.run(6, i -> drafts.save(ana, first.id(), first.version(), titled("Des bancs " + i)));

        assertThat(drafts.list(ana))
                .extracting(saved -> saved.draft().title())
                .containsExactlyInAnyOrder(
                        "Des bancs 0", "Des bancs 1", "Des bancs 2", "Des bancs 3", "Des bancs 4", "Des bancs 5");
    }

    @Test
    void whatIsDeletedIsGoneAndDeletingItAgainChangesNothing() {
        SavedDraft saved = drafts.save(ana, 0, 0, titled("Des bancs"));

        drafts.delete(ana, saved.id());
        drafts.delete(ana, saved.id());

        assertThat(drafts.list(ana)).isEmpty();
        assertThatThrownBy(() -> drafts.save(ana, saved.id(), 1, titled("Des bancs")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatIsTooLongOrUnknownIsNamedAndNotKept() {
        InvalidException wrong = catchThrowableOfType(
                InvalidException.class,
                () -> drafts.save(
                        ana,
                        0,
                        0,
                        new IdeaDraft(
                                "a".repeat(IdeaDraft.MAX_TITLE + 1),
                                "b".repeat(IdeaDraft.MAX_NEED + 1),
                                "c".repeat(IdeaDraft.MAX_PROPOSAL + 1),
                                "d".repeat(IdeaDraft.MAX_BENEFICIARIES + 1),
                                "alchimie",
                                "lune")));

        assertThat(wrong.errors())
                .extracting(FieldError::field)
                .containsExactly("title", "need", "proposal", "beneficiaries", "category", "neighbourhood");
        assertThat(drafts.list(ana)).isEmpty();
    }

    @Test
    void theLongestTextsFitWhateverTheirLetters() {
        String bird = "\uD83D\uDC26";
        IdeaDraft longest = new IdeaDraft(
                bird.repeat(IdeaDraft.MAX_TITLE),
                bird.repeat(IdeaDraft.MAX_NEED),
                bird.repeat(IdeaDraft.MAX_PROPOSAL),
                bird.repeat(IdeaDraft.MAX_BENEFICIARIES),
                null,
                null);

        assertThat(drafts.save(ana, 0, 0, longest).draft()).isEqualTo(longest);
    }

    @Test
    void afterTwentyOneMustGoBeforeAnotherComes() {
        for (int i = 0; i < DraftService.MAX_DRAFTS; i++) {
            drafts.save(ana, 0, 0, titled("Idée " + i));
        }

        assertThatThrownBy(() -> drafts.save(ana, 0, 0, titled("De trop")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ideas.drafts-full");
    }

    @Test
    void aVisitorHasNone() {
        Caller visitor = Caller.visitor(Locale.FRENCH);

        assertThatThrownBy(() -> drafts.save(visitor, 0, 0, titled("Des bancs")))
                .isInstanceOf(UnauthenticatedException.class);
        assertThat(drafts.count(visitor)).isZero();
        assertThatThrownBy(() -> drafts.list(visitor)).isInstanceOf(UnauthenticatedException.class);
    }

    private static IdeaDraft titled(@Nullable String title) {
        return new IdeaDraft(title, null, null, null, null);
    }
}
