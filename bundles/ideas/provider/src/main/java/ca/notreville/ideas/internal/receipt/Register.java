// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.internal.jpa.ReceiptTable;
import ca.notreville.persistence.api.Ids;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Writes each act of voting into the public list, in the transaction of the vote itself.
 *
 * <p>Whoever unites two things that were voted on, or parts them again, calls {@link #replace} for each vote that goes along
 * ({@link VoteAct#MOVED}, on the new subject) or no longer counts ({@link VoteAct#DROPPED}, on the old one, {@link Entry#NOTHING}), and
 * keeps the new receipt with the vote.
 */
@Component(service = Register.class)
public final class Register {

    private final Ids ids;
    private final SecureRandom random = new SecureRandom();

    /** A vote as it stands before an act. */
    public record Former(String receipt, String subject, String content) {}

    @Activate
    public Register(@Reference Ids ids) {
        this.ids = ids;
    }

    public Receipt receipt() {
        return Receipt.make(ids.next(), random);
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

    /** Of an act that takes the place of an earlier one; of two that do so at once, one fails for a unique key. */
    public static void replace(
            Connection connection, Receipt receipt, VoteAct act, Former former, String subject, String content)
            throws SQLException {
        replace(connection, receipt, act, former, subject, content, false);
    }

    /** @param held whether it must not be sealed, and so be seen, before {@link ReceiptTable#release} */
    public static void replace(
            Connection connection,
            Receipt receipt,
            VoteAct act,
            Former former,
            String subject,
            String content,
            boolean held)
            throws SQLException {
        Entry entry = Entry.of(receipt, subject, content);
        ReceiptTable.insert(connection, entry, held);
        Receipt earlier = Receipt.parse(former.receipt).orElse(null);
        // of a vote from before there was a list nothing is in it
        if (earlier != null) {
            ReceiptTable.replace(
                    connection, entry, act, earlier.id(), Entry.code(earlier.text(), former.subject, former.content));
        }
    }
}
