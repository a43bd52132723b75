// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One idea united with another.
 *
 * @param source the duplicate
 * @param target what it became part of
 * @param by id of the member who did it, 0 for somebody who left
 * @param text why, plain text; may be ""
 * @param moved how many votes came to the target
 * @param both how many people had voted on both; their votes on the target stayed
 * @param undone how it was parted again, {@code null} while it stands
 */
public record Merge(
        long id,
        long source,
        String sourceTitle,
        long target,
        String targetTitle,
        long by,
        String byName,
        Instant at,
        String text,
        int moved,
        int both,
        @Nullable Undone undone) {

    /** By whom, when and why; members as in {@link Merge}. */
    public record Undone(long by, String byName, Instant at, String text) {}

    public boolean stands() {
        return undone == null;
    }
}
