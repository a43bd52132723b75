// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.search;

import ca.notreville.core.api.initiative.Initiative;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Full-text search on this node's index, which follows the database within two seconds. */
@ProviderType
public interface SearchService {

    /** Ids of what was found of the query's one kind, best first, equal ones newest first. */
    List<Long> search(SearchQuery query);

    /** What was found of the query's kind or of every kind, best first, equal ones newest first. */
    List<Initiative> find(SearchQuery query);

    /**
     * Ids of what may be the same as what somebody is about to write, best first: more than half of the words that say something
     * stand in it, in either language, whatever their endings, and most weight has the title.
     *
     * @param title {@value SearchQuery#MAX_WORDS} characters at most are looked at; its last word may be unfinished
     */
    List<Long> similar(String kind, String title, int limit);

    /** The kinds that installed modules make findable, in alphabetical order. */
    List<String> kinds();

    /** Builds the index of one kind anew from its source. Returns at once; searching goes on meanwhile. */
    void rebuild(String kind);
}
