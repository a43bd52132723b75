// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import ca.notreville.ideas.internal.jpa.ReceiptTable;
import ca.notreville.persistence.api.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares the list with its own seals, and what follows from it with the votes. */
@Component(service = ReceiptAudit.class)
public final class ReceiptAudit {

    private static final int LOOKS = 3;

    private final DataSource dataSource;
    private final ReceiptServiceImpl receipts;

    /**
     * What was found.
     *
     * @param sealed entries under seals
     * @param waiting entries that wait for one
     * @param wrong what does not agree, in English
     */
    public record Finding(long sealed, long waiting, List<String> wrong) {}

    @Activate
    public ReceiptAudit(@Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource) {
        this.dataSource = dataSource;
        receipts = new ReceiptServiceImpl(dataSource);
    }

    public Finding audit() {
        List<String> wrong = new ArrayList<>();
        long[] sealed = {0};
        receipts.walk((chain, seal, lines) -> {
            if (seal != null) {
                if (!chain.hash().equals(seal.root()) || chain.entries() != seal.last()) {
                    wrong.add("seal " + seal.number() + ": its root does not follow from the list");
                }
                sealed[0] = chain.entries();
            }
        });
        disagreements().forEach((what, by) -> wrong.add(what + ": " + by + " more in the list than votes"));
        long all = Sql.read(dataSource, ReceiptTable::count);
        return new Finding(sealed[0], all - sealed[0], wrong);
    }

    /** A vote may come between counting the list and counting the votes: what differs once only, or otherwise, is no finding. */
    private Map<String, Long> disagreements() {
        Map<String, Long> wrong = differences();
        for (int again = 1; again < LOOKS && !wrong.isEmpty(); again++) {
            Map<String, Long> now = differences();
            wrong.entrySet().removeIf(one -> !one.getValue().equals(now.get(one.getKey())));
        }
        return wrong;
    }

    private Map<String, Long> differences() {
        return Sql.read(dataSource, connection -> {
            Map<String, Long> counts = new HashMap<>();
            ReceiptTable.tally(connection, counts);
            counts.values().removeIf(count -> count == 0);
            return counts;
        });
    }
}
