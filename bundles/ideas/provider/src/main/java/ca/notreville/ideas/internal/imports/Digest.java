// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Short names of long texts. */
final class Digest {

    private static final int BYTES = 20;

    private Digest() {}

    /** Of these texts in this order; what is missing is not what is empty. */
    static String of(@Nullable String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update((byte) (text == null ? 1 : 0));
                digest.update((text == null ? "" : text).getBytes(StandardCharsets.UTF_8));
                // no byte of UTF-8
                digest.update((byte) 0xFF);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A number for a text, the same for no other that anybody will meet. */
    static long number(String text) {
        return Long.parseUnsignedLong(of(text).substring(0, 16), 16);
    }
}
