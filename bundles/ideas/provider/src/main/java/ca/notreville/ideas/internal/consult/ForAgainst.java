// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.ideas.api.VotingRule;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.osgi.service.component.annotations.Component;

/** For, neutral or against each option; its score is for less against. What nobody spoke of counts for nothing. */
@Component
public final class ForAgainst implements VotingRule {

    static final String ID = "for-against";

    private static final int FOR = 2;
    private static final int NEUTRAL = 1;
    private static final int AGAINST = 0;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 100;
    }

    @Override
    public int usualLimit(int options) {
        return 0;
    }

    @Override
    public boolean worded() {
        return true;
    }

    @Override
    public List<Integer> values(int options, int limit) {
        return List.of(FOR, NEUTRAL, AGAINST);
    }

    @Override
    public boolean accepts(Map<Integer, Integer> ballot, int options, int limit) {
        return true;
    }

    @Override
    public List<Standing> count(int options, int limit, Map<Map<Integer, Integer>, Long> ballots) {
        return Counting.byScore(Counting.said(options, ballots), ForAgainst::score);
    }

    private static long score(SortedMap<Integer, Long> said) {
        return said.getOrDefault(FOR, 0L) - said.getOrDefault(AGAINST, 0L);
    }
}
