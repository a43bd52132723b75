// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ca.notreville.acceptance.Api.Person;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** For what the platform does in its own time: news spread, letters leave. */
final class Waiting {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);

    private Waiting() {}

    /** What is being waited for. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(Condition condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.holds()) {
                assertThat(System.nanoTime()).as("in time").isLessThan(end);
                LockSupport.parkNanos(POLL.toNanos());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Until there are news for somebody on the site. */
    static void awaitNews(Api api, Person reader) {
        await(() -> api.get("/api/v1/notifications")
                        .as(reader.token())
                        .expect(200)
                        .json()
                        .path("items")
                        .size()
                > 0);
    }

    /** The latest letter to an address with these words in it, once there is one. */
    static String awaitLetter(Platform platform, String to, String words) {
        String[] found = {""};
        await(() -> {
            for (String letter : platform.letters()) {
                if (letter.contains("To: " + to) && letter.contains(words)) {
                    found[0] = letter;
                }
            }
            return !found[0].isEmpty();
        });
        return found[0];
    }
}
