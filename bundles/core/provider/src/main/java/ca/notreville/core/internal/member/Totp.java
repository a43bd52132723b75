// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes that change with time: RFC 6238 with what every authenticator application does (SHA-1, six digits, thirty seconds). */
final class Totp {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int SECRET_BYTES = 20;
    private static final int SECONDS = 30;
    private static final int CODES = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    /** 160 random bits, as RFC 4226 wants them, in base32. */
    static String makeSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        StringBuilder out = new StringBuilder();
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit += BITS) {
            int value = 0;
            for (int i = bit; i < bit + BITS; i++) {
                value = value << 1 | bytes[i / Byte.SIZE] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1;
            }
            out.append(ALPHABET.charAt(value));
        }
        return out.toString();
    }

    static long step(Instant moment) {
        return moment.getEpochSecond() / SECONDS;
    }

    static String code(String secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(decode(secret), "RAW"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fff_ffff;
            return String.format(Locale.ROOT, "%06d", number % CODES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] decode(String base32) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (char c : base32.toCharArray()) {
            buffer = buffer << BITS | ALPHABET.indexOf(c);
            bits += BITS;
            if (bits >= Byte.SIZE) {
                bits -= Byte.SIZE;
                out.write(buffer >> bits & 0xff);
            }
        }
        return out.toByteArray();
    }
}
