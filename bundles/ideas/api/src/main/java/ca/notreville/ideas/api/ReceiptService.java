// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The public list of votes, without names: every vote that was cast, changed or taken back has one entry, written in the
 * transaction of the vote. Entries are put under seals, in batches and by one node at a time; each seal has a root that depends on
 * everything before it. Everybody may read all of it.
 *
 * <p>The list is a text in UTF-8, one line an entry, ended by a line feed:
 *
 * <pre>
 * notreville-votes;1
 * entry;NUMBER;SUBJECT;ACT;CONTENT;CODE;REPLACED
 * seal;NUMBER;ENTRIES;TIME;ROOT
 * end;ENTRIES;SEALS
 * </pre>
 *
 * <p>{@code CODE} is SHA-256 of {@code receipt;SUBJECT;CONTENT} in hexadecimal; of entries that came about without the voter
 * ({@code moved}, {@code dropped}) of {@code receipt;SUBJECT;CONTENT;REPLACED}, with the receipt that the voter has. {@code REPLACED} is the code of the entry that no longer counts, or {@code -}; it may stand above or below, under the same seal at
 * the latest. {@code TIME} is ISO 8601 in UTC. The root of a seal is {@code h} after its line, where {@code h} is 64 zeros before the first
 * line and {@code h = SHA-256(h + line)}, in hexadecimal, after each; a line of a seal goes in without its {@code ;ROOT}, and the last
 * line not at all.
 */
@ProviderType
public interface ReceiptService {

    /** First line of the list. */
    String FORMAT = "notreville-votes;1";

    /**
     * @param receipt as somebody typed it, in either case, with or without hyphens
     * @throws InvalidException on {@code receipt}: {@code ideas.receipt-form} if it cannot be one, {@code ideas.receipt-unknown} if
     *     nothing of it is in the list
     */
    VoteReceipt check(@Nullable String receipt);

    /** The seal that covers most; empty while nothing is sealed. */
    Optional<VoteSeal> latest();

    /**
     * The seals, latest first.
     *
     * @param paging with cursors of {@value #CURSOR_SIZE} number
     */
    Slice<VoteSeal> seals(Paging paging);

    int CURSOR_SIZE = 1;

    /** Writes the whole list until the latest seal, piece by piece; does not close the stream. */
    void export(OutputStream out) throws IOException;

    /** The program that checks an exported list by itself, for {@code java VerifyVotes.java FILE}. */
    String verifier();
}
