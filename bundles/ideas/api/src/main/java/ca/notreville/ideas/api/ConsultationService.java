// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Consultations. Each call is one transaction; whether one is open is decided in it, by the server's clock. */
@ProviderType
public interface ConsultationService {

    /** Kind of the initiatives that consultations are. */
    String KIND = "consultation";

    /** Action: hold consultations. */
    String HOLD = "ideas.consult";

    /** Rules that are installed, in the order of their ranks. */
    List<VotingRule> rules();

    /**
     * Announces a consultation; it opens and closes by itself. What stands in it stays as it is, so that everybody votes on the
     * same.
     *
     * @throws InvalidException naming each field that is missing, too long or unknown
     */
    Consultation create(Caller caller, ConsultationDraft draft);

    /**
     * Ends voting now.
     *
     * @throws ConflictException {@code ideas.consultation-closed}
     */
    Consultation close(Caller caller, long id);

    /** @throws NotFoundException if there is none */
    Consultation get(long id);

    /**
     * Latest opening first.
     *
     * @param paging with cursors of {@value #CURSOR_SIZE} numbers
     */
    Slice<Consultation> list(Paging paging);

    int CURSOR_SIZE = 2;

    /**
     * Whether the caller could vote if it is open, to be told before they try.
     *
     * @return code of the reason why not, as {@link #vote} gives it; {@code sign-in-required} for a visitor; empty if nothing is in the
     *     way
     */
    Optional<String> obstacle(Caller caller, long id);

    /**
     * Casts or changes the caller's ballot. When this returns, it is on disk. The same again changes nothing.
     *
     * @param values by the numbers of the options
     * @throws InvalidException on {@code ballot}: {@code ideas.ballot-empty}, {@code ideas.ballot-unknown} for an option or value that is
     *     not there, {@code ideas.rule-<id>} if the rule does not accept it
     * @throws ConflictException {@code ideas.consultation-coming}, {@code ideas.consultation-closed}, {@code ideas.rule-away} while the
     *     module of its rule is not there
     * @throws ForbiddenException {@code ideas.consultation-level}, {@code ideas.consultation-place}
     */
    Ballot vote(Caller caller, long id, Map<Integer, Integer> values);

    /**
     * Takes the caller's ballot back.
     *
     * @return the receipt of that; empty if there was none
     * @throws ConflictException as {@link #vote}
     */
    Optional<String> withdraw(Caller caller, long id);

    Optional<Ballot> find(Caller caller, long id);

    /** Counts all ballots. */
    ConsultationResults results(long id);
}
