// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.comment;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.internal.jpa.CommentTable;
import ca.notreville.core.internal.jpa.CommentTable.Mark;
import ca.notreville.persistence.api.OutboxFollower;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Folds marks into what threads are sorted by, after the commit, so that those who mark never wait for each other.
 *
 * <p>Of those who marked anything in the discussion since a thread began, some found its beginning useful: the score is the
 * lower bound of Wilson's interval for that part. So a thread of yesterday is not judged by those who came last year, and one
 * mark of one reader is worth less than eight of ten.
 */
@Component
public final class CommentScores implements OutboxFollower {

    static final String TOPIC = "comment-mark";

    /** In steps, so that one more reader does not write every thread anew. */
    private static final int STEPS = 500;

    /** For 95 %. */
    private static final double Z = 1.96;

    private final DataSource dataSource;

    @Activate
    public CommentScores(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    /** Whatever is still in the outbox is folded once more at the start: a stop may have come between mark and fold. */
    @Override
    public long position() {
        return 0;
    }

    @Override
    public void deliver(List<OutboxRow> rows) {
        rows.stream()
                .map(OutboxRow::item)
                .distinct()
                .map(Initiative::parse)
                .flatMap(Optional::stream)
                .forEach(this::fold);
    }

    void fold(Initiative initiative) {
        Sql.write(dataSource, connection -> {
            fold(connection, initiative);
            return true;
        });
    }

    private static void fold(Connection connection, Initiative initiative) throws SQLException {
        List<Mark> marks = CommentTable.marksOf(connection, initiative);
        Map<Long, Long> lastByMember = new HashMap<>();
        Map<Long, Integer> useful = new HashMap<>();
        Map<Long, Long> began = new HashMap<>();
        for (Mark mark : marks) {
            lastByMember.merge(mark.member(), mark.at().toEpochMilli(), Math::max);
            useful.merge(mark.thread(), 1, Integer::sum);
            began.put(mark.thread(), mark.threadAt().toEpochMilli());
        }
        long[] last = lastByMember.values().stream()
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        Map<Long, Long> before = CommentTable.scored(connection, initiative);
        for (Long thread : before.keySet()) {
            if (!useful.containsKey(thread)) {
                CommentTable.setScore(connection, thread, 0);
            }
        }
        for (Map.Entry<Long, Integer> one : useful.entrySet()) {
            int there = last.length - firstAtOrAfter(last, began.getOrDefault(one.getKey(), 0L));
            long score = score(one.getValue(), Math.max(one.getValue(), there));
            if (before.getOrDefault(one.getKey(), 0L) != score) {
                CommentTable.setScore(connection, one.getKey(), score);
            }
        }
    }

    private static int firstAtOrAfter(long[] sorted, long value) {
        int found = Arrays.binarySearch(sorted, value);
        int index = found < 0 ? -found - 1 : found;
        while (index > 0 && sorted[index - 1] == value) {
            index--;
        }
        return index;
    }

    /** @return 1 to 500 for any mark at all, 0 for none */
    static long score(int useful, int there) {
        if (useful == 0) {
            return 0;
        }
        double part = (double) useful / there;
        double z2 = Z * Z;
        double lower = (part + z2 / (2 * there) - Z * Math.sqrt((part * (1 - part) + z2 / (4 * there)) / there))
                / (1 + z2 / there);
        return Math.max(1, Math.round(lower * STEPS));
    }
}
