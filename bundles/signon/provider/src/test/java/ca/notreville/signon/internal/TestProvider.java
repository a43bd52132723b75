// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.signon.internal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider that keeps to the rules (a code is good once, for its client, its verifier and its address), but signs what
 * a test wants it to.
 */
final class TestProvider implements AutoCloseable {

    static final String CLIENT = "notreville";
    static final String SECRET = "a secret of the client";
    static final String CALLBACK = "https://notreville.example.org/signon/callback";

    /** Two keys that all tests share, since making one takes long. */
    static final RSAKey KEY = key("its-own");

    static final RSAKey OTHER = key("its-own");

    private final HttpServer server;
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();

    /** What is changed in what it says of itself. */
    Consumer<Map<String, Object>> metadata = all -> {};

    /** What is changed in the ID token. */
    Consumer<Map<String, Object>> token = all -> {};

    /** What UserInfo says. */
    Map<String, Object> userInfo = new LinkedHashMap<>(Map.of("sub", "248289761001"));

    RSAKey signs = KEY;
    JWSAlgorithm algorithm = JWSAlgorithm.RS256;
    volatile int status = 200;
    volatile int asked;

    TestProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(pool);
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, describe()));
        server.createContext("/jwks", exchange -> json(exchange, new JWKSet(KEY.toPublicJWK()).toJSONObject()));
        server.createContext("/token", this::token);
        server.createContext("/userinfo", exchange -> {
            String access = exchange.getRequestHeaders().getFirst("Authorization");
            if (!"Bearer access".equals(access)) {
                status = 401;
            }
            json(exchange, userInfo);
        });
        server.start();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Map<String, Object> describe() {
        asked++;
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("issuer", issuer());
        all.put("authorization_endpoint", issuer() + "/authorize");
        all.put("token_endpoint", issuer() + "/token");
        all.put("userinfo_endpoint", issuer() + "/userinfo");
        all.put("jwks_uri", issuer() + "/jwks");
        all.put("response_types_supported", List.of("code"));
        all.put("subject_types_supported", List.of("public"));
        all.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256", "none"));
        metadata.accept(all);
        return all;
    }

    /** The person signs in there: the code that their browser brings back. */
    String code(URI address) {
        Map<String, String> asked = query(address.getRawQuery());
        String code = "code" + codes.size() + "-" + System.identityHashCode(asked);
        codes.put(code, asked);
        return code;
    }

    static Map<String, String> query(String query) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            all.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return all;
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = query(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString((CLIENT + ":" + SECRET.replace(' ', '+')).getBytes(StandardCharsets.UTF_8));
        if (asked == null
                || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !CALLBACK.equals(form.get("redirect_uri"))
                || !challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"))) {
            status = 400;
            json(exchange, Map.of("error", "invalid_grant"));
            return;
        }
        json(
                exchange,
                Map.of(
                        "access_token",
                        "access",
                        "token_type",
                        "Bearer",
                        "expires_in",
                        60,
                        "id_token",
                        idToken(asked.get("nonce"))));
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String idToken(@Nullable String nonce) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("sub", "248289761001");
        claims.put("aud", CLIENT);
        claims.put("nonce", nonce);
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("exp", Instant.now().plusSeconds(300).getEpochSecond());
        token.accept(claims);
        try {
            JWTClaimsSet set = JWTClaimsSet.parse(claims);
            if (algorithm.equals(JWSAlgorithm.NONE)) {
                return new PlainJWT(set).serialize();
            }
            JWSSigner signer = JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)
                    ? new MACSigner(SECRET.repeat(3))
                    : new RSASSASigner(signs);
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID(signs.getKeyID()).build(), set);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (java.text.ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static long ago(long seconds) {
        return new Date().toInstant().minusSeconds(seconds).getEpochSecond();
    }

    private void json(HttpExchange exchange, Map<String, ?> body) throws IOException {
        byte[] bytes = JSONObjectUtils.toJSONString(new LinkedHashMap<>(body)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        pool.shutdownNow();
    }
}
