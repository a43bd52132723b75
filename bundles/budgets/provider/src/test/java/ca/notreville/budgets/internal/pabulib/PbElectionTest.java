// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.pabulib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.ExchangeService.Note;
import ca.notreville.budgets.api.Rule;
import ca.notreville.core.api.error.InvalidException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PbElectionTest {

    private static final String HEAD = """
            META
            key;value
            description;Un budget
            unit;Ailleurs
            instance;2026
            budget;2500
            rule;greedy
            """;

    @Test
    void theExampleOfTheDefinitionIsReadBlanksColonAndAll() {
        PbElection read = read(
                "\uFEFFMETA\r\nkey; value\r\nunit; Wieliczka\r\ninstance; 2020\r\nnum_projects; 2\r\nnum_votes; 2\r\n"
                        + "budget; 2500.50\r\nrule: greedy\r\nvote_type; approval\r\nmin_length; 1\r\nmax_length; 3\r\n"
                        + "PROJECTS\r\nproject_id; cost; category; name\r\n1; 600; culture, education;\"Place; suite \"\"B\"\"\"\r\n2; 800,25; sport; Parc \"Nord\"\r\n\r\n"
                        + "VOTES\r\nvoter_id; age; sex; vote\r\n1; 34; f; 1,2\r\n2; 51; m; 1\r\n");

        assertThat(read.refused()).isEmpty();
        assertThat(read.notices()).isEmpty();
        assertThat(read.title()).isEqualTo("Wieliczka, 2020");
        assertThat(read.decidedBy()).isEqualTo(Rule.MOST_VOTES);
        assertThat(read.money()).isEqualTo(250_050);
        assertThat(read.projects())
                .extracting(PbElection.Project::code, PbElection.Project::cost, PbElection.Project::name)
                .containsExactly(tuple("1", 60_000L, "Place; suite \"B\""), tuple("2", 80_025L, "Parc \"Nord\""));
        assertThat(read.election().votes()).containsExactly(2, 1);
    }

    @Test
    void everyLineThatCannotBeTakenIsToldWithItsNumberAndWhy() {
        PbElection read = read(HEAD + """
                vote_type;approval
                max_length;2
                PROJECTS
                project_id;cost;name
                a;100;Banc
                a;100;Encore
                b;10.005;Demi-cent
                c;-5;Cadeau
                ;5;Personne
                d;100;Fontaine;de trop
                e;50;"Arbre; ombre"
                VOTES
                voter_id;vote
                1;a,e
                1;a
                2;a,zz
                3;a,a
                ;a
                4;a,e,a
                5;e
                """);

        assertThat(read.projects()).extracting(PbElection.Project::code).containsExactly("a", "e");
        assertThat(read.ballots()).extracting(PbElection.Ballot::voter).containsExactly("1", "5");
        assertThat(read.refused())
                .extracting(Note::line, Note::column, Note::code, Note::detail)
                .containsExactly(
                        tuple(13L, "project_id", "budgets.pb-project-twice", "a"),
                        tuple(14L, "cost", "budgets.pb-cost", "10.005"),
                        tuple(15L, "cost", "budgets.pb-cost", "-5"),
                        tuple(16L, "project_id", "budgets.pb-id", ""),
                        tuple(17L, "", "budgets.pb-too-wide", "d"),
                        tuple(22L, "voter_id", "budgets.pb-voter-twice", "1"),
                        tuple(23L, "vote", "budgets.pb-unknown", "zz"),
                        tuple(24L, "vote", "budgets.pb-named-twice", "a"),
                        tuple(25L, "voter_id", "budgets.pb-id", ""),
                        tuple(26L, "vote", "budgets.pb-too-long", "3"));
        assertThat(read.refusedCount()).isEqualTo(10);
    }

    @Test
    void aRankingGivesItsFirstAsManyPointsAsItNamesProjectsUnlessTheFileSaysHowMany() {
        String projects = "vote_type;ordinal\nPROJECTS\nproject_id;cost\na;1\nb;1\nc;1\n";
        PbElection plain = read(HEAD + projects + "VOTES\nvoter_id;vote\n1;c,a\n2;b\n");
        PbElection told = read(HEAD + projects + "VOTES\nvoter_id;vote;points\n1;c,a;4,3\n2;b;4\n");

        assertThat(plain.kind()).isEqualTo(BallotKind.RANKING);
        assertThat(plain.election().points()).containsExactly(1_000, 1_000, 2_000);
        assertThat(told.election().points()).containsExactly(3_000, 4_000, 4_000);
    }

    @Test
    void pointsMayBeHalvesAndInScoringBelowZeroButTheyMustBeAsManyAsTheProjects() {
        String rest =
                "PROJECTS\nproject_id;cost\na;1\nb;1\nVOTES\nvoter_id;vote;points\n1;a,b;2.5,-1\n2;a;3,4\n3;b;x\n";
        PbElection scoring = read(HEAD + "vote_type;scoring\n" + rest);
        PbElection cumulative = read(HEAD + "vote_type;cumulative\nmax_sum_points;10\n" + rest);

        assertThat(scoring.election().points()).containsExactly(2_500, -1_000);
        assertThat(scoring.refused())
                .extracting(Note::code)
                .containsExactly("budgets.pb-points-count", "budgets.pb-points");
        assertThat(cumulative.refused())
                .extracting(Note::code, Note::detail)
                .containsExactly(
                        tuple("budgets.pb-points", "-1"),
                        tuple("budgets.pb-points-count", "2/1"),
                        tuple("budgets.pb-points", "x"));
        assertThat(cumulative.pointsToDeal()).isEqualTo(10);
    }

    @Test
    void countsThatAreOthersThanTheFileSaysAreNoticed() {
        PbElection read = read(HEAD + """
                num_votes;3
                vote_type;approval
                PROJECTS
                project_id;cost;votes;selected
                a;100;2;1
                VOTES
                voter_id;vote
                1;a
                """);

        assertThat(read.refused()).isEmpty();
        assertThat(read.notices())
                .extracting(Note::line, Note::code, Note::detail)
                .containsExactly(
                        tuple(12L, "budgets.pb-votes-differ", "a: 2 ≠ 1"),
                        tuple(8L, "budgets.pb-count-differs", "3 ≠ 1"));
        assertThat(read.projects().get(0).selected()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                             | budgets.pb-empty
            hello                                                                          | budgets.pb-no-section
            META\\nbudget;1\\nvote_type;approval\\nPROJECTS\\nproject_id;cost\\na;1                | budgets.pb-no-section
            META\\nbudget;1\\nvote_type;approval\\nPROJECTS\\nproject_id\\nVOTES\\nvoter_id;vote   | budgets.pb-no-column
            META\\nbudget;x\\nvote_type;approval\\nPROJECTS\\nproject_id;cost\\na;1\\nVOTES\\nvoter_id;vote | budgets.pb-budget
            META\\nbudget;1\\nvote_type;dice\\nPROJECTS\\nproject_id;cost\\na;1\\nVOTES\\nvoter_id;vote | budgets.pb-vote-type
            META\\nbudget;1\\nvote_type;approval\\nPROJECTS\\nproject_id;cost;cost\\na;1\\nVOTES\\nvoter_id;vote | budgets.pb-columns-twice
            META\\nbudget;1\\nvote_type;approval\\nPROJECTS\\nproject_id;cost\\nVOTES\\nvoter_id;vote | budgets.pb-no-projects
            META\\nbudget;1\\nMETA\\nbudget;1                                                   | budgets.pb-section-twice
            """)
    void whatIsNoSuchFileAsAWholeIsRefusedOnTheFile(String text, String code) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        e -> assertThat(e.errors()).singleElement().satisfies(error -> {
                            assertThat(error.field()).isEqualTo("file");
                            assertThat(error.code()).isEqualTo(code);
                        }));
    }

    @Test
    void anotherEncodingIsRefused() {
        byte[] latin = "META\nunit;Québec\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> PbElection.read(new ByteArrayInputStream(latin)))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("budgets.pb-encoding");
    }

    @Test
    void whatIsWrittenIsReadAgainTheSameWithEveryKeyAndColumn() {
        String text = HEAD + """
                vote_type;approval
                comment;"#1: un; deux ""trois""\"
                PROJECTS
                project_id;cost;étrange
                a;1;"x
                y"
                VOTES
                voter_id;vote;age
                1;a;34
                """;
        PbText read = PbText.read(stream(text));

        assertThat(PbText.read(stream(read.write())).write())
                .isEqualTo(read.write())
                .isEqualTo(text);
    }

    static PbElection read(String text) {
        return PbElection.read(stream(text));
    }

    static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
