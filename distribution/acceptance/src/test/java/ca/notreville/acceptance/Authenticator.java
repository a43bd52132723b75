// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.acceptance;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** An authenticator application (RFC 6238), written without a look at ours. */
final class Authenticator {

    private Authenticator() {}

    /** The code that the application shows now for this secret in base32, in groups or not. */
    static String code(String secret) {
        BigInteger key = BigInteger.ONE;
        for (char c : secret.replaceAll("\\s", "").toCharArray()) {
            key = key.shiftLeft(5).or(BigInteger.valueOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c)));
        }
        byte[] withOne = key.toByteArray();
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Arrays.copyOfRange(withOne, 1, withOne.length), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                    .putLong(Instant.now().getEpochSecond() / 30)
                    .array());
            int at = hash[19] & 15;
            int number = ByteBuffer.wrap(hash, at, 4).getInt() & Integer.MAX_VALUE;
            return String.valueOf(1_000_000 + number % 1_000_000).substring(1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
