// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.List;

/**
 * What came of a consultation, or what stands so far.
 *
 * @param ballots how many were cast and stand
 * @param standings by place; empty while what was said is hidden
 * @param progress of each neighbourhood that may vote towards the threshold; empty if there is none
 */
public record ConsultationResults(int ballots, List<VotingRule.Standing> standings, List<Progress> progress) {

    public ConsultationResults {
        standings = List.copyOf(standings);
        progress = List.copyOf(progress);
    }

    /**
     * How far a neighbourhood is.
     *
     * @param neighbourhood id
     * @param ballots of people who said that they live there
     * @param wanted the threshold
     */
    public record Progress(String neighbourhood, int ballots, int wanted) {
        public boolean reached() {
            return ballots >= wanted;
        }
    }
}
