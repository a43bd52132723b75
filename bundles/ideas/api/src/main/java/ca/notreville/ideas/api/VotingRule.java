// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A way to vote on several options at once and to count it, as a whiteboard service: whoever registers one adds it to the choice
 * that staff have. Called on any thread; keeps nothing.
 *
 * <p>Options are numbered from 1. A ballot gives some of them a value each. The texts are messages of the rule's own bundle:
 * {@code ideas.rule.<id>} (its name), {@code ideas.rule.<id>.how} (what to do, with {@code limit} and {@code options}),
 * {@code ideas.rule.<id>.score} (with {@code score}), {@code error.ideas.rule-<id>} (what a ballot did wrong, with {@code limit}) and, if it
 * is {@link #worded}, {@code ideas.rule.<id>.value.<n>}.
 */
@ConsumerType
public interface VotingRule {

    /** Lower-case letters and hyphens, {@value #MAX_ID} characters at most; of two with one id the higher service ranking counts. */
    String id();

    int MAX_ID = 30;

    /** In this order staff are offered it; those of the platform are 100 to 500. */
    int rank();

    /**
     * What a limit means here is for the rule to say: how many options a ballot may name, how many points it deals.
     *
     * @return the limit that is offered, 0 if the rule has none
     */
    int usualLimit(int options);

    /** Whether values are shown by their words rather than as numbers. */
    boolean worded();

    /** The values that an option may be given, 0 to 1,000, in the order in which they are offered; one alone is a tick. */
    List<Integer> values(int options, int limit);

    /**
     * What is wrong with a ballot as a whole, whose values are all among {@link #values}.
     *
     * @return whether it may be cast
     */
    boolean accepts(Map<Integer, Integer> ballot, int options, int limit);

    /**
     * Counts.
     *
     * @param ballots how often each was cast; each was accepted when it was
     * @return all options, in the order of their places; those that nothing parts have the same place
     */
    List<Standing> count(int options, int limit, Map<Map<Integer, Integer>, Long> ballots);

    /**
     * Where an option stands.
     *
     * @param place from 1
     * @param score as the rule counts
     * @param grade the value that sums up what was said of it, where the rule has one
     * @param said how often each value was given
     */
    record Standing(int option, int place, long score, Optional<Integer> grade, Map<Integer, Long> said) {
        public Standing {
            said = Map.copyOf(said);
        }
    }
}
