// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static ca.notreville.ideas.internal.imports.Importing.STAFF;
import static ca.notreville.ideas.internal.imports.Importing.csv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.Import.State;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class ImportJobTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private static final String HEADER = "id;title;body;votes;category/name/fr;scope/name/fr;url\n";
    private static final String TALK = "id;body;commentable_id;commentable_type;root_commentable_url;author/name\n";

    private Importing town;

    @BeforeEach
    void start() throws Exception {
        town = new Importing(database);
    }

    @AfterEach
    void stop() throws Exception {
        town.stop();
    }

    @Test
    void everyRowIsAnIdeaOrIsReportedWithLineColumnAndReason() throws Exception {
        Import done = town.whole(
                HEADER + row(1, "Un banc") + ";t;b;0;;;u\n" + row(2, "Deux\nbancs") + "3;t;b;beaucoup;;;u3\n4;t\n"
                        + row(1, "Encore un banc"),
                null);

        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.refused())
                .containsExactly(
                        new Refusal("file", 3, "id", "required", ""),
                        new Refusal("file", 6, "votes", "ideas.import-number", "beaucoup"),
                        new Refusal("file", 7, "", "ideas.import-columns", "2/7"),
                        new Refusal("file", 8, "id", "ideas.import-twice", "1"));
        assertCounts(done, 6, 2, 0, 0, 4);
        assertThat(count("ideas_idea")).isEqualTo(2);
        assertThat(count("ideas_listing")).isEqualTo(2);
        assertThat(count("ideas_import_chunk")).isZero();
    }

    @Test
    void aProposalKeepsItsPlaceThemeAuthorAndSupports() throws Exception {
        town.whole(HEADER + "1;Un banc;Assis;12;mobilité;vieux marché;https://a.example/p/1\n", null);

        assertThat(count("ideas_idea where category_id = 'mobility' and neighbourhood_id = 'vieux-marche'"
                        + " and origin_supports = 12 and author_id is null and state = 'published'"))
                .isEqualTo(1);
        assertThat(count("ideas_vote")).isZero();
    }

    @Test
    void aThemeThatIsNotThereIsAddedOnceUnderEachOfItsSpellings() throws Exception {
        town.whole(
                HEADER
                        + "1;Un;b;0;Vie de quartier;;u1\n2;Deux;b;0;VIE DE QUARTIER;;u2\n3;Trois;b;0;;;u3\n4;Quatre;b;0;!!;;u4\n",
                null);

        assertThat(count("ideas_category where id = 'vie-de-quartier' and name_fr = 'Vie de quartier'"))
                .isEqualTo(1);
        assertThat(count("ideas_idea where category_id = 'vie-de-quartier'")).isEqualTo(2);
        assertThat(count("ideas_listing where category_id = 'vie-de-quartier'")).isEqualTo(2);
        assertThat(town.categories.find("vie-de-quartier")).isPresent();
    }

    @Test
    void theSameFileAgainChangesNothing() throws Exception {
        String file = HEADER + row(1, "Un") + row(2, "Deux") + row(2, "Deux autrement");
        town.whole(file, TALK + talk(1, 1) + answer(2, 1));

        Import again = town.whole(file, TALK + talk(1, 1) + answer(2, 1));

        assertCounts(again, 5, 0, 0, 4, 1);
        assertThat(count("ideas_idea")).isEqualTo(2);
        assertThat(town.talk.said).hasSize(2);
    }

    @Test
    void aRowThatChangedSinceIsUpdatedAndTheOthersAreNot() throws Exception {
        town.whole(HEADER + row(1, "Un") + row(2, "Deux"), null);

        Import again = town.whole(HEADER + row(1, "Un") + "2;Deux bancs;b2;9;mobilité;;https://a.example/p/2\n", null);

        assertCounts(again, 2, 0, 1, 1, 0);
        assertThat(count("ideas_idea where title = 'Deux bancs' and origin_supports = 9"))
                .isEqualTo(1);
        assertThat(count("ideas_listing where category_id = 'mobility'")).isEqualTo(1);
    }

    @Test
    void anImportThatIsInterruptedAnywhereAndTakenUpAgainHasTheSameResult() throws Exception {
        StringBuilder file = new StringBuilder(HEADER);
        StringBuilder talk = new StringBuilder(TALK);
        for (int i = 1; i <= 350; i++) {
            file.append(i % 7 == 0 ? i + ";t;b;x;;;u" + i + "\n" : row(i, "Idée " + i));
            talk.append(i % 5 == 0 ? answer(i, i - 1) : talk(i, i));
        }
        file.append(row(1, "Encore"));
        Import whole = town.whole(file.toString(), talk.toString());
        Set<String> said = Set.copyOf(town.talk.said.keySet());
        long ideas = count("ideas_idea");

        town.stop();
        town = new Importing(database);
        long id = town.imports
                .start(STAFF, csv(file.toString()), csv(talk.toString()))
                .id();
        int attempts = 1;
        while (!town.work(id, 1, attempts)) {
            attempts++;
            assertThat(town.imports.get(STAFF, id).state()).isEqualTo(State.RUNNING);
        }
        Import interrupted = town.imports.get(STAFF, id);

        assertThat(attempts).isGreaterThan(7);
        assertCounts(interrupted, 701, whole.created(), 0, 0, whole.refusedCount());
        assertThat(interrupted.refused()).isEqualTo(whole.refused());
        assertThat(count("ideas_idea")).isEqualTo(ideas);
        assertThat(town.talk.said.keySet()).isEqualTo(said);
    }

    @Test
    void anImportThatDiesBetweenTheCommentsAndTheirCountLosesAndDoublesNothing() throws Exception {
        long id = town.imports
                .start(STAFF, csv(HEADER + row(1, "Un") + row(2, "Deux")), csv(TALK + talk(1, 1) + talk(2, 2)))
                .id();
        town.talk.failAfter = 1;
        assertThatThrownBy(() -> town.work(id)).hasMessage("killed");
        town.talk.failAfter = Integer.MAX_VALUE;

        town.work(id);

        Import done = town.imports.get(STAFF, id);
        assertThat(town.talk.said).hasSize(2);
        assertCounts(done, 4, 3, 0, 1, 0);
    }

    @Test
    void anImportThatIsDoneIsLeftAloneWhenItsJobComesAgain() throws Exception {
        Import done = town.whole(HEADER + row(1, "Un"), null);

        town.work(done.id());

        assertThat(town.imports.get(STAFF, done.id())).isEqualTo(done);
    }

    @Test
    void anImportWhoseLastAttemptFailsHasFailedAndKeepsNoFiles() throws Exception {
        long id = town.imports
                .start(STAFF, csv(HEADER + row(1, "Un")), csv(TALK + talk(1, 1)))
                .id();
        town.talk.failAfter = 0;
        assertThatThrownBy(() -> town.work(id, 99, 4)).hasMessage("killed");
        assertThat(town.imports.get(STAFF, id).state()).isEqualTo(State.RUNNING);

        assertThatThrownBy(() -> town.work(id, 99, 5)).hasMessage("killed");

        assertThat(town.imports.get(STAFF, id).state()).isEqualTo(State.FAILED);
        assertThat(count("ideas_import_chunk")).isZero();
    }

    @Test
    void commentsComeInWithTheirAnswersWhateverTheOrderOfTheFile() throws Exception {
        Import done = town.whole(
                HEADER + row(1, "Un"), TALK + answer(3, 2) + answer(2, 1) + talk(1, 1) + talk(9, 99) + answer(8, 77));

        assertThat(town.talk.said.values())
                .extracting(ForeignComment::reference, ForeignComment::parentReference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("https://a.example#comment-1", null),
                        org.assertj.core.groups.Tuple.tuple(
                                "https://a.example#comment-2", "https://a.example#comment-1"),
                        org.assertj.core.groups.Tuple.tuple(
                                "https://a.example#comment-3", "https://a.example#comment-2"));
        assertThat(done.refused())
                .extracting(Refusal::file, Refusal::line, Refusal::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("comments", 5L, "ideas.import-no-idea"),
                        org.assertj.core.groups.Tuple.tuple("comments", 6L, "ideas.import-no-parent"));
        assertCounts(done, 6, 4, 0, 0, 2);
    }

    @Test
    void commentsThatAnswerEachOtherInACircleAreRefused() throws Exception {
        Import done = town.whole(HEADER + row(1, "Un"), TALK + answer(1, 2) + answer(2, 1) + answer(3, 3));

        assertThat(done.refused())
                .extracting(Refusal::reason)
                .containsOnly("ideas.import-no-parent")
                .hasSize(3);
        assertThat(town.talk.said).isEmpty();
    }

    @Test
    void aCommentThatNamesOnlyTheNumberOfItsProposalFindsIt() throws Exception {
        town.whole(
                "id;title;body\n7;Un;b\n",
                "id;body;commentable_id;commentable_type\n1;oui;7;Decidim::Proposals::Proposal\n");

        assertThat(town.talk.said).containsOnlyKeys("decidim#comment-1");
    }

    @Test
    void htmlIsNeutralisedAndControlCharactersDoNotStopAnImport() throws Exception {
        Import done = town.whole(
                HEADER + "1;<b>Un</b> banc;<p>a</p><script>alert(1)</script>;0;;;https://a.example/\u0000p/1\n"
                        + "2;t;b;\u0000x;;;u\n",
                TALK + "1;<p>oui</p>;\u00001;Decidim::Proposals::Proposal;https://a.example/\u0000p/1;A\n"
                        + "2;b;3;\u0000" + "Debate".repeat(100) + ";;\n");

        assertThat(done.state()).isEqualTo(State.DONE);
        assertCounts(done, 4, 2, 0, 0, 2);
        assertThat(count("ideas_idea where title = 'Un banc' and proposal = 'a'"))
                .isEqualTo(1);
        assertThat(town.talk.said.values()).extracting(ForeignComment::body).containsExactly("oui");
    }

    @Test
    void aFileThatIsNotWholeIsRefusedAndNothingOfItIsKept() {
        assertRefused("id;title\n1;un\n", null, "file", "ideas.import-missing-columns");
        assertRefused(HEADER + "1;\"never ends", null, "file", "ideas.import-cut");
        assertRefused("", null, "file", "ideas.import-empty");
        assertRefused(HEADER + row(1, "Un"), "id;body\n1;b\n", "comments", "ideas.import-missing-columns");
        assertThat(count("ideas_import")).isZero();
        assertThat(count("ideas_import_chunk")).isZero();
        assertThat(town.queued).isEmpty();
    }

    @Test
    void aFileWithoutRowsIsAnImportOfNothing() throws Exception {
        assertCounts(town.whole(HEADER, null), 0, 0, 0, 0, 0);
    }

    @Test
    void onlyStaffImport() {
        Caller member = Caller.member(1, "Ana", Set.of(), Locale.FRENCH);

        assertThatThrownBy(() -> town.imports.start(member, csv(HEADER), null)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.imports.get(member, 1)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> town.imports.latest(Caller.visitor(Locale.FRENCH)))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> town.imports.get(STAFF, 1)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anImportIsQueuedWithItsFilesAndListedLatestFirst() {
        long first = town.imports.start(STAFF, csv(HEADER + row(1, "Un")), null).id();
        long second =
                town.imports.start(STAFF, csv(HEADER + row(1, "Un")), null).id();

        assertThat(town.imports.latest(STAFF)).extracting(Import::id).containsExactly(second, first);
        assertThat(town.imports.get(STAFF, first).state()).isEqualTo(State.QUEUED);
        assertThat(town.queued).isEqualTo(List.of("ideas.import " + first, "ideas.import " + second));
    }

    private void assertRefused(
            String file, @org.jspecify.annotations.Nullable String comments, String field, String code) {
        assertThatThrownBy(() -> town.imports.start(STAFF, csv(file), comments == null ? null : csv(comments)))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("field=" + field)
                .hasMessageContaining(code);
    }

    private static void assertCounts(Import done, int read, int created, int updated, int unchanged, int refused) {
        assertThat(done)
                .extracting(
                        Import::total,
                        Import::read,
                        Import::created,
                        Import::updated,
                        Import::unchanged,
                        Import::refusedCount)
                .containsExactly(read, read, created, updated, unchanged, refused);
    }

    private static String row(int id, String title) {
        return id + ";\"" + title + "\";Voici pourquoi.;2;;;https://a.example/p/" + id + "\n";
    }

    private static String talk(int id, int proposal) {
        return id + ";oui;" + proposal + ";Decidim::Proposals::Proposal;https://a.example/p/" + proposal + ";A\n";
    }

    private static String answer(int id, int to) {
        return id + ";non;" + to + ";Decidim::Comments::Comment;;B\n".replace(";;", ";https://a.example/p/1;");
    }

    private static long count(String from) {
        return database.number("select count(*) from " + from);
    }
}
