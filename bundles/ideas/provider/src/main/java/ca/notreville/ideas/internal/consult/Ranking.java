// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.ideas.api.VotingRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Component;

/**
 * First, second, third … up to a limit, each once and without gaps. The first of a limit of n brings n points, the next one less,
 * the last one point; what is not ranked brings none (Borda, "Mémoire sur les élections au scrutin", 1781, for ballots that may end
 * early).
 */
@Component
public final class Ranking implements VotingRule {

    private static final int USUAL = 3;

    @Override
    public String id() {
        return "ranking";
    }

    @Override
    public int rank() {
        return 400;
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
        return IntStream.rangeClosed(1, Math.min(limit, options)).boxed().toList();
    }

    @Override
    public boolean accepts(Map<Integer, Integer> ballot, int options, int limit) {
        return new HashSet<>(ballot.values())
                .equals(new HashSet<>(
                        IntStream.rangeClosed(1, ballot.size()).boxed().toList()));
    }

    @Override
    public List<Standing> count(int options, int limit, Map<Map<Integer, Integer>, Long> ballots) {
        int first = Math.min(limit, options);
        return Counting.byScore(Counting.said(options, ballots), said -> said.entrySet().stream()
                .mapToLong(e -> (first + 1L - e.getKey()) * e.getValue())
                .sum());
    }
}
