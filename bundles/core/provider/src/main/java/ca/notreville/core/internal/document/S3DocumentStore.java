// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import ca.notreville.core.api.document.DocumentStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** A bucket of whatever speaks S3, addressed by path. The store itself checks each content against its hash, which is signed. */
@Component(
        configurationPid = S3Config.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        property = "service.ranking:Integer=100")
@Designate(ocd = S3Config.class)
public final class S3DocumentStore implements DocumentStore {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TOKEN = Pattern.compile("<NextContinuationToken>([^<]*)</NextContinuationToken>");

    private final URI endpoint;
    private final String bucket;
    private final String prefix;
    private final S3Signature signature;
    private final Clock clock;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    @Activate
    public S3DocumentStore(@Reference Clock clock, S3Config config) throws IOException {
        this(
                URI.create(config.endpoint()),
                config.bucket(),
                config.prefix(),
                new S3Signature(
                        config.accessKey(),
                        Files.readString(Path.of(config.secretKeyFile())).strip(),
                        config.region()),
                clock);
    }

    S3DocumentStore(URI endpoint, String bucket, String prefix, S3Signature signature, Clock clock) {
        this.endpoint = endpoint;
        this.bucket = bucket;
        this.prefix = prefix;
        this.signature = signature;
        this.clock = clock;
    }

    @Override
    public String describe() {
        return "bucket " + bucket + " of " + endpoint.getHost();
    }

    @Override
    public void put(String sha256, Path file) throws IOException {
        HttpResponse<Void> answer =
                send("PUT", object(sha256), Map.of(), sha256, BodyPublishers.ofFile(file), BodyHandlers.discarding());
        expect(answer, OK);
    }

    @Override
    public Optional<InputStream> open(String sha256) throws IOException {
        HttpResponse<InputStream> answer = send(
                "GET",
                object(sha256),
                Map.of(),
                S3Signature.EMPTY_SHA256,
                BodyPublishers.noBody(),
                BodyHandlers.ofInputStream());
        if (answer.statusCode() == OK) {
            return Optional.of(answer.body());
        }
        answer.body().close();
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        throw refused(answer);
    }

    @Override
    public Optional<Long> size(String sha256) throws IOException {
        HttpResponse<Void> answer = send(
                "HEAD",
                object(sha256),
                Map.of(),
                S3Signature.EMPTY_SHA256,
                BodyPublishers.noBody(),
                BodyHandlers.discarding());
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        expect(answer, OK);
        return Optional.of(answer.headers().firstValueAsLong("content-length").orElse(0));
    }

    @Override
    public void delete(String sha256) throws IOException {
        HttpResponse<Void> answer = send(
                "DELETE",
                object(sha256),
                Map.of(),
                S3Signature.EMPTY_SHA256,
                BodyPublishers.noBody(),
                BodyHandlers.discarding());
        if (answer.statusCode() != NOT_FOUND && answer.statusCode() != OK) {
            expect(answer, NO_CONTENT);
        }
    }

    @Override
    public void each(Consumer<String> sha256) throws IOException {
        Map<String, String> query = new TreeMap<>(Map.of("list-type", "2", "prefix", prefix));
        boolean more = true;
        while (more) {
            HttpResponse<String> answer = send(
                    "GET", path(""), query, S3Signature.EMPTY_SHA256, BodyPublishers.noBody(), BodyHandlers.ofString());
            expect(answer, OK);
            Matcher key = KEY.matcher(answer.body());
            while (key.find()) {
                String name = key.group(1);
                String hash = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
                if (NAME.matcher(hash).matches()) {
                    sha256.accept(hash);
                }
            }
            Matcher token = TOKEN.matcher(answer.body());
            more = token.find();
            if (more) {
                query.put("continuation-token", token.group(1).replace("&amp;", "&"));
            }
        }
    }

    private String object(String sha256) {
        if (!NAME.matcher(sha256).matches()) {
            throw new IllegalArgumentException("no SHA-256: " + sha256);
        }
        return path("/" + prefix + sha256);
    }

    private String path(String rest) {
        StringBuilder path = new StringBuilder("/").append(S3Signature.encode(bucket));
        String[] parts = rest.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            path.append('/').append(S3Signature.encode(parts[i]));
        }
        return path.toString();
    }

    private <T> HttpResponse<T> send(
            String method,
            String path,
            Map<String, String> query,
            String sha256,
            BodyPublisher body,
            BodyHandler<T> handler)
            throws IOException {
        String host = endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
        String address =
                endpoint.getScheme() + "://" + host + path + (query.isEmpty() ? "" : "?" + S3Signature.query(query));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).method(method, body);
        signature.headers(method, host, path, query, sha256, clock.instant()).forEach(request::header);
        try {
            return client.send(request.build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void expect(HttpResponse<?> answer, int status) throws IOException {
        if (answer.statusCode() != status) {
            throw refused(answer);
        }
    }

    private IOException refused(HttpResponse<?> answer) {
        return new IOException(describe() + " answered " + answer.statusCode() + " to "
                + answer.request().method());
    }
}
