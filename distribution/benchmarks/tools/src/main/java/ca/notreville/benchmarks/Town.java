// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the seeded members and ideas are called. The scripts of wrk know the same rules. */
final class Town {

    private static final long FIRST_IDEA = 1_000_000;
    private static final long FIRST_MEMBER = 1_000_000_000;

    private Town() {}

    static long idea(long number) {
        return FIRST_IDEA + number;
    }

    /** Whether an idea is ours and not one of the sample town, whose ids are made from the time. */
    static boolean seeded(long idea) {
        return idea < FIRST_MEMBER;
    }

    static long member(long number) {
        return FIRST_MEMBER + number;
    }

    static String token(long member) {
        return "benchmark-" + member;
    }

    /** As the core keeps it. */
    static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
