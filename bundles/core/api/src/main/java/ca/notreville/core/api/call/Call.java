// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.call;

import ca.notreville.core.api.follow.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to action.
 *
 * @param target neighbourhood or initiative whose people are called
 * @param targetTitle what that is called, "" if it is not there at present
 * @param targetPath of its page, "" if it is not there at present
 * @param place where to come, "" if not told
 * @param startsAt when to come, {@code null} if not told
 * @param wanted how many people are wanted; no more can say yes
 * @param closesAt until when answers are taken
 * @param open whether answers are taken now
 * @param result what came of it in the sender's words, "" until they told it
 */
public record Call(
        long id,
        long sender,
        String senderName,
        Target target,
        String targetTitle,
        String targetPath,
        String title,
        String text,
        String place,
        @Nullable Instant startsAt,
        int wanted,
        int yes,
        int maybe,
        int no,
        Instant closesAt,
        boolean open,
        String result,
        Instant createdAt) {

    /** Whether as many said yes as are wanted. */
    public boolean full() {
        return yes >= wanted;
    }
}
