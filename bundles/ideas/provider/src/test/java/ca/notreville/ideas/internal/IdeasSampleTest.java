// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.sample.SampleTown;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class IdeasSampleTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    @Test
    void theSampleIsSixtyIdeasWithVotesAndCommentsAndASecondRunChangesNothing() throws Exception {
        JsonNode written;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/sample/ideas.json"))) {
            written = new ObjectMapper().readTree(in).path("ideas");
        }
        Map<String, Long> members = new HashMap<>();
        written.findValuesAsText("author").forEach(key -> members.putIfAbsent(key, members.size() + 1L));
        for (int i = members.size(); i < 40; i++) {
            members.put("somebody" + i, i + 1L);
        }
        List<ForeignComment> said = new ArrayList<>();
        CommentService comments = Mockito.mock(CommentService.class);
        Mockito.when(comments.bringIn(Mockito.any(), Mockito.any())).thenAnswer(call -> {
            said.addAll(call.<Collection<ForeignComment>>getArgument(1));
            return Map.of();
        });
        IdeasFixture ideas = new IdeasFixture(database);
        IdeasSample sample = new IdeasSample(
                ideas.jpa, ideas.ids, ideas.clock, ideas.writer, comments, ideas.tallies, ideas.register);
        SampleTown town = new SampleTown(members);

        sample.fill(town);
        sample.fill(town);

        assertThat(count("ideas_idea")).isEqualTo(60);
        assertThat(count("ideas_listing")).isEqualTo(60);
        assertThat(count("ideas_vote")).isGreaterThan(1_000);
        assertThat(count("ideas_vote v where v.member_id ="
                        + " (select i.author_id from ideas_idea i where i.id = v.idea_id)"))
                .isZero();
        assertThat(count("ideas_listing l where l.votes_for <> (select count(*) from ideas_vote v"
                        + " where v.idea_id = l.idea_id and v.choice = 'for')"))
                .isZero();
        for (JsonNode idea : written) {
            String where = " where state = '" + idea.path("state").asText() + "' and title = '"
                    + idea.path("title").asText().replace("'", "''") + "'";
            assertThat(count("ideas_idea" + where)).as("ideas%s", where).isEqualTo(1);
        }
        assertThat(count("ideas_listing l join ideas_idea i on i.id = l.idea_id where l.state <> i.state"))
                .isZero();
        assertThat(count("ideas_step s where s.to_state = 'accepted' and s.cost_cents > 0"))
                .isGreaterThan(3);
        assertThat(said)
                .hasSizeGreaterThan(200)
                .extracting(ForeignComment::reference)
                .doesNotHaveDuplicates();
        assertThat(said)
                .allMatch(comment -> comment.author() != 0 && !comment.body().isBlank());
        assertThat(said).allMatch(comment -> !comment.createdAt().isAfter(ideas.clock.instant()));
        ideas.close();
    }

    private static long count(String from) {
        return database.number("select count(*) from " + from);
    }
}
