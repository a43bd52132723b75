// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import ca.notreville.ideas.api.ReceiptService;
import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.internal.jpa.ReceiptTable.Change;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The lines of the list and their hash, as {@link ReceiptService} describes them. Not safe for several threads. */
public final class Chain {

    /** Under one seal the list is in the order of the codes, which tells nothing of who voted after whom. */
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::code);

    private static final int HEX = 64;

    private String hash;
    private long entries;

    private Chain(String hash, long entries) {
        this.hash = hash;
        this.entries = entries;
    }

    /** Before the first entry. */
    public static Chain begin() {
        Chain chain = new Chain("0".repeat(HEX), 0);
        chain.add(ReceiptService.FORMAT);
        return chain;
    }

    /** After a seal. */
    public static Chain after(String root, long entries) {
        return new Chain(root, entries);
    }

    public static List<Entry> ordered(List<Entry> entries) {
        return entries.stream().sorted(ORDER).toList();
    }

    /** @return the line of the next entry */
    public String entry(Entry entry, Map<Long, Change> changes) {
        Change change = changes.get(entry.id());
        entries++;
        return add("entry;" + entries + ';' + entry.subject() + ';'
                + (change == null ? VoteAct.CAST : change.act()).word() + ';'
                + entry.content() + ';' + entry.code() + ';'
                + (change == null ? "-" : change.replacedCode()));
    }

    /** @return the line of the seal, with its root */
    public String seal(long number, Instant at) {
        String line = add("seal;" + number + ';' + entries + ';' + at);
        return line + ';' + hash;
    }

    /** @return the last line of a list with so many seals */
    public String end(long seals) {
        return "end;" + entries + ';' + seals;
    }

    public String hash() {
        return hash;
    }

    public long entries() {
        return entries;
    }

    private String add(String line) {
        hash = Entry.sha256(hash + line);
        return line;
    }
}
