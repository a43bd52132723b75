// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static ca.notreville.ideas.internal.imports.Importing.STAFF;
import static ca.notreville.ideas.internal.imports.Importing.csv;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.Import.State;
import ca.notreville.ideas.api.ImportDraft;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.ideas.api.ImportPreview;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        for (int i = 1; i <= 4 * ImportJob.BATCH; i++) {
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
        assertCounts(interrupted, 8 * ImportJob.BATCH + 1, whole.created(), 0, 0, whole.refusedCount());
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
        assertRefused(HEADER + row(1, "Un"), "id;body\n1;b\n", "comments", "ideas.import-missing-comment-columns");
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

    @Test
    void aChangedStatePlaceOrAuthorOfTheOriginalIsFollowed() throws Exception {
        String header = "id;title;body;state;scope/name/fr;author/name;url\n";
        town.whole(header + "1;Un;b;;;Ana;https://a.example/1\n2;Deux;b;;;Bo;https://a.example/2\n", null);

        Import again = town.whole(
                header + "1;Un;b;accepted;vieux-marché;Ana;https://a.example/1\n"
                        + "2;Deux;b;withdrawn;;Béatrice;https://a.example/2\n",
                null);

        assertCounts(again, 2, 0, 2, 0, 0);
        assertThat(count("ideas_idea where state = 'accepted' and neighbourhood_id = 'vieux-marche'"))
                .isEqualTo(1);
        assertThat(count("ideas_listing where state = 'accepted' and neighbourhood_id = 'vieux-marche'"))
                .isEqualTo(1);
        assertThat(count("ideas_idea where state = 'withdrawn' and author_name = 'Béatrice'"))
                .isEqualTo(1);
        assertThat(count("ideas_listing")).isEqualTo(1);
    }

    @Test
    void anIdeaThatTheOriginalNoMoreWithdrawsIsListedAgain() throws Exception {
        String header = "id;title;body;state;url\n";
        town.whole(header + "1;Un;b;withdrawn;https://a.example/1\n", null);

        town.whole(header + "1;Un;b;;https://a.example/1\n", null);

        assertThat(count("ideas_listing where state = 'published'")).isEqualTo(1);
    }

    @Test
    void whatWasDecidedHereIsNotUndoneWhileTheOriginalKeepsItsState() throws Exception {
        String header = "id;title;body;state;url\n";
        town.whole(header + "1;Un;b;evaluating;https://a.example/1\n", null);
        database.execute("update ideas_idea set state = 'accepted'");
        database.execute("update ideas_listing set state = 'accepted'");

        Import same = town.whole(header + "1;Un;b;evaluating;https://a.example/1\n", null);
        Import text = town.whole(header + "1;Un banc;b;evaluating;https://a.example/1\n", null);

        assertCounts(same, 1, 0, 0, 1, 0);
        assertCounts(text, 1, 0, 1, 0, 0);
        assertThat(count("ideas_idea where state = 'accepted' and title = 'Un banc'"))
                .isEqualTo(1);
    }

    @Test
    void anIdeaThatTheMunicipalityHereHasMovedFollowsNoStateOfTheOriginal() throws Exception {
        String header = "id;title;body;state;url\n";
        town.whole(header + "1;Un;b;;https://a.example/1\n", null);
        database.execute("insert into ideas_step (idea_id, seq, to_state, moved_at, note)"
                + " select id, 0, 'published', created_at, '' from ideas_idea");
        database.execute("update ideas_idea set life_seq = 0, life_state = 'published'");

        Import state = town.whole(header + "1;Un;b;withdrawn;https://a.example/1\n", null);
        Import text = town.whole(header + "1;Un banc;b;withdrawn;https://a.example/1\n", null);

        assertCounts(state, 1, 0, 0, 1, 0);
        assertCounts(text, 1, 0, 1, 0, 0);
        assertThat(count("ideas_idea where state = 'published' and title = 'Un banc'"))
                .isEqualTo(1);
        assertThat(count("ideas_listing")).isEqualTo(1);
    }

    @Test
    void whatAModeratorHidStaysHiddenWhateverTheOriginalSays() throws Exception {
        String header = "id;title;body;state;url\n";
        town.whole(header + "1;Un;b;;https://a.example/1\n", null);
        database.execute("update ideas_idea set hidden_state = state, state = 'hidden'");
        database.execute("delete from ideas_listing");

        town.whole(header + "1;Un;b;accepted;https://a.example/1\n", null);

        assertThat(count("ideas_idea where state = 'hidden' and hidden_state = 'accepted'"))
                .isEqualTo(1);
        assertThat(count("ideas_listing")).isZero();
    }

    @Test
    void aTrialTellsWhatWouldComeOfItAndBringsNothingIn() throws Exception {
        String file = HEADER + row(1, "Un") + "2;t;b;x;;;u\n" + "3;Trois;b;0;Tout neuf;;u3\n";
        String talk = TALK + talk(1, 1) + answer(2, 1) + talk(3, 99);

        Import trial = town.trial(file, talk);

        assertThat(trial.dryRun()).isTrue();
        assertThat(trial.ready()).isTrue();
        assertCounts(trial, 6, 4, 0, 0, 2);
        assertThat(count("ideas_idea")).isZero();
        assertThat(count("ideas_category where id = 'tout-neuf'")).isZero();
        assertThat(town.talk.said).isEmpty();

        Import real = town.imports.inEarnest(STAFF, trial.id());
        town.work(real.id());

        Import done = town.imports.get(STAFF, real.id());
        assertCounts(done, 6, 4, 0, 0, 2);
        assertThat(done.refused()).isEqualTo(trial.refused());
        assertThat(town.imports.get(STAFF, trial.id()).ready()).isFalse();
        assertThatThrownBy(() -> town.imports.inEarnest(STAFF, trial.id())).isInstanceOf(ConflictException.class);
        assertCounts(town.trial(file, talk), 6, 0, 0, 4, 2);
    }

    @Test
    void ofTwoWhoBringTheSameTrialInAtOnceOneDoes() throws Exception {
        Import trial = town.trial(HEADER + row(1, "Un"), null);

        List<Boolean> done = AtOnce.run(4, i -> {
            try {
                town.imports.inEarnest(STAFF, trial.id());
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(done).containsOnlyOnce(true);
        assertThat(count("ideas_import where dry_run = 0")).isEqualTo(1);
    }

    @Test
    void aFileOfUnknownColumnsWaitsUntilSomebodyTellsWhatTheyAre() throws Exception {
        String file = "No;Titre;Description;Quartier\n7;Un banc;Assis.;Vieux Marché\n";
        long id = town.imports
                .start(STAFF, new ImportDraft(csv(file), null, null, null, false, true))
                .id();

        assertThat(town.imports.get(STAFF, id).state()).isEqualTo(State.WAITING);
        ImportPreview preview = town.imports.preview(STAFF, id);
        assertThat(preview.columns()).containsExactly("No", "Titre", "Description", "Quartier");
        assertThat(preview.rows()).containsExactly(List.of("7", "Un banc", "Assis.", "Vieux Marché"));
        assertThat(preview.guess().columns())
                .containsEntry("title", List.of("Titre"))
                .containsEntry("proposal", List.of("Description"))
                .containsEntry("neighbourhood", List.of("Quartier"))
                .containsEntry("id", List.of("No"));
        assertThatThrownBy(() -> town.imports.map(
                        STAFF, id, new ImportMapping("Parcs", Map.of("title", List.of("Nom")), Map.of()), false))
                .isInstanceOf(InvalidException.class);

        town.imports.map(STAFF, id, new ImportMapping("Parcs", preview.guess().columns(), Map.of()), false);
        town.work(id);

        assertCounts(town.imports.get(STAFF, id), 1, 1, 0, 0, 0);
        assertThat(count("ideas_idea where title = 'Un banc' and neighbourhood_id = 'vieux-marche'"))
                .isEqualTo(1);
        assertThatThrownBy(() -> town.imports.preview(STAFF, id)).isInstanceOf(ConflictException.class);
        assertThat(town.imports.mappings(STAFF)).extracting(ImportMapping::name).containsExactly("Parcs");
        Import again = town.imports.start(STAFF, new ImportDraft(csv(file), null, null, "Parcs", false, false));
        town.work(again.id());
        assertCounts(town.imports.get(STAFF, again.id()), 1, 0, 0, 1, 0);
        town.imports.forget(STAFF, "Parcs");
        assertThat(town.imports.mappings(STAFF)).isEmpty();
    }

    @Test
    void aMappingFileIsUsedAndKept() throws Exception {
        Import done = town.whole(
                "Titre,Texte,Statut\nUn banc,Assis.,Retenu\n".getBytes(UTF_8),
                "{\"name\":\"Parcs\",\"columns\":{\"title\":\"Titre\",\"proposal\":[\"Texte\"],\"state\":\"Statut\"},"
                        + "\"states\":{\"Retenu\":\"accepted\"}}",
                false);

        assertCounts(done, 1, 1, 0, 0, 0);
        assertThat(done.mapping()).isEqualTo("Parcs");
        assertThat(count("ideas_idea where state = 'accepted'")).isEqualTo(1);
        assertThat(town.imports.mappings(STAFF)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"name\":\"x\"}",
                "{\"name\":\"x\",\"columns\":{\"title\":1,\"proposal\":\"b\"}}",
                "{\"name\":\"x\",\"columns\":{\"title\":\"a\",\"proposal\":\"b\",\"other\":\"c\"}}",
                "{\"name\":\"x\",\"columns\":{\"title\":\"a\",\"proposal\":\"b\"},\"states\":{\"a\":\"nowhere\"}}"
            })
    void aMappingFileThatIsNoneIsRefused(String mapping) {
        assertThatThrownBy(() -> town.whole("a;b\n1;2\n".getBytes(UTF_8), mapping, false))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("mapping");
        assertThat(count("ideas_import")).isZero();
    }

    @Test
    void filesThatNobodyCameBackForAreDeletedAfterADay() throws Exception {
        Import trial = town.trial(HEADER + row(1, "Un"), null);
        long waiting = town.imports
                .start(STAFF, new ImportDraft(csv("a;b\n1;2\n"), null, null, null, false, true))
                .id();
        town.clock.advance(Duration.ofHours(ImportService.KEPT_HOURS + 1));

        town.whole(HEADER, null);

        assertThat(count("ideas_import_chunk")).isZero();
        assertThat(town.imports.get(STAFF, trial.id()).ready()).isFalse();
        assertThatThrownBy(() -> town.imports.get(STAFF, waiting)).isInstanceOf(NotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "x-MacRoman", "IBM850", "UTF-16", "UTF-16LE", "UTF-16BE"})
    void everyEncodingThatProgramsForFrenchWriteIsTold(String encoding) throws Exception {
        Import done = town.whole(
                "id;title;body\n1;L’été à l’étang gelé;« Ça » m’a plu, là-bas, où la forêt naît.\n"
                        .replace("’", encoding.equals("IBM850") ? "'" : "’")
                        .getBytes(Charset.forName(encoding)),
                null,
                false);

        assertCounts(done, 1, 1, 0, 0, 0);
        assertThat(count("ideas_idea where title like '%étang gelé' and proposal like '« Ça »%'"))
                .isEqualTo(1);
    }

    @Test
    void utf8ThatIsCutInALetterOrBrokenIsNotTakenForSomethingElse() throws Exception {
        byte[] whole = (HEADER + row(1, "Été") + row(2, "Été à Québec") + "3;é").getBytes(UTF_8);
        assertThatThrownBy(() -> town.whole(Arrays.copyOf(whole, whole.length - 1), null, false))
                .hasMessageContaining("ideas.import-cut");
        byte[] broken = whole.clone();
        broken[HEADER.length() + 6] = (byte) 0xFF;
        assertThatThrownBy(() -> town.whole(broken, null, false)).hasMessageContaining("ideas.import-encoding");
    }

    @Test
    void archivesAndWorkbooksAreNoText() {
        assertThatThrownBy(() -> town.whole(new byte[] {'P', 'K', 3, 4, 20, 0, 6, 0}, null, false))
                .hasMessageContaining("ideas.import-not-text");
    }

    @Test
    void moreThemesThanATownHasAreRefusedRowByRow() throws Exception {
        StringBuilder file = new StringBuilder(HEADER);
        for (int i = 1; i <= ImportService.MAX_CATEGORIES; i++) {
            file.append(i)
                    .append(";Idée;b;0;Thème ")
                    .append(i)
                    .append(";;u")
                    .append(i)
                    .append('\n');
        }

        Import done = town.whole(file.toString(), null);

        // three are there before
        assertCounts(done, 300, 297, 0, 0, 3);
        assertThat(done.refused())
                .extracting(Refusal::column, Refusal::reason)
                .containsOnly(
                        org.assertj.core.groups.Tuple.tuple("category/name/fr", "ideas.import-too-many-categories"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"id\":1,\"title\":{\"fr\":\"Un\"},\"body\":\"b\"},{\"id\":\"2\",\"title\":\"Deux\",\"body\":null}]",
                "{\"total\":2,\"items\":[{\"id\":1,\"title\":\"Un\",\"body\":\"b\"},{\"id\":2,\"title\":\"Deux\"}],\"next\":null}",
                "\uFEFF\n{\"id\":1,\"title\":\"Un\",\"body\":\"b\"}\n{\"id\":2,\"title\":\"Deux\"}\n",
            })
    void jsonIsReadInEachOfItsForms(String json) throws Exception {
        Import done = town.whole(json, null);

        assertCounts(done, 2, 1, 0, 0, 1);
        assertThat(done.refused()).containsExactly(new Refusal("file", 2, "body", "required", ""));
    }

    @Test
    void jsonThatIsCutOrNoneIsRefusedAsAWhole() {
        assertRefused("[{\"id\":1,\"title\":\"Un\",\"body\":\"b\"},{\"id\":", null, "file", "ideas.import-cut");
        assertRefused("[1, 2]", null, "file", "ideas.import-malformed");
        assertRefused("{\"id\":1,\"id\":2}", null, "file", "ideas.import-malformed");
        assertRefused("[".repeat(100_000), null, "file", "ideas.import-malformed");
        assertRefused("{\"a\":".repeat(100_000), null, "file", "ideas.import-malformed");
        assertRefused("[{\"" + "x".repeat(5_000) + "\":1}]", null, "file", "ideas.import-malformed");
    }

    @Test
    void aTitleOfTenMegabytesIsARefusedRowAndColumnsWithoutEndAreARefusedFile() throws Exception {
        Import done = town.whole(HEADER + row(1, "x".repeat(10_000_000)) + row(2, "Deux"), null);
        assertCounts(done, 2, 1, 0, 0, 1);
        assertThat(done.refused()).containsExactly(new Refusal("file", 2, "title", "ideas.import-too-long", "150"));

        StringBuilder columns = new StringBuilder("id;title;body");
        for (int i = 0; i < 200_000; i++) {
            columns.append(";c").append(i);
        }
        assertRefused(columns + "\n1;t;b\n", null, "file", "ideas.import-malformed");
    }

    @Test
    void debatesAndTheCommentsOnThemAreBroughtInToo() throws Exception {
        Import done = town.whole(
                "id;author_id;title/fr;description/fr;comments;created_at;url;component/id\n"
                        + "29;;Un débat?;<p>Oui</p>;1;2019-01-16 10:58:44 +0100;https://a.example/p/1;112\n",
                TALK + talk(1, 1).replace("Proposals::Proposal", "Debates::Debate"));

        assertCounts(done, 2, 2, 0, 0, 0);
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
