// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.search;

import java.util.Optional;
import java.util.function.LongConsumer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes one kind of initiative searchable, as a whiteboard service of the module that owns it.
 *
 * <p>The index is a copy: the module writes an outbox row with topic {@value #TOPIC} and the initiative as key in the
 * transaction of each change, and every node then asks for the document anew.
 */
@ConsumerType
public interface SearchSource {

    /** Outbox topic of changes; the row's key is the initiative, {@code idea:42}. */
    String TOPIC = "search";

    String kind();

    /** The present document, read from the database; empty if it is not, or no more, public. */
    Optional<SearchDocument> document(long id);

    /** Every id that has a document, in any order, for building the index anew. */
    void forEach(LongConsumer id);
}
