// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that prove that a form was made by this site for this session: {@code base64url(time ‖ salt ‖ HMAC-SHA256(key, time ‖ salt ‖ session))}.
 * Stateless, so that any node can check what another handed out; salted, so that the token differs on each page and compression
 * tells nothing of it.
 */
public final class Csrf {

    private static final Duration VALID = Duration.ofHours(12);

    /** What the clocks of two nodes may differ. */
    private static final Duration SKEW = Duration.ofMinutes(2);

    private static final int HEAD = Long.BYTES + Integer.BYTES;
    private static final int MAC = 32;

    private final SecretKeySpec key;
    private final Clock clock;

    public Csrf(byte[] key, Clock clock) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
        this.clock = clock;
    }

    public String token(String session) {
        byte[] head = ByteBuffer.allocate(HEAD)
                .putLong(clock.millis())
                .putInt(ThreadLocalRandom.current().nextInt())
                .array();
        byte[] token = ByteBuffer.allocate(HEAD + MAC)
                .put(head)
                .put(mac(head, session))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    public boolean valid(String token, String session) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != HEAD + MAC) {
            return false;
        }
        byte[] head = java.util.Arrays.copyOf(bytes, HEAD);
        byte[] mac = java.util.Arrays.copyOfRange(bytes, HEAD, HEAD + MAC);
        long age = clock.millis() - ByteBuffer.wrap(head).getLong();
        return MessageDigest.isEqual(mac, mac(head, session)) && age >= -SKEW.toMillis() && age <= VALID.toMillis();
    }

    private byte[] mac(byte[] head, String session) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(head);
            return mac.doFinal(session.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
