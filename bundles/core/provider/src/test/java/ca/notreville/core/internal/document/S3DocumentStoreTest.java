// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.testing.TestClock;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3DocumentStoreTest {

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    private Path folder;
    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private Bucket bucket;

    @BeforeEach
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        bucket = new Bucket();
    }

    @AfterEach
    void stop() {
        bucket.server.stop(0);
    }

    private S3DocumentStore store(String secret) {
        return new S3DocumentStore(
                URI.create("http://127.0.0.1:" + bucket.server.getAddress().getPort()),
                "ville",
                "docs/été 1/",
                new S3Signature("AKIDEXAMPLE", secret, "ca-central-1"),
                clock);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("f"), content);
    }

    @Test
    void aContentGoesThereAndComesBack() throws Exception {
        S3DocumentStore store = store(SECRET);
        String sha256 = Blobs.sha256(file("bonjour"));

        store.put(sha256, file("bonjour"));

        assertThat(store.size(sha256)).contains(7L);
        try (InputStream in = store.open(sha256).orElseThrow()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("bonjour");
        }
        store.delete(sha256);
        store.delete(sha256);
        assertThat(store.open(sha256)).isEmpty();
        assertThat(store.size(sha256)).isEmpty();
    }

    @Test
    void allAreNamedAcrossPages() throws Exception {
        S3DocumentStore store = store(SECRET);
        List<String> put = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            put.add(Blobs.sha256(file("content " + i)));
            store.put(put.get(i), file("content " + i));
        }
        bucket.objects.put("/ville/docs/%C3%A9t%C3%A9%201/readme", new byte[1]);

        List<String> named = new ArrayList<>();
        store.each(named::add);

        assertThat(named).containsExactlyInAnyOrderElementsOf(put);
    }

    @Test
    void aWrongKeyIsRefusedAndSaidSo() throws Exception {
        S3DocumentStore store = store("another");
        String sha256 = Blobs.sha256(file("bonjour"));
        assertThatThrownBy(() -> store.put(sha256, file("bonjour")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("403");
        assertThatThrownBy(() -> store.open(sha256)).hasMessageContaining("403");
        assertThat(bucket.objects).isEmpty();
    }

    @Test
    void aContentThatIsNotWhatItsNameSaysIsRefused() throws Exception {
        String sha256 = Blobs.sha256(file("bonjour"));
        assertThatThrownBy(() -> store(SECRET).put(sha256, file("bonsoir"))).hasMessageContaining("400");
    }

    /** The example that AWS publishes for GET Object, without its Range header. */
    @Test
    void theSignatureIsTheOneOfTheSpecification() {
        Map<String, String> headers = new S3Signature("AKIAIOSFODNN7EXAMPLE", SECRET, "us-east-1")
                .headers(
                        "GET",
                        "examplebucket.s3.amazonaws.com",
                        "/",
                        Map.of("max-keys", "2", "prefix", "J"),
                        S3Signature.EMPTY_SHA256,
                        Instant.parse("2013-05-24T00:00:00Z"));
        assertThat(headers.get("Authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + " SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
                        + " Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    /** As much of S3 as the store uses; it computes every signature itself, from what came over the wire. */
    private static final class Bucket {

        private static final Pattern AUTHORIZATION = Pattern.compile(
                "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, SignedHeaders=([^,]+), Signature=(\\w{64})");
        private static final int PAGE = 2;

        private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
        private final HttpServer server;

        Bucket() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            byte[] body = exchange.getRequestBody().readAllBytes();
            try {
                if (!signed(exchange)) {
                    send(exchange, 403, new byte[0]);
                } else if (!hex(body).equals(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"))) {
                    send(exchange, 400, new byte[0]);
                } else {
                    serve(exchange, body);
                }
            } catch (Exception e) {
                send(exchange, 500, e.toString().getBytes(StandardCharsets.UTF_8));
            }
        }

        private void serve(HttpExchange exchange, byte[] body) throws IOException {
            String path = exchange.getRequestURI().getRawPath();
            byte[] known = objects.get(path);
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.put(path, body);
                    send(exchange, 200, new byte[0]);
                }
                case "DELETE" -> {
                    objects.remove(path);
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                }
                case "HEAD" -> {
                    if (known != null) {
                        exchange.getResponseHeaders().set("Content-Length", String.valueOf(known.length));
                    }
                    exchange.sendResponseHeaders(known == null ? 404 : 200, -1);
                    exchange.close();
                }
                default -> {
                    if (exchange.getRequestURI().getRawQuery() != null) {
                        send(exchange, 200, list(exchange.getRequestURI().getRawQuery()));
                    } else {
                        send(exchange, known == null ? 404 : 200, known == null ? new byte[0] : known);
                    }
                }
            }
        }

        private byte[] list(String rawQuery) {
            Map<String, String> query = query(rawQuery);
            String after = query.getOrDefault("continuation-token", "");
            List<String> keys = objects.keySet().stream()
                    .map(path -> URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8)
                            .substring("/ville/".length()))
                    .filter(key -> key.startsWith(query.get("prefix")) && key.compareTo(after) > 0)
                    .sorted()
                    .toList();
            List<String> page = keys.subList(0, Math.min(PAGE, keys.size()));
            String xml = page.stream()
                    .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                    .collect(Collectors.joining("", "<ListBucketResult>", ""));
            if (keys.size() > PAGE) {
                xml += "<NextContinuationToken>" + page.get(PAGE - 1) + "</NextContinuationToken>";
            }
            return (xml + "</ListBucketResult>").getBytes(StandardCharsets.UTF_8);
        }

        private static Map<String, String> query(String raw) {
            Map<String, String> query = new TreeMap<>();
            for (String one : raw.split("&")) {
                String[] pair = one.split("=", 2);
                query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
            }
            return query;
        }

        private static boolean signed(HttpExchange exchange) throws Exception {
            Matcher sent = AUTHORIZATION.matcher(
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            if (!sent.matches() || !sent.group(1).equals("AKIDEXAMPLE")) {
                return false;
            }
            StringBuilder canonical = new StringBuilder(exchange.getRequestMethod())
                    .append('\n')
                    .append(exchange.getRequestURI().getRawPath())
                    .append('\n');
            String raw = exchange.getRequestURI().getRawQuery();
            canonical
                    .append(raw == null ? "" : raw.lines().collect(Collectors.joining()))
                    .append('\n');
            for (String name : sent.group(4).split(";")) {
                canonical
                        .append(name)
                        .append(':')
                        .append(exchange.getRequestHeaders().getFirst(name))
                        .append('\n');
            }
            canonical
                    .append('\n')
                    .append(sent.group(4))
                    .append('\n')
                    .append(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"));
            String toSign = "AWS4-HMAC-SHA256\n" + exchange.getRequestHeaders().getFirst("x-amz-date") + "\n"
                    + sent.group(2) + "/" + sent.group(3) + "/s3/aws4_request\n"
                    + hex(canonical.toString().getBytes(StandardCharsets.UTF_8));
            byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
            for (String part : List.of(sent.group(2), sent.group(3), "s3", "aws4_request", toSign)) {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                key = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(key).equals(sent.group(5));
        }

        private static String hex(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        }
    }
}
