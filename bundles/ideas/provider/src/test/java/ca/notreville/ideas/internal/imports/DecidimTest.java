// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.ideas.internal.imports.Decidim.Proposal;
import ca.notreville.ideas.internal.imports.Decidim.RefusedException;
import ca.notreville.ideas.internal.imports.Decidim.Remark;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecidimTest {

    @Test
    void aProposalOfAnOlderVersionIsRead() throws Exception {
        Proposal proposal = proposal(
                "id;category/name/fr;scope/name/fr;title;body;votes;created_at;url",
                "457;Mobilité;Vieux-Marché;Un banc;Assis;2;2019-01-24 22:29:15 +0100;https://a.example/p/457");

        assertThat(proposal)
                .isEqualTo(new Proposal(
                        2,
                        "457",
                        "https://a.example/p/457",
                        "https://a.example/p/457",
                        "Un banc",
                        "",
                        "Assis",
                        "",
                        "Mobilité",
                        "",
                        "category/name/fr",
                        "Vieux-Marché",
                        "",
                        IdeaState.PUBLISHED,
                        2,
                        0,
                        Instant.parse("2019-01-24T21:29:15Z")));
    }

    @Test
    void aProposalOfALaterVersionIsReadInTheLanguageThatItHas() throws Exception {
        Proposal proposal = proposal(
                "id;title/en;title/fr;body/en;supports;state;published_at;component/id;author/name",
                "7;;Un banc;<p>Un<br>deux</p>;3;accepted;2024-05-01T10:00:00Z;12;Ana");

        assertThat(proposal.reference()).isEqualTo("decidim:12/7");
        assertThat(proposal.title()).isEqualTo("Un banc");
        assertThat(proposal.body()).isEqualTo("Un\ndeux");
        assertThat(proposal.supports()).isEqualTo(3);
        assertThat(proposal.state()).isEqualTo(IdeaState.ACCEPTED);
        assertThat(proposal.authorName()).isEqualTo("Ana");
        assertThat(proposal.createdAt()).isEqualTo("2024-05-01T10:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "2019-01-24 22:29:15 +0100, 2019-01-24T21:29:15Z",
        "2019-01-24 22:29:15 UTC, 2019-01-24T22:29:15Z",
        "2019-01-24T22:29:15Z, 2019-01-24T22:29:15Z",
        "2019-01-24T22:29:15.5+01:00, 2019-01-24T21:29:15.500Z"
    })
    void everyWayInWhichDecidimWritesTimesIsRead(String written, Instant meant) throws Exception {
        assertThat(proposal("id;title;body;created_at", "1;t;b;" + written).createdAt())
                .isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "accepted, ACCEPTED",
        "rejected, DECLINED",
        "evaluating, UNDER_REVIEW",
        "withdrawn, WITHDRAWN",
        "not_answered, PUBLISHED",
        "'', PUBLISHED"
    })
    void statesHaveTheirCounterparts(String state, IdeaState here) throws Exception {
        assertThat(proposal("id;title;body;state", "1;t;b;" + state).state()).isEqualTo(here);
    }

    @ParameterizedTest
    @CsvSource({
        "id, required, '', ;t;b;1;2019-01-24 22:29:15 +0100",
        "title, required, '', 1; ;b;1;",
        "body, required, '', 1;t;<p> </p>;1;",
        "votes, ideas.import-number, many, 1;t;b;many;",
        "votes, ideas.import-number, -1, 1;t;b;-1;",
        "votes, ideas.import-number, 99999999999, 1;t;b;99999999999;",
        "created_at, ideas.import-date, yesterday, 1;t;b;1;yesterday",
        "created_at, ideas.import-date, 2019-13-45 22:29:15 +0100, 1;t;b;1;2019-13-45 22:29:15 +0100",
        "'', ideas.import-columns, 3/5, 1;t;b",
    })
    void whatCannotBeBroughtInIsRefusedWithColumnReasonAndDetail(
            String column, String reason, String detail, String row) {
        assertRefused("id;title;body;votes;created_at", row, column, reason, detail);
    }

    @Test
    void textsThatAreTooLongAreRefusedAndNotCut() {
        assertRefused("id;title;body", "1;" + "t".repeat(151) + ";b", "title", "ideas.import-too-long", "150");
        assertRefused("id;title;body", "1;t;" + "b".repeat(8_001), "body", "ideas.import-too-long", "8000");
        assertRefused(
                "id;title;body;url",
                "1;t;b;https://a.example/" + "u".repeat(300),
                "url",
                "ideas.import-too-long",
                "300");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<p>Un</p><script>alert(1)</script><p>deux</p> | 'Un\n\ndeux'",
                "<img src=x onerror=alert(1)></p>Un | Un",
                "<ul><li>un</li><li>deux</li></ul> | '– un\n– deux'",
                "<a href='javascript:alert(1)'>lien</a> | lien",
                "un &amp; deux</p> | un & deux",
                "2 < 3 et 4 > 1 | 2 < 3 et 4 > 1",
                "<style>p{}</style><!-- x --><b>gras</b> | gras",
            })
    void htmlBecomesPlainText(String html, String plain) {
        assertThat(Decidim.plain(html)).isEqualTo(plain);
    }

    @Test
    void aCommentKnowsWhatItAnswersAndOnWhichSiteItWasMade() throws Exception {
        String header = "id;created_at;body;author/name;alignment;commentable_id;commentable_type;root_commentable_url";
        Remark first = Decidim.remark(
                row(
                        header,
                        "5;2019-01-17 10:38:20 +0100;oui;participant-5;1;7;Decidim::Proposals::Proposal;https://a.example/p/7"));
        Remark answer = Decidim.remark(row(header, "6;;non;;1;5;Decidim::Comments::Comment;https://a.example/p/7"));

        assertThat(first)
                .extracting(Remark::reference, Remark::parent, Remark::idea, Remark::on, Remark::stance)
                .containsExactly("https://a.example#comment-5", "", "https://a.example/p/7", "7", Stance.FOR);
        assertThat(answer)
                .extracting(Remark::reference, Remark::parent, Remark::on)
                .containsExactly("https://a.example#comment-6", "https://a.example#comment-5", "");
        assertThat(answer.toComment(Instant.EPOCH))
                .extracting(ForeignComment::createdAt, ForeignComment::stance)
                .containsExactly(Instant.EPOCH, null);
    }

    @Test
    void aCommentWithAnEndlessIdOrTypeIsRefusedInFewWords() throws Exception {
        String header = "id;body;commentable_id;commentable_type";

        assertThat(Decidim.remark(row(header, "1;b;2;Decidim::Debates::" + "Debate".repeat(200)))
                        .type())
                .hasSizeLessThanOrEqualTo(200);
        RefusedException endless = catchThrowableOfType(
                RefusedException.class,
                () -> Decidim.remark(
                        row(header, "1".repeat(ForeignComment.MAX_REFERENCE) + ";b;2;Decidim::Proposals::Proposal")));
        assertThat(endless).isNotNull();
        assertThat(endless.column()).isEqualTo("id");
    }

    @Test
    void theQuestionOfADebateIsThereInFullWhereItIsTooLongForATitle() throws Exception {
        String question = "Faut-il " + "vraiment ".repeat(20) + "un banc?";

        Proposal debate = proposal("id;title/fr;description/fr", "1;" + question + ";<p>Oui</p>");

        assertThat(debate.title()).endsWith(" vraiment…").hasSizeLessThanOrEqualTo(150);
        assertThat(debate.need()).isEqualTo(question);
        assertRefused(
                "id;title/fr;description/fr",
                "1;" + "t".repeat(2_001) + ";b",
                "title/fr",
                "ideas.import-too-long",
                "2000");
    }

    @Test
    void columnsInLanguagesAreFoundAndFrenchComesFirst() throws Exception {
        assertThat(proposal("id;title/en;title/fr;body/ca;scope/name/en", "1;bench;banc;b;Old Market"))
                .extracting(Proposal::title, Proposal::body, Proposal::place)
                .containsExactly("banc", "b", "Old Market");
    }

    @Test
    void whatIsNoAddressOfTheWebDoesNotBecomeALink() throws Exception {
        assertThat(proposal("id;title;body;url", "1;t;b;javascript:alert(1)").address())
                .isEmpty();
    }

    @Test
    void aYearThatNobodyMeansIsRefused() {
        assertRefused("id;title;body;created_at", "1;t;b;9999-12-31", "created_at", "ideas.import-date", "9999-12-31");
    }

    @Test
    void marksThatTurnTheDirectionAndNullBytesAreTakenOut() throws Exception {
        assertThat(proposal("id;title;body", "1;\u202Eun\u0000 banc\u202C;\u2066b\u2069"))
                .extracting(Proposal::title, Proposal::body)
                .containsExactly("un banc", "b");
    }

    @Test
    void withAMappingAnyColumnsWillDo() throws Exception {
        Columns columns = Columns.of(new ImportMapping(
                "Parcs 2024",
                Map.of(
                        "title", List.of("Titre"),
                        "proposal", List.of("Texte", "Suite"),
                        "need", List.of("Besoin"),
                        "id", List.of("No"),
                        "state", List.of("Statut"),
                        "supports", List.of("Pour")),
                Map.of("Retenu", "accepted")));

        Proposal proposal = Decidim.proposal(
                row("No;Titre;Besoin;Texte;Suite;Statut;Pour", "12;Un banc;;;Assis;Retenu;4"), columns);

        assertThat(proposal)
                .extracting(Proposal::reference, Proposal::title, Proposal::body, Proposal::state, Proposal::supports)
                .containsExactly("csv:parcs-2024/12", "Un banc", "Assis", IdeaState.ACCEPTED, 4);
        assertThat(Decidim.proposal(row("Titre;Texte", "Un banc;Assis"), columns)
                        .reference())
                .startsWith("csv:parcs-2024/#")
                .isEqualTo(Decidim.proposal(row("Texte;Titre", "Assis;Un banc"), columns)
                        .reference());
        RefusedException refused = catchThrowableOfType(
                RefusedException.class, () -> Decidim.proposal(row("No;Titre;Texte;Pour", "1;t;b;x"), columns));
        assertThat(refused.column()).isEqualTo("Pour");
    }

    @Test
    void aLongNameIsCutBetweenLetters() throws Exception {
        String name = proposal("id;title;body;author/name", "1;t;b;a" + "\uD83D\uDC26".repeat(150))
                .authorName();

        assertThat(name).hasSizeLessThanOrEqualTo(240).endsWith("\uD83D\uDC26");
    }

    @Test
    void namesThatDifferInAccentsCaseAndMarksHaveOneSlug() {
        assertThat(Decidim.slug("Été & l’Hiver ")).isEqualTo("ete-l-hiver").isEqualTo(Decidim.slug("été, L'HIVER"));
        assertThat(Decidim.slug("¿?")).isEmpty();
    }

    private static void assertRefused(String header, String row, String column, String reason, String detail) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> proposal(header, row));
        assertThat(refused).isNotNull();
        assertThat(refused.column()).isEqualTo(column);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.detail()).isEqualTo(detail);
    }

    private static Proposal proposal(String header, String row) throws RefusedException {
        return Decidim.proposal(row(header, row), Columns.KNOWN);
    }

    private static Row row(String header, String row) {
        return new CsvTable(new ByteArrayInputStream((header + "\n" + row + "\n").getBytes(UTF_8)), "file").next();
    }
}
