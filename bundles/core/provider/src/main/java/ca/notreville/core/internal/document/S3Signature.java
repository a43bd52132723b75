// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AWS Signature Version 4 in headers, for the service {@code s3}. */
final class S3Signature {

    static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final String accessKey;
    private final String secretKey;
    private final String region;

    S3Signature(String accessKey, String secretKey, String region) {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.region = region;
    }

    /**
     * The headers to send beside {@code Host}, which the client sends by itself.
     *
     * @param host with the port, if it is not the usual one
     * @param path encoded, as it is sent
     * @param query decoded names and values
     * @param sha256 of the body
     */
    Map<String, String> headers(
            String method, String host, String path, Map<String, String> query, String sha256, Instant now) {
        String stamp = STAMP.format(now);
        Map<String, String> signed = new TreeMap<>();
        signed.put("host", host);
        signed.put("x-amz-content-sha256", sha256);
        signed.put("x-amz-date", stamp);
        String names = String.join(";", signed.keySet());
        String canonical = method + "\n" + path + "\n" + query(query) + "\n"
                + signed.entrySet().stream()
                        .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\n" + names + "\n" + sha256;
        String scope = stamp.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String toSign = ALGORITHM + "\n" + stamp + "\n" + scope + "\n" + sha256(canonical);
        String signature = HexFormat.of().formatHex(mac(key(stamp.substring(0, 8)), toSign));
        signed.remove("host");
        signed.put(
                "Authorization",
                ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                        + signature);
        return signed;
    }

    /** In the order and encoding that is signed, which is also good to send. */
    static String query(Map<String, String> query) {
        return new TreeMap<>(query)
                .entrySet().stream()
                        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** Everything but unreserved characters (RFC 3986). */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private byte[] key(String day) {
        byte[] key = mac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), day);
        return mac(mac(mac(key, region), "s3"), "aws4_request");
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
