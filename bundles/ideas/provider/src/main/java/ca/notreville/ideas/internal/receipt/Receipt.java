// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * What a voter gets: 24 characters of Crockford's Base32 in groups of four. The first eleven are the id of the row, to find it by;
 * the other thirteen are 65 random bits, which are kept nowhere but with the vote itself.
 */
public record Receipt(long id, String text) {

    private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final String SIGNS = "[0-9A-HJKMNP-TV-Z]+";
    private static final int BITS = 5;
    private static final int MASK = 31;
    private static final int ID = 11;
    private static final int SECRET = 13;
    private static final int GROUP = 4;

    /** As many characters of a receipt as tell the number of the row and nothing of the secret. */
    public static final int WITHOUT_SECRET = ID + ID / GROUP;

    /** Longest text that is looked at, whatever blanks and hyphens are in it. */
    private static final int MAX_TYPED = 100;

    public static Receipt make(long id, SecureRandom random) {
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        char[] all = new char[ID + SECRET];
        long rest = id;
        for (int i = ID - 1; i >= 0; i--) {
            all[i] = CROCKFORD[(int) (rest & MASK)];
            rest >>>= BITS;
        }
        for (int i = 0; i < SECRET; i++) {
            all[ID + i] = CROCKFORD[secret[i] & MASK];
        }
        return new Receipt(id, grouped(all));
    }

    /** What somebody typed, in either case, with or without hyphens, O for 0 and I or L for 1; empty if it is no receipt. */
    public static Optional<Receipt> parse(String typed) {
        if (typed.length() > MAX_TYPED) {
            return Optional.empty();
        }
        String plain = typed.replaceAll("[\\s\\p{Z}\\p{Pd}]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        if (plain.length() != ID + SECRET || !plain.matches(SIGNS)) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(id(plain.toCharArray()), grouped(plain.toCharArray())));
    }

    /** The number of the row, from a receipt or what is kept of one whose owner left. */
    static Optional<Long> id(String kept) {
        String plain = kept.replace("-", "");
        return plain.length() == ID && plain.matches(SIGNS)
                ? Optional.of(id(plain.toCharArray()))
                : parse(kept).map(Receipt::id);
    }

    private static long id(char[] plain) {
        long id = 0;
        for (int i = 0; i < ID; i++) {
            id = id << BITS | value(plain[i]);
        }
        return id;
    }

    private static int value(char c) {
        int value = 0;
        while (CROCKFORD[value] != c) {
            value++;
        }
        return value;
    }

    private static String grouped(char[] all) {
        StringBuilder text = new StringBuilder(all.length + all.length / GROUP);
        for (int i = 0; i < all.length; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(all[i]);
        }
        return text.toString();
    }
}
