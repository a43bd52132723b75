// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ballots on paper, which two clerks enter without seeing what the other one did. They count once both say the same, as the ballot
 * of nobody in particular. Who may hand a paper in, and that nobody also votes here, is for the municipality to see to.
 */
@ProviderType
public interface PaperService {

    /** Action: enter ballots on paper. */
    String ENTER = "ideas.paper";

    /** Characters of the number that stands on a paper: letters, digits and hyphens. */
    int MAX_NUMBER = 20;

    /** Days after the close within which papers that were handed in before are entered. */
    int DAYS = 7;

    /** Where a paper is. */
    enum State {
        /** One clerk entered it. */
        ONCE,
        /** Two clerks entered something else; either enters theirs again. */
        DIFFERENT,
        /** Two clerks agree: it counts, and does not change any more. */
        AGREED;

        /** As written in the database and over REST: {@code once}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A paper.
     *
     * @param number as it stands on it, in upper case
     * @param receipt of its ballot, "" until it counts
     */
    record Paper(String number, State state, String receipt) {}

    /**
     * Enters a paper, or enters it again; what the caller entered before is forgotten.
     *
     * @param values by the numbers of the options
     * @throws InvalidException on {@code number} if it is missing or no number of a paper; on {@code ballot} as
     *     {@link ConsultationService#vote}
     * @throws NotFoundException if there is no such consultation
     * @throws ConflictException {@code ideas.paper-agreed} for a paper that counts already, {@code ideas.consultation-coming},
     *     {@code ideas.paper-late} more than {@value #DAYS} days after the close
     */
    Paper enter(Caller caller, long consultation, @Nullable String number, Map<Integer, Integer> values);

    /** The papers that do not count yet, by their numbers, {@value #MOST} at most; without what is on them. */
    List<Paper> open(Caller caller, long consultation);

    int MOST = 200;

    /** How many papers count. */
    int agreed(Caller caller, long consultation);
}
