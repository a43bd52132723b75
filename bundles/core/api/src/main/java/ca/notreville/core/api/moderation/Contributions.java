// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.moderation;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The gate that everything passes which members publish: suspensions, limits on how often, blocked words, and the spam score of
 * new accounts. A module asks it after it checked the fields and before it writes.
 */
@ProviderType
public interface Contributions {

    /**
     * Counts a contribution, and says what to do with it. Whoever may moderate passes always.
     *
     * @param kind of content; its limits are in the README of the core
     * @param field that is named where a blocked word is refused
     * @param text all that was written
     * @throws ForbiddenException {@code core.suspended}
     * @throws TooManyRequestsException {@code core.too-many-contributions}
     * @throws InvalidException {@code core.blocked-word} on the field
     */
    Verdict check(Caller caller, String kind, String field, String text);

    /** @throws ForbiddenException {@code core.suspended} if the caller may not contribute for now */
    void requireActive(Caller caller);

    /** Puts what is held into the moderators' queue, in the transaction that writes it (as held). */
    void hold(Connection connection, Item item, Verdict verdict) throws SQLException;

    /**
     * What to do with a contribution.
     *
     * @param held whether a moderator must look at it before others see it
     * @param signs why, as words: {@code blocked-word}, {@code links}, {@code repeated}, {@code shouting}, {@code new-account}
     */
    record Verdict(boolean held, List<String> signs) {
        public static final Verdict PASS = new Verdict(false, List.of());

        public Verdict {
            signs = List.copyOf(signs);
        }
    }
}
