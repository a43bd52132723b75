// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An import and what came of it so far.
 *
 * @param dryRun whether the counts tell what would come of it, nothing being brought in
 * @param mapping name of the mapping of its columns, "" if it needed none
 * @param ready whether the files of a dry run are still there to be brought in
 * @param total rows of both files
 * @param read rows that were worked through; the sum of the counts that follow
 * @param created new here
 * @param updated here already, and changed since
 * @param unchanged here already
 * @param refusedCount how many were refused
 * @param refused the first {@value #MAX_REFUSED} of them, in the order of the files
 */
public record Import(
        long id,
        State state,
        boolean dryRun,
        String mapping,
        boolean ready,
        int total,
        int read,
        int created,
        int updated,
        int unchanged,
        int refusedCount,
        List<Refusal> refused,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    public static final int MAX_REFUSED = 1_000;

    public Import {
        refused = List.copyOf(refused);
    }

    /** How far it is. */
    public enum State {
        /** For somebody to tell what its columns are. */
        WAITING,
        QUEUED,
        RUNNING,
        DONE,
        FAILED;

        /** As shown over REST: {@code running}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A row that was not brought in.
     *
     * @param file {@code file} or {@code comments}
     * @param line on which the row begins, the first being 1
     * @param column name of the column at fault, "" if it is none in particular
     * @param reason stable code, whose text is under {@code error.<reason>}
     * @param detail value that the text names as {@code detail}
     */
    public record Refusal(String file, long line, String column, String reason, String detail) {}
}
