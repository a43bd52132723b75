// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A program that uses the REST interface, and holds each answer against what the interface says of itself. */
final class Api {

    static final String PASSWORD = "une phrase rien qu’à moi";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final Duration IMPORT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final String PROBLEM = "application/problem+json";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI base;
    private final OpenApi openApi;

    /** What was answered. */
    record Answer(int status, Map<String, String> headers, String text, JsonNode json) {

        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }
    }

    Api(URI base) throws IOException, InterruptedException {
        this.base = base;
        openApi = new OpenApi(MAPPER.readTree(client.send(
                        HttpRequest.newBuilder(base.resolve("/api/v1/openapi.json"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()));
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A request in the making. */
    final class Call {
        private final String method;
        private final String path;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private byte[] body = new byte[0];

        private Call(String method, String path) {
            this.method = method;
            this.path = path;
        }

        Call as(String token) {
            return header("Authorization", "Bearer " + token);
        }

        Call in(String language) {
            return header("Accept-Language", language);
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call json(String text) {
            body = text.getBytes(StandardCharsets.UTF_8);
            return header("Content-Type", "application/json");
        }

        Call with(Map<String, ?> fields) {
            return json(Api.json(fields));
        }

        /** Files as parts of a form. */
        Call files(Map<String, byte[]> parts) {
            String boundary = "part-of-the-form";
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            parts.forEach((name, content) -> {
                out.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                                + "\"; filename=\"" + name + ".csv\"\r\nContent-Type: text/csv\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.writeBytes(content);
                out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
            });
            out.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
            body = out.toByteArray();
            return header("Content-Type", "multipart/form-data; boundary=" + boundary);
        }

        private HttpRequest request() {
            HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(Duration.ofSeconds(60))
                    .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            return request.build();
        }

        private Answer checked(HttpResponse<String> response) {
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            String text = response.body();
            Answer answer = new Answer(
                    response.statusCode(), headers, text, text.isEmpty() ? MAPPER.missingNode() : Api.json(text));
            assertThat(text)
                    .as("nothing of the inside is told")
                    .doesNotContain("\tat ", "Exception", "java.lang", "org.apache");
            openApi.check(method, path, answer);
            return answer;
        }

        /** Sends it; whatever comes back is as the interface describes it. */
        Answer send() {
            try {
                return checked(client.send(request(), HttpResponse.BodyHandlers.ofString()));
            } catch (IOException e) {
                throw new AssertionError(method + " " + path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }

        CompletableFuture<Answer> sendSoon() {
            return client.sendAsync(request(), HttpResponse.BodyHandlers.ofString())
                    .thenApply(this::checked);
        }

        /** Sends what is to succeed. */
        Answer expect(int status) {
            Answer answer = send();
            assertThat(answer.status())
                    .as("%s %s: %s", method, path, answer.text())
                    .isEqualTo(status);
            return answer;
        }

        /** Sends what is to be refused, in a problem of this code. */
        Answer refused(int status, String code) {
            Answer answer = expect(status);
            JsonNode problem = answer.json();
            assertThat(answer.header("Content-Type")).startsWith(PROBLEM);
            assertThat(problem.path("status").asInt()).isEqualTo(status);
            assertThat(problem.path("code").asText()).isEqualTo(code);
            assertThat(problem.path("type").asText()).isNotEmpty();
            assertThat(problem.path("title").asText()).isNotEmpty();
            assertThat(problem.path("detail").asText()).isNotEmpty().isNotEqualTo("error." + code);
            return answer;
        }

        /** Sends what is invalid: each of these fields is named with this code and a message, and no other. */
        Answer invalid(Map<String, String> codes) {
            Answer answer = refused(422, "invalid");
            Map<String, String> found = new LinkedHashMap<>();
            for (JsonNode error : answer.json().path("errors")) {
                found.put(error.path("field").asText(), error.path("code").asText());
                assertThat(error.path("message").asText())
                        .isNotEmpty()
                        .doesNotContain("{", "}")
                        .isNotEqualTo("error." + error.path("code").asText());
            }
            assertThat(found).isEqualTo(codes);
            return answer;
        }
    }

    /** "GET /api/v1/ideas" and so on, of all modules. */
    List<String> operations() {
        return openApi.operations();
    }

    Call get(String path) {
        return new Call("GET", path);
    }

    Call post(String path) {
        return new Call("POST", path);
    }

    Call put(String path) {
        return new Call("PUT", path);
    }

    Call delete(String path) {
        return new Call("DELETE", path);
    }

    /** Somebody with an account. */
    record Person(String id, String name, String email, String token) {}

    /** Opens an account and signs in. */
    Person newcomer() {
        int number = PEOPLE.incrementAndGet();
        String name = "Camille Essai " + number;
        String email = "camille" + number + "@example.org";
        Answer member = post("/api/v1/members")
                .with(Map.of("email", email, "password", PASSWORD, "displayName", name))
                .expect(201);
        return new Person(member.json().path("id").asText(), name, email, signIn(email, PASSWORD));
    }

    String signIn(String email, String password) {
        return post("/api/v1/sessions")
                .with(Map.of("email", email, "password", password))
                .expect(201)
                .json()
                .path("token")
                .asText();
    }

    String administrator() {
        return signIn(Platform.ADMIN_EMAIL, Platform.ADMIN_PASSWORD);
    }

    /** Submits an idea; returns its id. */
    String idea(Person author, String title) {
        return post("/api/v1/ideas")
                .as(author.token())
                .with(Map.of(
                        "title", title,
                        "need", "Il manque quelque chose à cet endroit.",
                        "proposal", "On pourrait l’y mettre ensemble un samedi."))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    /** Starts an import and follows it to its end. */
    JsonNode bringIn(String token, Map<String, byte[]> files) {
        return bringIn(token, files, "");
    }

    /** @param query of the address, with its question mark */
    JsonNode bringIn(String token, Map<String, byte[]> files, String query) {
        Answer accepted =
                post("/api/v1/ideas/imports" + query).as(token).files(files).expect(202);
        String path = accepted.header("Location").replaceFirst("^https?://[^/]+", "");
        assertThat(path)
                .isEqualTo("/api/v1/ideas/imports/" + accepted.json().path("id").asText());
        JsonNode known = accepted.json();
        long end = System.nanoTime() + IMPORT.toNanos();
        while (!known.path("state").asText().matches("done|failed") && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
            known = get(path).as(token).expect(200).json();
        }
        assertThat(known.path("state").asText()).as(known.toString()).isEqualTo("done");
        return known;
    }
}
