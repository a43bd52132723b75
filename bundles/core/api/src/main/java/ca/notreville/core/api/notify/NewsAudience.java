// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.notify;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says who takes part in the initiatives of one kind, besides those who follow them and those responsible: who voted, supported,
 * signed. A whiteboard service; they are told of news that are {@linkplain News#concerning() concerning}, each of them once,
 * whatever else they follow. Called on a worker thread inside the transaction that tells a piece of them, so it reads what an
 * index gives and calls nobody; what it throws has the news spread later.
 */
@ConsumerType
public interface NewsAudience {

    /** Kind of the initiatives, as in {@code idea:42}. */
    String kind();

    /**
     * A piece of them.
     *
     * @param initiative id
     * @param after only ids above this one
     * @param most how many at most
     * @return ids of members, rising, each once; fewer than {@code most} at the end only. An id without a member is passed over.
     */
    List<Long> members(long initiative, long after, int most);
}
