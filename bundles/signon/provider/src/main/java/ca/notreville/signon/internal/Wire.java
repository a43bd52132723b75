// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the provider, bounded in every way, since each holds a thread of ours: in time as a whole, in the size of the answer,
 * and in how many there are at once. When the provider cannot be reached, nobody asks again for a few seconds.
 */
final class Wire implements HTTPRequestSender, ResourceRetriever {

    static final int MAX_BODY = 512 * 1024;
    private static final int AT_ONCE = 8;

    /** Headers that are the client's own business. */
    private static final List<String> OWN = List.of("host", "connection", "content-length", "expect", "upgrade");

    private final Duration patience;
    private final Duration rest;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final HttpClient client;
    private volatile long restsUntil;

    Wire(Duration patience, Duration rest) {
        this.patience = patience;
        this.rest = rest;
        restsUntil = System.nanoTime();
        client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.getDefault())
                .build();
    }

    @Override
    public HTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
        String body = request.getBody();
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.getURI())
                .timeout(patience)
                .method(
                        request.getMethod().name(),
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        request.getHeaderMap().forEach((name, values) -> {
            if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = send(builder.build());
        HTTPResponse response = new HTTPResponse(answer.statusCode());
        for (Map.Entry<String, List<String>> header : answer.headers().map().entrySet()) {
            response.setHeader(header.getKey(), header.getValue().toArray(new String[0]));
        }
        response.setBody(new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }

    @Override
    public Resource retrieveResource(URL url) throws IOException {
        try {
            return new Resource(get(url.toURI()), "application/json");
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** @throws IOException also for any status but 200 */
    String get(URI address) throws IOException {
        HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address)
                .timeout(patience)
                .header("Accept", "application/json")
                .build());
        if (answer.statusCode() != HTTPResponse.SC_OK) {
            throw new IOException(address + " answers " + answer.statusCode());
        }
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        if (restsUntil - System.nanoTime() > 0) {
            throw new IOException("could not be reached a moment ago");
        }
        if (!free.tryAcquire()) {
            throw new IOException("too many requests are under way");
        }
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new Limited());
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            restsUntil = System.nanoTime() + rest.toNanos();
            throw new IOException("no answer in " + patience, e);
        } catch (ExecutionException e) {
            restsUntil = System.nanoTime() + rest.toNanos();
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            free.release();
        }
    }

    /** A body of {@link #MAX_BODY} bytes at most. */
    private static final class Limited implements HttpResponse.BodySubscriber<byte[]> {

        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                if (read.size() + bytes.length > MAX_BODY) {
                    Flow.Subscription reading = subscription;
                    if (reading != null) {
                        reading.cancel();
                    }
                    whole.completeExceptionally(new IOException("more than " + MAX_BODY + " bytes"));
                    return;
                }
                read.writeBytes(bytes);
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(read.toByteArray());
        }
    }
}
