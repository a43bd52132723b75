// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.jpa.ListingTable;
import ca.notreville.ideas.internal.jpa.VoteTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Compares the votes, one by one, with what people see and with what lists are sorted by. */
@Component(service = VoteCheck.class)
public final class VoteCheck {

    private static final int LOOKS = 3;

    /** Longer than another node's votes may be unknown here, or not folded in there. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2_500);

    private final DataSource dataSource;
    private final Tallies tallies;
    private final Duration between;

    /**
     * What was found.
     *
     * @param moving ideas that were voted on during every look, so that nothing can be said of them
     */
    public record Finding(long ideas, long votes, int moving, List<Disagreement> disagreements) {}

    /** @param folded its neutral votes are not kept and always 0 */
    public record Disagreement(long idea, Tally counted, Tally shown, Tally folded) {}

    @Activate
    public VoteCheck(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Tallies tallies) {
        this(dataSource, tallies, BETWEEN_LOOKS);
    }

    VoteCheck(DataSource dataSource, Tallies tallies, Duration between) {
        this.dataSource = dataSource;
        this.tallies = tallies;
        this.between = between;
    }

    /** Looks at every idea that lists show, and again at those that do not agree: a vote may just have come. */
    public Finding check() throws SQLException, InterruptedException, ExecutionException {
        tallies.settle();
        try (Connection connection = dataSource.getConnection()) {
            Look look = new Look();
            long last = 0;
            List<Long> ids;
            do {
                ids = Tallies.next(connection, last);
                if (!ids.isEmpty()) {
                    look.at(connection, ids);
                    last = ids.get(ids.size() - 1);
                }
            } while (ids.size() == Tallies.FOLD_AT_ONCE);
            long ideas = look.ideas;
            long votes = look.votes;
            for (int again = 1; again < LOOKS && !look.open().isEmpty(); again++) {
                Thread.sleep(between.toMillis());
                tallies.settle();
                List<Long> open = look.open();
                look = new Look();
                for (int from = 0; from < open.size(); from += Tallies.FOLD_AT_ONCE) {
                    look.at(connection, open.subList(from, Math.min(from + Tallies.FOLD_AT_ONCE, open.size())));
                }
            }
            return new Finding(ideas, votes, look.moving.size(), look.wrong);
        }
    }

    private final class Look {
        private final List<Long> moving = new ArrayList<>();
        private final List<Disagreement> wrong = new ArrayList<>();
        private long ideas;
        private long votes;

        void at(Connection connection, List<Long> ids) throws SQLException {
            Map<Long, Tally> before = VoteTable.count(connection, ids);
            Map<Long, Tally> shown = tallies.of(ids);
            Map<Long, Tally> folded = ListingTable.folded(connection, ids);
            Map<Long, Tally> after = VoteTable.count(connection, ids);
            for (Long id : ids) {
                Tally counted = before.getOrDefault(id, Tally.NONE);
                Tally seen = shown.getOrDefault(id, Tally.NONE);
                Tally sorted = Objects.requireNonNullElse(folded.get(id), Tally.NONE);
                ideas++;
                votes += counted.total();
                if (!counted.equals(after.getOrDefault(id, Tally.NONE))) {
                    moving.add(id);
                } else if (!counted.equals(seen)
                        || counted.inFavour() != sorted.inFavour()
                        || counted.against() != sorted.against()) {
                    wrong.add(new Disagreement(id, counted, seen, sorted));
                }
            }
        }

        List<Long> open() {
            List<Long> open = new ArrayList<>(moving);
            wrong.forEach(disagreement -> open.add(disagreement.idea));
            return open;
        }
    }
}
