// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One act of voting as the public list has it.
 *
 * @param id of its row, with which its receipt begins
 * @param subject what was voted on, as {@code kind:id}
 * @param content what the vote says: a word, or {@code option=value} parted by commas, or {@value #NOTHING} for a vote that was
 *     taken back
 * @param code {@link #code}
 */
public record Entry(long id, String subject, String content, String code) {

    public static final String NOTHING = "-";

    /** The entry that this receipt is for. */
    public static Entry of(Receipt receipt, String subject, String content) {
        return new Entry(receipt.id(), subject, content, code(receipt.text(), subject, content));
    }

    /**
     * What stands for a receipt in public: whoever has the receipt can work it out, and nobody can work out the receipt from it.
     * It says what was voted on and how, so that a receipt fits one vote only.
     */
    public static String code(String receipt, String subject, String content) {
        return sha256(receipt + ';' + subject + ';' + content);
    }

    /**
     * The code of an entry that came about without the voter: with the same receipt, which still finds it.
     *
     * @param replaced code of the entry that it takes the place of
     */
    static String followingCode(String receipt, String subject, String content, String replaced) {
        return sha256(receipt + ';' + subject + ';' + content + ';' + replaced);
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
