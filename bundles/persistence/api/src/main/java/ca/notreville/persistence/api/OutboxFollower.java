// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.persistence.api;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Follows one topic of the outbox on every node, as a whiteboard service. Rows come at least once, nearly in order, on one
 * thread at a time; what is thrown is logged and the same rows come again.
 */
@ConsumerType
public interface OutboxFollower {

    String topic();

    /**
     * Id of the last row that this follower has worked into what it keeps, 0 if it keeps nothing yet. Asked once, when the
     * follower arrives; rows of the minute before that id are delivered again, since they may have been committed late.
     */
    long position();

    /** @param rows at least one */
    void deliver(List<OutboxRow> rows);
}
