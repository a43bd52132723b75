// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.receipt;

import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.ideas.api.ReceiptService;
import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.api.VoteReceipt;
import ca.notreville.ideas.api.VoteSeal;
import ca.notreville.ideas.internal.jpa.ReceiptTable;
import ca.notreville.ideas.internal.jpa.ReceiptTable.Change;
import ca.notreville.ideas.internal.jpa.ReceiptTable.Found;
import ca.notreville.ideas.internal.jpa.SealTable;
import ca.notreville.persistence.api.Sql;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the list. */
@Component
public final class ReceiptServiceImpl implements ReceiptService {

    private static final int SEALS_AT_ONCE = 100;

    private final DataSource dataSource;

    @Activate
    public ReceiptServiceImpl(@Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public VoteReceipt check(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw InvalidException.of("receipt", "required");
        }
        Receipt receipt = Receipt.parse(typed).orElseThrow(() -> InvalidException.of("receipt", "ideas.receipt-form"));
        return Sql.<Optional<VoteReceipt>>read(dataSource, connection -> find(connection, receipt))
                .orElseThrow(() -> InvalidException.of("receipt", "ideas.receipt-unknown"));
    }

    private static Optional<VoteReceipt> find(Connection connection, Receipt receipt) throws SQLException {
        Found found = ReceiptTable.find(connection, receipt.id()).orElse(null);
        if (found == null
                || !Entry.code(
                                receipt.text(),
                                found.entry().subject(),
                                found.entry().content())
                        .equals(found.entry().code())) {
            return Optional.empty();
        }
        VoteAct act =
                ReceiptTable.change(connection, receipt.id()).map(Change::act).orElse(VoteAct.CAST);
        ReceiptTable.Successor next =
                ReceiptTable.successor(connection, receipt.id()).orElse(null);
        while (next != null && next.act().followsByItself()) {
            act = next.act();
            found = ReceiptTable.find(connection, next.id()).orElseThrow();
            next = ReceiptTable.successor(connection, next.id()).orElse(null);
        }
        Entry entry = found.entry();
        SealTable.Row seal = found.seal().isEmpty()
                ? null
                : SealTable.find(connection, found.seal().get()).orElseThrow();
        long number = 0;
        if (seal != null) {
            number = seal.first() + SealTable.entries(connection, seal).indexOf(entry);
        }
        return Optional.of(new VoteReceipt(
                receipt.text(),
                entry.subject(),
                entry.content(),
                act,
                entry.code(),
                number,
                seal == null ? null : seal.seal(),
                next == null ? null : next.act()));
    }

    @Override
    public Optional<VoteSeal> latest() {
        return Sql.read(dataSource, SealTable::latest).map(SealTable.Row::seal);
    }

    @Override
    public Slice<VoteSeal> seals(Paging paging) {
        return Sql.read(dataSource, connection -> {
            long before = paging.after().isEmpty()
                    ? SealTable.latest(connection).map(SealTable.Row::number).orElse(0L) + 1
                    : paging.after().get(0);
            // numbers have no gaps
            List<SealTable.Row> rows = new ArrayList<>(
                    SealTable.between(connection, Math.max(1, before - paging.limit() - 1), before - 1));
            Collections.reverse(rows);
            return paging.slice(rows.stream().map(SealTable.Row::seal).toList(), seal -> Paging.cursor(seal.number()));
        });
    }

    @Override
    public void export(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
        try {
            walk((chain, seal, lines) -> {
                for (String line : lines) {
                    writer.write(line);
                    writer.write('\n');
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.flush();
    }

    /** Is told of the lines of the list, a seal at a time. */
    interface Reader {

        /** @param seal {@code null} for the first line and the last */
        void read(Chain chain, SealTable.@Nullable Row seal, List<String> lines) throws IOException;
    }

    /** Reads the whole list until the seal that is the latest now. */
    void walk(Reader reader) {
        long last = latest().map(VoteSeal::number).orElse(0L);
        Chain chain = Chain.begin();
        try {
            reader.read(chain, null, List.of(FORMAT));
            for (long from = 1; from <= last; from += SEALS_AT_ONCE) {
                long to = Math.min(last, from + SEALS_AT_ONCE - 1);
                for (SealTable.Row seal : seals(from, to)) {
                    reader.read(chain, seal, lines(chain, seal));
                }
            }
            reader.read(chain, null, List.of(chain.end(last)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<SealTable.Row> seals(long from, long to) {
        return Sql.read(dataSource, connection -> SealTable.between(connection, from, to));
    }

    private List<String> lines(Chain chain, SealTable.Row seal) {
        return Sql.read(dataSource, connection -> {
            Map<Long, Change> changes = ReceiptTable.changes(connection, seal.low(), seal.high());
            List<String> lines = new ArrayList<>();
            for (Entry entry : SealTable.entries(connection, seal)) {
                lines.add(chain.entry(entry, changes));
            }
            String line = chain.seal(seal.number(), seal.at());
            // what was published, and not what the rows would give now: whoever checks the list is to see a difference
            lines.add(line.substring(0, line.lastIndexOf(';') + 1) + seal.root());
            return lines;
        });
    }

    @Override
    public String verifier() {
        try (InputStream in = ReceiptServiceImpl.class.getResourceAsStream("/verifier/VerifyVotes.java")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
