// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.member;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * An open session.
 *
 * @param token opaque, 256 bits, known to the caller alone; the database keeps its hash
 */
public record Session(String token, Instant expiresAt, Member member) {

    /** How a session is called where its token must not be told: SHA-256 of the token, in hexadecimal. */
    public static String idOf(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String id() {
        return idOf(token);
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "Session[" + member.id() + " until " + expiresAt + "]";
    }
}
