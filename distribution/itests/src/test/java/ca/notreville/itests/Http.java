// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.itests;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks the platform from inside its own process. */
final class Http {

    private static final long READY_SECONDS = 90;
    private static final long POLL_MILLIS = 100;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base = "http://127.0.0.1:" + System.getProperty(Distribution.PORT);

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String token, String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
    }

    /** Waits until the platform says that it is ready. */
    void awaitReady() throws InterruptedException {
        await("/health/ready", 200);
    }

    /** Waits until this path has this status. */
    void await(String path, int status) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        String last = "";
        while (System.nanoTime() < end) {
            try {
                HttpResponse<String> answer = get(path);
                last = answer.statusCode() + " " + answer.body();
                if (answer.statusCode() == status) {
                    return;
                }
            } catch (IOException e) {
                last = e.toString();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new AssertionError(path + " is not " + status + " but " + last);
    }

    /** Opens an account and a session; returns its token. */
    String member(String name) throws IOException, InterruptedException {
        String credentials = "\"email\":\"" + name + "@example.org\",\"password\":\"une phrase à moi\"";
        send("POST", "/api/v1/members", "", "{" + credentials + ",\"displayName\":\"" + name + "\"}");
        String body =
                send("POST", "/api/v1/sessions", "", "{" + credentials + "}").body();
        return field(body, "token");
    }

    /** The text of a field, of the first object that has it. */
    static String field(String json, String name) {
        String start = "\"" + name + "\":\"";
        int from = json.indexOf(start) + start.length();
        if (from < start.length()) {
            throw new AssertionError("no " + name + " in " + json);
        }
        return json.substring(from, json.indexOf('"', from));
    }
}
