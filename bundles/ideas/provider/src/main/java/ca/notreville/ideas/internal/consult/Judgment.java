// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.ideas.api.VotingRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/**
 * Majority judgment (Balinski and Laraki, "Majority Judgment", MIT Press 2011): each option gets a grade from each ballot, the
 * worst from one that says nothing of it. The grade of an option is the middle one, the lower of two. Of options with one grade
 * one middle grade is taken away from each, again and again, until their middle grades differ: whoever then has the better one
 * stands before the other, which is the order of their majority values.
 */
@Component
public final class Judgment implements VotingRule {

    /** To reject 0, poor 1, passable 2, good 3, very good 4, excellent 5. */
    private static final List<Integer> GRADES = List.of(5, 4, 3, 2, 1, 0);

    @Override
    public String id() {
        return "judgment";
    }

    @Override
    public int rank() {
        return 500;
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
        return GRADES;
    }

    @Override
    public boolean accepts(Map<Integer, Integer> ballot, int options, int limit) {
        return true;
    }

    @Override
    public List<Standing> count(int options, int limit, Map<Map<Integer, Integer>, Long> ballots) {
        long all = ballots.values().stream().mapToLong(Long::longValue).sum();
        List<Standing> unplaced = new ArrayList<>();
        List<SortedMap<Integer, Long>> said = Counting.said(options, ballots);
        for (int i = 0; i < options; i++) {
            SortedMap<Integer, Long> one = said.get(i);
            long silent = all - Counting.votes(one);
            if (silent > 0) {
                one.merge(0, silent, Long::sum);
            }
            Optional<Integer> grade = all == 0 ? Optional.empty() : Optional.of(middle(one));
            unplaced.add(new Standing(i + 1, 0, grade.orElse(0), grade, one));
        }
        Comparator<Standing> better = (a, b) -> compare(b.said(), a.said());
        return Counting.placed(unplaced, better);
    }

    /** The lower middle of at least one. */
    private static int middle(SortedMap<Integer, Long> said) {
        long below = (Counting.votes(said) + 1) / 2;
        for (Map.Entry<Integer, Long> grade : said.entrySet()) {
            below -= grade.getValue();
            if (below <= 0) {
                return grade.getKey();
            }
        }
        throw new IllegalStateException("no grades");
    }

    /** Both have as many grades. Takes away as many middle grades at once as leave both middles where they are. */
    private static int compare(Map<Integer, Long> one, Map<Integer, Long> other) {
        SortedMap<Integer, Long> a = new TreeMap<>(one);
        SortedMap<Integer, Long> b = new TreeMap<>(other);
        long left = Counting.votes(a);
        while (left > 0 && !a.equals(b)) {
            int middleA = middle(a);
            int middleB = middle(b);
            if (middleA != middleB) {
                return Integer.compare(middleA, middleB);
            }
            long taken = Math.min(steady(a, middleA), steady(b, middleB));
            take(a, middleA, taken);
            take(b, middleB, taken);
            left -= taken;
        }
        return 0;
    }

    /** For how many takings this grade stays in the middle, 1 at least. */
    private static long steady(SortedMap<Integer, Long> said, int middle) {
        long all = Counting.votes(said);
        long lower = Counting.votes(said.headMap(middle));
        long here = said.getOrDefault(middle, 0L);
        // it is the middle of n as long as lower < (n + 1) / 2 <= lower + here
        long taken = 1;
        long most = Math.min(here, all);
        long low = 1;
        while (low <= most) {
            long half = (low + most) / 2;
            long n = all - half + 1;
            long h = here - half + 1;
            if (h > 0 && lower < (n + 1) / 2 && (n + 1) / 2 <= lower + h) {
                taken = half;
                low = half + 1;
            } else {
                most = half - 1;
            }
        }
        return taken;
    }

    private static void take(SortedMap<Integer, Long> said, int grade, long times) {
        long left = said.getOrDefault(grade, 0L) - times;
        if (left == 0) {
            said.remove(grade);
        } else {
            said.put(grade, left);
        }
    }
}
