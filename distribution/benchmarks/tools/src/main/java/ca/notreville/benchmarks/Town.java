// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** What the seeded members and ideas are called. The scripts of wrk know the same rules. */
final class Town {

    /** Of every member. */
    static final String PASSWORD = "une phrase secrete";

    private static final long FIRST_IDEA = 1_000_000;
    private static final long FIRST_MEMBER = 1_000_000_000;
    private static final long FIRST_COMMENT = 2_000_000_000;
    private static final long FIRST_ORGANISATION = 4_000_000_000L;
    private static final long FIRST_NEWS = 5_000_000_000L;
    private static final int LETTERS = 12;
    private static final int BASE = 37;

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

    static long comment(long number) {
        return FIRST_COMMENT + number;
    }

    static long organisation(long number) {
        return FIRST_ORGANISATION + number;
    }

    static long news(long number) {
        return FIRST_NEWS + number;
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

    /** What a name is sorted by, as the core keeps it. */
    static long alpha(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\P{L}+", "")
                .toLowerCase(Locale.ROOT);
        long number = 0;
        for (int i = 0; i < LETTERS; i++) {
            number = number * BASE + (i < folded.length() ? folded.charAt(i) - 'a' + 11 : 0);
        }
        return number;
    }

    /** The place of an answer in its thread, as the core keeps it. */
    static String segment(long at, long id) {
        return digits(at, 9) + digits(id, 11);
    }

    private static String digits(long number, int width) {
        String digits = Long.toString(number, Character.MAX_RADIX);
        return "0".repeat(width - digits.length()) + digits;
    }

    /** As lists hand it out. */
    static String cursor(long key, long id) {
        return Long.toString(key, Character.MAX_RADIX) + "_" + Long.toString(id, Character.MAX_RADIX);
    }
}
