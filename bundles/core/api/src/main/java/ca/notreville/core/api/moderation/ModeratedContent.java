// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.moderation;

import ca.notreville.core.api.initiative.Initiative;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes one kind of content reportable, as a whiteboard service of the module that owns it. Called on any thread.
 *
 * <p>{@link #hide} and {@link #restore} work on the connection of the moderator's transaction, so that the decision, the audit
 * log, the letter to the author and the change itself are all there or none of them; hiding what is hidden changes nothing.
 */
@ConsumerType
public interface ModeratedContent {

    /** As in {@code comment:42}; 30 characters at most. Its name is under {@code moderation.kind.<kind>}. */
    String kind();

    /** What it is, whatever became of it; empty if there is none of this id. */
    Optional<Item> describe(long id);

    /** Takes it out of lists, search and pages; its page says that it is hidden. */
    void hide(Connection connection, long id) throws SQLException;

    /** Shows it again, or for the first time if it was held. */
    void restore(Connection connection, long id) throws SQLException;

    /** Called after the commit of a change, to forget what this node remembers. */
    default void changed(long id) {}

    /**
     * One piece of content.
     *
     * @param item kind and id
     * @param title one line, plain
     * @param text all that it says, plain
     * @param path where it stands, e.g. {@code /ideas/42}
     * @param author id of the member who answers for it, 0 for nobody here
     * @param neighbourhood it concerns, {@code null} for the whole town
     * @param hidden whether it is hidden or held now
     */
    record Item(
            Initiative item,
            String title,
            String text,
            String path,
            long author,
            @Nullable String neighbourhood,
            boolean hidden) {}
}
