// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * {@code Lag URL ROUNDS}: proposes an idea with a word that nobody else uses and looks for it until it is found; how many
 * milliseconds after the answer that is, in the middle and at most.
 */
public final class Lag {

    private static final long LOOK_EVERY = 20;
    private static final long GIVE_UP = TimeUnit.SECONDS.toNanos(30);
    private static final int FIRST_MEMBER = 100;
    private static final int LETTERS = 12;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final SplittableRandom random = new SplittableRandom();
    private final String url;

    private Lag(String url) {
        this.url = url;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Lag lag = new Lag(arguments[0]);
        long[] millis = new long[Integer.parseInt(arguments[1])];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = lag.measure(FIRST_MEMBER + i);
        }
        Arrays.sort(millis);
        System.out.println("RESULT " + millis[millis.length / 2] + " " + millis[millis.length - 1]);
    }

    private long measure(int member) throws IOException, InterruptedException {
        String word = random.ints(LETTERS, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String body = "{\"title\":\"Un banc " + word + "\",\"need\":\"Personne ne peut s’asseoir devant l’école.\","
                + "\"proposal\":\"Un banc sous le grand arbre, avec un dossier.\"}";
        send(HttpRequest.newBuilder(URI.create(url + "/api/v1/ideas"))
                .header("Authorization", "Bearer " + Town.token(member))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        long start = System.nanoTime();
        while (!send(HttpRequest.newBuilder(URI.create(url + "/api/v1/search?q=" + word)))
                .contains(word)) {
            if (System.nanoTime() - start > GIVE_UP) {
                throw new IllegalStateException("never found: " + word);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
