// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.ideas.api.VotingRule;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** As many options as somebody likes, up to a limit; the score of an option is how many named it. */
@Component
public final class Approval implements VotingRule {

    private static final int USUAL = 3;

    @Override
    public String id() {
        return "approval";
    }

    @Override
    public int rank() {
        return 200;
    }

    @Override
    public int usualLimit(int options) {
        return Math.min(USUAL, options);
    }

    @Override
    public boolean worded() {
        return false;
    }

    @Override
    public List<Integer> values(int options, int limit) {
        return List.of(1);
    }

    @Override
    public boolean accepts(Map<Integer, Integer> ballot, int options, int limit) {
        return ballot.size() <= limit;
    }

    @Override
    public List<Standing> count(int options, int limit, Map<Map<Integer, Integer>, Long> ballots) {
        return Counting.byScore(Counting.said(options, ballots), Counting::sum);
    }
}
