// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Answer;
import ca.notreville.acceptance.Api.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person, one vote, however often and however fast it is sent. */
@ExtendWith(Acceptance.class)
class VotesAtOnceIT {

    private static final int IDEAS = 100;
    private static final int AT_ONCE = 50;

    /** As many as a new account may propose in ten minutes. */
    private static final int IDEAS_EACH = 5;

    @Test
    void theSameVoteSentFiftyTimesAtOnceIsOneVoteWithOneReceipt(Api api) {
        Person author = api.newcomer();
        Person voter = api.newcomer();
        int votes = 0;
        for (int i = 0; i < IDEAS; i++) {
            if (i % IDEAS_EACH == 0) {
                author = api.newcomer();
            }
            String idea = "/api/v1/ideas/" + api.idea(author, "Un nichoir de plus, le numéro " + (i + 1));
            List<CompletableFuture<Answer>> sent = IntStream.range(0, AT_ONCE)
                    .mapToObj(n -> api.put(idea + "/vote")
                            .as(voter.token())
                            .with(Map.of("choice", "for"))
                            .sendSoon())
                    .toList();
            List<String> receipts = new ArrayList<>();
            for (CompletableFuture<Answer> one : sent) {
                Answer answer = one.join();
                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                receipts.add(answer.json().path("receipt").asText());
            }
            assertThat(receipts).hasSize(AT_ONCE).doesNotContain("").containsOnly(receipts.get(0));
            assertThat(api.get(idea + "/vote")
                            .as(voter.token())
                            .expect(200)
                            .json()
                            .path("receipt")
                            .asText())
                    .isEqualTo(receipts.get(0));
            votes += api.get(idea).expect(200).json().at("/votes/for").asInt();
        }
        assertThat(votes).isEqualTo(IDEAS);
    }
}
