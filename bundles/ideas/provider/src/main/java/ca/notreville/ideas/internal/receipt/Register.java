// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.internal.jpa.ReceiptTable;
import ca.notreville.persistence.api.Ids;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes each act of voting into the public list, in the transaction of the vote itself.
 *
 * <p>Whoever unites two things that were voted on, or parts them again, calls {@link #move} for each vote that goes along or comes
 * back, and {@link #drop} for each that no longer counts beside another one of the same person. The voters keep their receipts: the
 * entries that follow are found from them.
 */
@Component(service = Register.class)
public final class Register {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Ids ids;

    @Activate
    public Register(@Reference Ids ids) {
        this.ids = ids;
    }

    public Receipt receipt() {
        return Receipt.make(ids.next(), RANDOM);
    }

    /** Of a first vote. */
    public static void cast(Connection connection, Receipt receipt, String subject, String content)
            throws SQLException {
        cast(connection, receipt, subject, content, false);
    }

    /** @param held whether it must not be sealed, and so be seen, before {@link ReceiptTable#release} */
    public static void cast(Connection connection, Receipt receipt, String subject, String content, boolean held)
            throws SQLException {
        ReceiptTable.insert(connection, Entry.of(receipt, subject, content), held);
    }

    /**
     * Of an act by which a voter changes an earlier one; of two that do so at once, one fails for a unique key.
     *
     * @param former receipt that is kept with the vote
     * @param held whether it must not be sealed, and so be seen, before {@link ReceiptTable#release}
     */
    public static void replace(
            Connection connection,
            Receipt receipt,
            VoteAct act,
            String former,
            String subject,
            String content,
            boolean held)
            throws SQLException {
        Entry entry = Entry.of(receipt, subject, content);
        ReceiptTable.insert(connection, entry, held);
        // of a vote from before there was a list nothing is in it
        Entry earlier = standing(connection, former).orElse(null);
        if (earlier != null) {
            // what went along with a union that nobody wrote down moves now
            VoteAct told = earlier.subject().equals(subject) ? act : VoteAct.MOVED;
            ReceiptTable.replace(connection, entry, told, earlier);
        }
    }

    /** Of a vote that goes along from one subject to another, or comes back. */
    public static void move(Connection connection, LongSupplier ids, String receipt, String subject, String content)
            throws SQLException {
        follow(connection, ids, receipt, VoteAct.MOVED, subject, content);
    }

    /** Of a vote that no longer counts where it was cast. */
    public static void drop(Connection connection, LongSupplier ids, String receipt) throws SQLException {
        Entry earlier = standing(connection, receipt).orElse(null);
        if (earlier != null) {
            follow(connection, ids, receipt, VoteAct.DROPPED, earlier.subject(), Entry.NOTHING);
        }
    }

    private static void follow(
            Connection connection, LongSupplier ids, String receipt, VoteAct act, String subject, String content)
            throws SQLException {
        Entry earlier = standing(connection, receipt).orElse(null);
        if (earlier != null) {
            Entry entry = new Entry(
                    ids.getAsLong(), subject, content, Entry.followingCode(receipt, subject, content, earlier.code()));
            ReceiptTable.insert(connection, entry, false);
            ReceiptTable.replace(connection, entry, act, earlier);
        }
    }

    /**
     * Of a vote that is there again where it was cast, although its voter may have voted otherwise where it had gone: then it needs
     * a receipt of its own, because the earlier one led to that vote.
     *
     * @return the receipt to keep with it
     */
    public static String again(Connection connection, LongSupplier ids, String receipt, String subject, String content)
            throws SQLException {
        if (Receipt.id(receipt).isEmpty() || standing(connection, receipt).isPresent()) {
            move(connection, ids, receipt, subject, content);
            return receipt;
        }
        Receipt own = Receipt.make(ids.getAsLong(), RANDOM);
        cast(connection, own, subject, content);
        return own.text();
    }

    /** The entry that stands for a vote now, from the receipt that is kept with it; empty if its voter replaced it. */
    private static Optional<Entry> standing(Connection connection, String receipt) throws SQLException {
        Long id = Receipt.id(receipt).orElse(null);
        Entry entry = id == null
                ? null
                : ReceiptTable.find(connection, id)
                        .map(ReceiptTable.Found::entry)
                        .orElse(null);
        while (entry != null) {
            ReceiptTable.Successor next =
                    ReceiptTable.successor(connection, entry.id()).orElse(null);
            if (next == null) {
                return Optional.of(entry);
            }
            entry = next.act().followsByItself()
                    ? ReceiptTable.find(connection, next.id()).orElseThrow().entry()
                    : null;
        }
        return Optional.empty();
    }
}
