// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.ideas.api.VotingRule;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/** Points, or dots, that somebody deals among the options as they like, all or some of them; the score is their sum. */
@Component
public final class Points implements VotingRule {

    private static final int USUAL = 5;

    /** So that a list of them can be chosen from. */
    private static final int MOST = 100;

    @Override
    public String id() {
        return "points";
    }

    @Override
    public int rank() {
        return 300;
    }

    @Override
    public int usualLimit(int options) {
        return USUAL;
    }

    @Override
    public boolean worded() {
        return false;
    }

    @Override
    public List<Integer> values(int options, int limit) {
        return IntStream.rangeClosed(0, Math.min(limit, MOST)).boxed().toList();
    }

    @Override
    public boolean accepts(Map<Integer, Integer> ballot, int options, int limit) {
        int dealt = ballot.values().stream().mapToInt(Integer::intValue).sum();
        return dealt > 0 && dealt <= limit;
    }

    @Override
    public List<Standing> count(int options, int limit, Map<Map<Integer, Integer>, Long> ballots) {
        return Counting.byScore(Counting.said(options, ballots), Counting::sum);
    }
}
