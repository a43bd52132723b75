// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.Import.State;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A real export (Lille, 2019), where the machine has it in {@code ../shared/data/ideas} beside the project; elsewhere a small file
 * of the same form, whose people do not exist.
 */
@OnDatabase
class RealExportTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private static final String SMALL = """
            id;category/id;category/name/en;category/name/fr;scope/id;scope/name/en;scope/name/fr;title;body;votes;comments;created_at;url;component/id;meeting_urls
            457;;;;;;;Un banc;Assis à l’ombre.;2;0;2019-01-24 22:29:15 +0100;http://p.example/f/111/proposals/457;111;
            418;39;;Autre sujet;;;;Une fontaine;" De l’eau ""fraîche"".

            ";2;0;2019-01-23 12:07:32 +0100;http://p.example/f/111/proposals/418;111;
            """;

    private static final String SMALL_TALK = """
            id;created_at;body;author/id;author/name;alignment;depth;commentable_id;commentable_type;root_commentable_url
            515;2019-01-17 10:38:20 +0100;un débat;1;participant-1;0;0;23;Decidim::Debates::Debate;http://p.example/f/112/debates/23
            516;2019-01-17 10:39:20 +0100;une réponse;1;participant-1;0;1;515;Decidim::Comments::Comment;http://p.example/f/112/debates/23
            """;

    private static final String SMALL_DEBATES = """
            id;author_id;title/fr;description/fr;comments;created_at;url;component/id
            23;;Faut-il un banc?;<p>Oui</p>;2;2019-01-16 10:58:44 +0100;http://p.example/f/112/debates/23;112
            """;

    @Test
    void everyRowOfARealExportIsAnIdeaAndTheSameExportAgainChangesNothing() throws Exception {
        String proposals = export("proposals.csv", SMALL);
        Importing town = new Importing(database);
        try {
            Import first = town.whole(proposals, null);
            Import again = town.whole(proposals, null);

            assertThat(first.state()).isEqualTo(State.DONE);
            assertThat(first.refused()).isEmpty();
            assertThat(first.created()).isEqualTo(first.total()).isPositive();
            assertThat(again.unchanged()).isEqualTo(again.total()).isEqualTo(first.total());
            assertThat(database.number("select count(*) from ideas_listing")).isEqualTo(first.total());
        } finally {
            town.stop();
        }
    }

    @Test
    void commentsOfARealExportThatAreOnDebatesAreAllReported() throws Exception {
        Importing town = new Importing(database);
        try {
            Import done = town.whole(export("proposals.csv", SMALL), export("debate-comments.csv", SMALL_TALK));

            assertThat(done.created() + done.updated() + done.unchanged() + done.refusedCount())
                    .isEqualTo(done.read())
                    .isEqualTo(done.total());
            assertThat(done.refused())
                    .isNotEmpty()
                    .allMatch(refusal -> refusal.file().equals("comments"))
                    .extracting(Refusal::reason)
                    .containsOnly("ideas.import-not-proposal", "ideas.import-no-idea");
            assertThat(town.talk.said).isEmpty();
        } finally {
            town.stop();
        }
    }

    @Test
    void debatesAndTheirCommentsComeInWithTheirThreads() throws Exception {
        Importing town = new Importing(database);
        try {
            String debates = export("debates.csv", SMALL_DEBATES);
            String comments = export("debate-comments.csv", SMALL_TALK);
            Import first = town.whole(debates, comments);
            Import again = town.whole(debates, comments);

            assertThat(first.refused()).isEmpty();
            assertThat(first.created()).isEqualTo(first.total()).isPositive();
            assertThat(again.unchanged()).isEqualTo(first.total());
            assertThat(town.talk.said.size() + database.number("select count(*) from ideas_listing"))
                    .isEqualTo(first.total());
        } finally {
            town.stop();
        }
    }

    private static String export(String name, String otherwise) throws IOException {
        for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("shared/data/ideas/decidim-mel-lille").resolve(name);
            if (Files.isReadable(file)) {
                return Files.readString(file);
            }
        }
        return otherwise;
    }
}
