// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.testing.TestFramework;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiResourceTest {

    private final TestFramework framework = new TestFramework();
    private final OpenApiResource resource = new OpenApiResource(framework.context());

    @Test
    void whatTheRunningModulesDescribeIsOneDocumentWithoutPagesAndWithProblems(@TempDir Path ideas, @TempDir Path votes)
            throws IOException {
        module(ideas, "ideas");
        module(votes, "votes");
        framework.start("ideas", ideas);
        var leaving = framework.start("votes", votes);

        JsonNode both = resource.document(null);
        assertThat(both.path("paths").fieldNames()).toIterable().containsExactly("/api/v1/ideas", "/api/v1/votes");
        assertThat(both.path("components").path("schemas").fieldNames())
                .toIterable()
                .as("both modules have an Item")
                .containsExactlyInAnyOrder("ideas.Item", "votes.Item", "Problem");
        JsonNode operation = both.path("paths").path("/api/v1/ideas").path("get");
        assertThat(operation.path("operationId").asText()).isEqualTo("ideas-list");
        assertThat(operation
                        .at("/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/ideas.Item");
        assertThat(operation
                        .at("/responses/default/content/application~1problem+json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Problem");

        assertThat(resource.document("votes").path("paths").fieldNames())
                .toIterable()
                .containsExactly("/api/v1/votes");
        assertThatThrownBy(() -> resource.document("nobody")).isInstanceOf(NotFoundException.class);

        framework.stop(leaving);
        assertThat(resource.document(null).path("paths").fieldNames())
                .toIterable()
                .containsExactly("/api/v1/ideas");
    }

    private static void module(Path folder, String word) throws IOException {
        Files.writeString(folder.resolve("openapi.json"), """
                {"openapi":"3.0.1","paths":{
                 "/%1$s":{"get":{"operationId":"page","responses":{}}},
                 "/api/v1/%1$s":{"get":{"tags":["%1$s"],"operationId":"list","responses":{"200":{
                  "content":{"application/json":{"schema":{"$ref":"#/components/schemas/Item"}}}}}}}},
                 "components":{"schemas":{"Item":{"type":"object"}}}}
                """.formatted(word));
    }
}
