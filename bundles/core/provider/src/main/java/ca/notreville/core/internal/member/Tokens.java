// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Secrets that are handed out once and of which only the hash is kept. */
public final class Tokens {

    /** What API tokens begin with, so that they are told from sessions, and found where they were published by mistake. */
    static final String API_PREFIX = "nvt_";

    /** Letters and digits that are not taken for each other. */
    private static final String READABLE = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final int READABLE_GROUP = 4;
    private static final int READABLE_GROUPS = 3;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private Tokens() {}

    /** 256 random bits, base64url. */
    public static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** About 59 random bits to be typed from paper: {@code K7QF-2MXA-9TRB}. */
    static String readable() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < READABLE_GROUP * READABLE_GROUPS; i++) {
            code.append(i > 0 && i % READABLE_GROUP == 0 ? "-" : "")
                    .append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
        }
        return code.toString();
    }

    /** SHA-256 in hexadecimal. Enough for what is random itself; passwords want {@link PasswordHasher}. */
    public static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
