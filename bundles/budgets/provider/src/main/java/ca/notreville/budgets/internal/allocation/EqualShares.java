// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.allocation;

import ca.notreville.budgets.api.Reason;
import ca.notreville.budgets.internal.allocation.Election.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Method of Equal Shares (Peters, Pierczyński and Skowron 2021, https://equalshares.net): the money is dealt in equal shares to
 * all who voted; a project is bought by those who voted for it, in equal parts as far as their shares go. Each time the project is
 * bought whose backers pay the least for what it gives them, until no backers can pay for another.
 *
 * <p>What a project gives to somebody ({@link Utility}): as many points as they gave it; where votes count, its cost or one.
 *
 * <p>Equals: the cheaper project first, then the one with more votes, then the one that stands higher in the list.
 *
 * <p>What is left is completed ({@link Completion}): shares are raised step by step, and everything is bought anew with them, as long
 * as all together costs no more than the money that there is ("Add1"); then the rest goes to the projects with the most votes that
 * fit. Each comparison that decides something is made with exact fractions; floating point only leaves out what is far off.
 */
public final class EqualShares {

    /** Steps of raised shares at most, whatever comes. */
    static final int MAX_STEPS = 5_000;

    private static final double CLOSE = 1e-7;

    /** What a vote is worth to who gave it; points are worth what they are. */
    public enum Utility {
        /** Each approved project the same. */
        ONE,
        /** Each approved project its cost: money that went to something one voted for. */
        COST
    }

    /** What happens with money that is left. */
    public enum Completion {
        NONE,
        /** Shares are raised by a whole unit of currency at a time. */
        ADD1,
        /** As ADD1, by at least a hundredth of the first share at a time, and then most votes first. */
        ADD1_THEN_MOST_VOTES
    }

    /** Those who back a project: a group, and what the project gives to each of its voters. */
    private record Backer(int group, long utility, long voters) {}

    private record Bought(int project, long backing, Fraction price) {}

    private final Election election;
    private final Utility utility;
    private final List<List<Backer>> backers = new ArrayList<>();
    private final long[] votes;
    private final long[] points;
    private final long[] scores;

    private EqualShares(Election election, Utility utility) {
        this.election = election;
        this.utility = utility;
        votes = election.votes();
        points = election.points();
        scores = election.scores();
        election.costs().forEach(cost -> backers.add(new ArrayList<>()));
        List<Group> groups = election.groups();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            for (int i = 0; i < group.projects().length; i++) {
                int project = group.projects()[i];
                long cost = election.costs().get(project);
                long worth = election.pointed() ? group.points()[i] : utility == Utility.COST ? cost : 1;
                if (worth > 0 && cost > 0 && cost <= election.money() && scores[project] >= election.minimum()) {
                    backers.get(project).add(new Backer(g, worth, group.voters()));
                }
            }
        }
    }

    public static List<Outcome> allocate(Election election, Utility utility, Completion completion) {
        return new EqualShares(election, utility).run(completion);
    }

    private List<Outcome> run(Completion completion) {
        long voters = election.voters();
        List<Outcome> outcomes = new ArrayList<>();
        Purchase purchase = new Purchase(voters == 0 ? Fraction.ZERO : Fraction.of(election.money(), voters));
        if (voters > 0) {
            purchase.buy();
            if (completion != Completion.NONE) {
                purchase = raised(purchase, voters, completion);
            }
        }
        long left = election.money();
        for (int project = 0; project < votes.length; project++) {
            // what costs nothing takes nothing from anybody
            if (election.costs().get(project) == 0 && votes[project] > 0 && scores[project] >= election.minimum()) {
                outcomes.add(outcome(project, Reason.CHOSEN, outcomes.size() + 1, left, 0, null));
            }
        }
        for (Bought bought : purchase.bought) {
            outcomes.add(outcome(
                    bought.project,
                    Reason.CHOSEN,
                    outcomes.size() + 1,
                    left,
                    bought.backing,
                    bought.price.times(unit(bought.project))));
            left -= election.costs().get(bought.project);
        }
        Set<Integer> decided = new HashSet<>();
        outcomes.forEach(outcome -> decided.add(outcome.project()));
        List<Integer> rest = new ArrayList<>();
        for (int project = 0; project < votes.length; project++) {
            if (!decided.contains(project)) {
                rest.add(project);
            }
        }
        complete(rest, left, completion == Completion.ADD1_THEN_MOST_VOTES, purchase, outcomes);
        return outcomes;
    }

    private void complete(
            List<Integer> rest, long money, boolean mostVotes, Purchase purchase, List<Outcome> outcomes) {
        long left = money;
        for (int project : Greedy.byScore(election, rest)) {
            long cost = election.costs().get(project);
            long backing = purchase.moneyBehind(project).floor();
            Reason reason;
            if (scores[project] < election.minimum()) {
                reason = Reason.BELOW_MINIMUM;
            } else if (votes[project] == 0) {
                reason = Reason.NO_VOTES;
            } else if (cost > election.money()) {
                reason = Reason.DEARER_THAN_ALL;
            } else if (mostVotes && cost <= left) {
                reason = Reason.CHOSEN_WITH_THE_REST;
            } else {
                reason = Reason.BACKERS_SHORT;
            }
            outcomes.add(outcome(project, reason, outcomes.size() + 1, left, backing, null));
            if (reason == Reason.CHOSEN_WITH_THE_REST) {
                left -= cost;
            }
        }
    }

    /** What one vote, or one point, is worth: prices are told for it. */
    private long unit(int project) {
        if (election.pointed()) {
            return Election.POINT;
        }
        return utility == Utility.COST ? election.costs().get(project) : 1;
    }

    private Outcome outcome(int project, Reason reason, int step, long left, long backing, @Nullable Fraction price) {
        return new Outcome(project, reason, step, votes[project], points[project], left, backing, price);
    }

    /** The purchase with the highest shares before what is bought costs more than there is. */
    private Purchase raised(Purchase first, long voters, Completion completion) {
        long unit = 100;
        Fraction share = Fraction.of(election.money(), voters);
        long step = completion == Completion.ADD1
                ? unit
                : Math.max(unit, share.over(100 * unit).ceiling() * unit);
        long endowment = share.over(unit).floor() * unit;
        long affordable = backers.stream().filter(b -> !b.isEmpty()).count();
        Purchase best = first;
        for (int i = 0; i < MAX_STEPS && best.bought.size() < affordable; i++) {
            endowment += step;
            Purchase next = new Purchase(Fraction.of(endowment));
            next.buy();
            if (next.spent > election.money()) {
                break;
            }
            best = next;
        }
        return best;
    }

    /** One run of purchases, each group's voters beginning with the same share. */
    private final class Purchase {

        private final Fraction[] purses;
        private final double[] about;
        private final Map<Fraction, Fraction> known = new HashMap<>();
        private final List<Bought> bought = new ArrayList<>();
        private long spent;

        Purchase(Fraction share) {
            int groups = election.groups().size();
            purses = new Fraction[groups];
            about = new double[groups];
            double value = share.about();
            for (int g = 0; g < groups; g++) {
                purses[g] = share;
                about[g] = value;
            }
        }

        /** What the backers of a project have left between them. */
        Fraction moneyBehind(int project) {
            Fraction money = Fraction.ZERO;
            for (var entry : alike(backers.get(project), false).entrySet()) {
                for (long voters : entry.getValue().values()) {
                    money = money.plus(entry.getKey().times(voters));
                }
            }
            return money;
        }

        /** Voters by what they have left, and by what the project gives them; equal purses are one object. */
        private Map<Fraction, Map<Long, Long>> alike(List<Backer> some, boolean byUtility) {
            Map<Fraction, Map<Long, Long>> alike = new IdentityHashMap<>();
            for (Backer backer : some) {
                alike.computeIfAbsent(purses[backer.group], purse -> new HashMap<>())
                        .merge(byUtility ? backer.utility : 0L, backer.voters, Long::sum);
            }
            return alike;
        }

        void buy() {
            Map<Integer, Double> open = new HashMap<>();
            for (int project = 0; project < votes.length; project++) {
                if (!backers.get(project).isEmpty()) {
                    open.put(project, 0.0);
                }
            }
            while (!open.isEmpty()) {
                Set<Integer> close = close(open);
                Bought cheapest = null;
                for (int project : close) {
                    Bought offer = offer(project);
                    if (offer == null) {
                        open.remove(project);
                    } else if (cheapest == null || before(offer, cheapest)) {
                        cheapest = offer;
                    }
                }
                if (cheapest != null) {
                    open.remove(cheapest.project);
                    pay(cheapest);
                } else if (close.isEmpty()) {
                    return;
                }
            }
        }

        /** Those that may be the cheapest: what somebody pays for a project only rises, so an old price is a lower bound. */
        private Set<Integer> close(Map<Integer, Double> open) {
            List<Integer> byOldPrice = open.keySet().stream()
                    .sorted(Comparator.comparingDouble(project -> open.getOrDefault(project, 0.0)))
                    .toList();
            double least = Double.POSITIVE_INFINITY;
            Set<Integer> seen = new HashSet<>();
            for (int project : byOldPrice) {
                if (open.getOrDefault(project, 0.0) > least * (1 + CLOSE)) {
                    break;
                }
                double price = priceAbout(project);
                if (price == Double.POSITIVE_INFINITY) {
                    open.remove(project);
                    continue;
                }
                open.put(project, price);
                seen.add(project);
                least = Math.min(least, price);
            }
            double limit = least * (1 + CLOSE);
            seen.removeIf(project -> open.getOrDefault(project, 0.0) > limit);
            return seen;
        }

        /** About what is paid for a unit; infinite if it is far from being paid. */
        private double priceAbout(int project) {
            List<Backer> all = backers.get(project);
            double cost = election.costs().get(project);
            double money = 0;
            double units = 0;
            for (Backer backer : all) {
                money += about[backer.group] * backer.voters;
                units += (double) backer.utility * backer.voters;
            }
            if (money < cost * (1 - CLOSE)) {
                return Double.POSITIVE_INFINITY;
            }
            double price = cost / units;
            while (true) {
                double paid = 0;
                double rich = 0;
                for (Backer backer : all) {
                    if (about[backer.group] < price * backer.utility) {
                        paid += about[backer.group] * backer.voters;
                    } else {
                        rich += (double) backer.utility * backer.voters;
                    }
                }
                double next = rich == 0 ? price : (cost - paid) / rich;
                if (next <= price * (1 + 1e-12)) {
                    return price;
                }
                price = next;
            }
        }

        /** Exactly; {@code null} if its backers cannot pay for it. */
        private @Nullable Bought offer(int project) {
            long cost = election.costs().get(project);
            Map<Fraction, Map<Long, Long>> alike = alike(backers.get(project), true);
            Fraction money = moneyBehind(project);
            if (money.compareTo(Fraction.of(cost)) < 0) {
                return null;
            }
            // begins with everybody paying their full part, and lets those who cannot pay what they have, until all can
            Fraction price = Fraction.ZERO;
            while (true) {
                Fraction paid = Fraction.ZERO;
                long rich = 0;
                for (var purse : alike.entrySet()) {
                    for (var part : purse.getValue().entrySet()) {
                        long utility = part.getKey();
                        long voters = part.getValue();
                        if (purse.getKey().compareTo(price.times(utility)) < 0) {
                            paid = paid.plus(purse.getKey().times(voters));
                        } else {
                            rich = Math.addExact(rich, Math.multiplyExact(utility, voters));
                        }
                    }
                }
                Fraction next =
                        rich == 0 ? price : Fraction.of(cost).minus(paid).over(rich);
                if (next.compareTo(price) <= 0) {
                    return new Bought(project, money.floor(), price);
                }
                price = next;
            }
        }

        private boolean before(Bought a, Bought b) {
            int byPrice = a.price.compareTo(b.price);
            if (byPrice != 0) {
                return byPrice < 0;
            }
            int byCost = Long.compare(
                    election.costs().get(a.project), election.costs().get(b.project));
            if (byCost != 0) {
                return byCost < 0;
            }
            return scores[a.project] == scores[b.project]
                    ? a.project < b.project
                    : scores[a.project] > scores[b.project];
        }

        private void pay(Bought purchase) {
            bought.add(purchase);
            spent += election.costs().get(purchase.project);
            Map<Fraction, Map<Long, Fraction>> after = new IdentityHashMap<>();
            for (Backer backer : backers.get(purchase.project)) {
                Fraction left = after.computeIfAbsent(purses[backer.group], purse -> new HashMap<>())
                        .computeIfAbsent(backer.utility, utility -> less(purses[backer.group], utility, purchase));
                purses[backer.group] = left;
                about[backer.group] = left.about();
            }
        }

        private Fraction less(Fraction purse, long utility, Bought purchase) {
            Fraction left = purse.minus(purchase.price.times(utility));
            Fraction plain = left.signum() <= 0 ? Fraction.ZERO : left;
            Fraction same = known.putIfAbsent(plain, plain);
            return same == null ? plain : same;
        }
    }
}
