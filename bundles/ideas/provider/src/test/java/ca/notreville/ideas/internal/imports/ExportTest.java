// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static ca.notreville.ideas.internal.imports.Importing.STAFF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.ideas.api.ExportService;
import ca.notreville.ideas.api.ExportService.Format;
import ca.notreville.ideas.api.ExportService.Part;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.internal.exports.ExportServiceImpl;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

@OnDatabase
class ExportTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private static final String HEADER = "id;title;body;votes;category/name/fr;scope/name/fr;url;state\n";
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

    /** Two ideas that came from elsewhere, one that was written here, with votes, and what was said of them. */
    private void write() throws Exception {
        town.whole(
                HEADER
                        + "1;=1+1;- Un\n- deux;12;Mobilité;Vieux-Marché;https://a.example/p/1;accepted\n"
                                .replace("- Un\n- deux", "\"- Un\n- \"\"deux\"\"\"")
                        + "2;'@toi;b;0;;;https://a.example/p/2;withdrawn\n",
                TALK + "1;+1;1;Decidim::Proposals::Proposal;https://a.example/p/1;Ana\n"
                        + "2;non;1;Decidim::Comments::Comment;https://a.example/p/1;Bo\n"
                        + "3;oui;2;Decidim::Comments::Comment;https://a.example/p/1;\n");
        database.execute(
                "insert into ideas_idea (id, version, title, need, proposal, beneficiaries, state, author_id, author_name,"
                        + " created_at, origin_supports, at_counter) values (900000, 1, 'Écrite ici', 'Il manque un banc.',"
                        + " 'Un banc.', 'Les aînés.', 'published', 7, '', '2026-04-01 12:00:00', 0, 0)");
        database.execute("insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at, at_counter)"
                + " values (900000, 8, 'for', 'a', '2026-04-01 12:00:00', 0)");
        database.execute("insert into ideas_vote (idea_id, member_id, choice, receipt, cast_at, at_counter)"
                + " values (900000, 9, 'against', 'b', '2026-04-01 12:00:00', 0)");
    }

    private byte[] export(Part part, Format format) throws Exception {
        MemberService members = Mockito.mock();
        Mockito.when(members.displayNames(List.of(7L))).thenReturn(Map.of(7L, "Chloé"));
        ExportService exports = new ExportServiceImpl(
                database.dataSource(),
                (caller, action, where) -> action.equals("ideas.export") && caller.has(Role.STAFF),
                town.talk,
                members,
                town.territory,
                town.categories,
                path -> "https://t.example" + path);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exports.write(STAFF, part, format, out);
        assertThatThrownBy(() -> exports.write(
                        Caller.member(1, "Ana", Set.of(), Locale.FRENCH), part, format, new ByteArrayOutputStream()))
                .isInstanceOf(ForbiddenException.class);
        return out.toByteArray();
    }

    private Import bringIn(byte[] ideas, byte[] comments) throws Exception {
        long id = town.imports
                .start(STAFF, new ByteArrayInputStream(ideas), new ByteArrayInputStream(comments))
                .id();
        town.work(id);
        return town.imports.get(STAFF, id);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsExportedChangesNothingHereAndMakesTheSameElsewhere(Format format) throws Exception {
        write();
        byte[] ideas = export(Part.IDEAS, format);
        byte[] comments = export(Part.COMMENTS, format);

        Import here = bringIn(ideas, comments);

        assertThat(here.refused()).isEmpty();
        assertThat(here)
                .extracting(Import::total, Import::created, Import::updated, Import::unchanged)
                .containsExactly(6, 0, 0, 6);

        town.stop();
        town = new Importing(database);
        Import elsewhere = bringIn(ideas, comments);

        assertThat(elsewhere.refused()).isEmpty();
        assertThat(elsewhere)
                .extracting(Import::total, Import::created, Import::updated, Import::unchanged)
                .containsExactly(6, 6, 0, 0);
        assertThat(bringIn(ideas, comments).unchanged()).isEqualTo(6);
        assertThat(count("title = '=1+1' and state = 'accepted' and origin_supports = 12 and category_id = 'mobility'"
                        + " and neighbourhood_id = 'vieux-marche' and reference = 'https://a.example/p/1'"))
                .isEqualTo(1);
        assertThat(count("proposal = '- Un\n- \"deux\"'")).isEqualTo(1);
        assertThat(count("title = '''@toi' and state = 'withdrawn'")).isEqualTo(1);
        assertThat(count(
                        "title = 'Écrite ici' and need = 'Il manque un banc.' and beneficiaries = 'Les aînés.' and author_name = 'Chloé'"
                                + " and origin_supports = 1 and reference = 'idea:900000'"))
                .isEqualTo(1);
        assertThat(town.talk.said.values()).extracting(c -> c.body()).containsExactlyInAnyOrder("+1", "non", "oui");
        // and what came from Decidim is still known again
        assertThat(town.whole(HEADER + "2;'@toi;b;0;;;https://a.example/p/2;withdrawn\n", null)
                        .unchanged())
                .isEqualTo(1);
    }

    @Test
    void noCellBeginsLikeAFormula() throws Exception {
        write();

        String ideas = new String(export(Part.IDEAS, Format.CSV), UTF_8);
        String comments = new String(export(Part.COMMENTS, Format.CSV_COMMA), UTF_8);

        assertThat(ideas)
                .startsWith("\uFEFFid;")
                .contains(";'=1+1;")
                .contains("\"'- Un")
                .contains(";''@toi;");
        assertThat(comments).contains(",'+1,");
        assertThat(ideas.substring(1)).doesNotContainPattern("(^|;|\n)\"?[=+@]");
    }

    @Test
    void votesAreTold() throws Exception {
        write();

        assertThat(new String(export(Part.IDEAS, Format.JSON), UTF_8))
                .contains("\"votes\":{\"for\":1,\"neutral\":0,\"against\":1},\"supports\":0,\"comments\":0");
    }

    @Test
    void whatAnsweredACommentThatIsGoneAnswersWhatThatOneAnswered() throws Exception {
        write();
        town.talk.gone.add("https://a.example#comment-2");
        byte[] ideas = export(Part.IDEAS, Format.JSON);
        byte[] comments = export(Part.COMMENTS, Format.JSON);

        town.stop();
        town = new Importing(database);
        Import elsewhere = bringIn(ideas, comments);

        assertThat(elsewhere.created()).isEqualTo(5);
        assertThat(town.talk.said.get("comment:50002"))
                .isNotNull()
                .extracting(ForeignComment::parentReference)
                .isEqualTo("comment:50000");
    }

    @Test
    void draftsAndWhatModerationHidStayHere() throws Exception {
        write();
        database.execute("update ideas_idea set hidden_state = state, state = 'hidden' where id = 900000");
        database.execute("update ideas_idea set state = 'draft' where title = '=1+1'");

        assertThat(new String(export(Part.IDEAS, Format.CSV), UTF_8).lines()).hasSize(2);
    }

    @Test
    void manyIdeasComeOutOnceEachInTheOrderOfTheirIds() throws Exception {
        StringBuilder file = new StringBuilder("id;title;body\n");
        for (int i = 0; i < 1_001; i++) {
            file.append(i).append(";Idée ").append(i).append(";b\n");
        }
        town.whole(file.toString(), null);

        List<String> lines =
                new String(export(Part.IDEAS, Format.CSV), UTF_8).lines().toList();

        assertThat(lines).hasSize(1_002).doesNotHaveDuplicates();
        assertThat(lines.stream().skip(1).map(line -> Long.valueOf(line.substring(0, line.indexOf(';')))))
                .isSorted();
    }

    private static long count(String condition) {
        return database.number("select count(*) from ideas_idea where " + condition);
    }
}
