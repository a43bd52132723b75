// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.web;

import ca.notreville.budgets.api.Ballot;
import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Reason;
import ca.notreville.budgets.api.Result;
import ca.notreville.budgets.api.Result.Verdict;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.pabulib.PbElection;
import ca.notreville.core.api.territory.Borough;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.web.api.Ui.Option;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What pages show of budgets: money and places in words, and the reason of each verdict as a sentence. */
public final class Shown {

    private static final Map<String, String> SIGNS = Map.of("CAD", "$", "EUR", "€", "USD", "US$", "GBP", "£");

    private final Visit visit;
    private final TerritoryService territory;

    Shown(Visit visit, TerritoryService territory) {
        this.visit = visit;
        this.territory = territory;
    }

    /** {@code 250 000 $}, {@code $250,000}; cents only where there are any. */
    public String money(long cents, String currency) {
        boolean english = visit.locale().getLanguage().equals("en");
        String amount = visit.number(cents / 100);
        if (cents % 100 != 0) {
            amount += (english ? "." : ",") + String.format(java.util.Locale.ROOT, "%02d", cents % 100);
        }
        String sign = SIGNS.getOrDefault(currency, currency);
        return english ? sign + (SIGNS.containsKey(currency) ? "" : "\u00A0") + amount : amount + "\u00A0" + sign;
    }

    /** Name of a territory, in words for the whole town. */
    public String territory(String word) {
        String id = word.substring(word.indexOf(':') + 1);
        if (word.startsWith("neighbourhood:")) {
            return territory.neighbourhood(id).map(Neighbourhood::name).orElse(id);
        }
        if (word.startsWith("borough:")) {
            return territory.boroughs().stream()
                    .filter(borough -> borough.id().equals(id))
                    .map(Borough::name)
                    .findFirst()
                    .orElse(id);
        }
        return visit.text("budgets.whole-town");
    }

    /** Where a project is, "" if it is for all of the budget's territory. */
    public String place(BudgetProject project) {
        return project.territory().isEmpty() ? project.place() : territory(project.territory());
    }

    public List<Option> territories() {
        List<Option> options = new ArrayList<>();
        options.add(new Option("", visit.text("budgets.whole-town")));
        territory.boroughs().forEach(b -> options.add(new Option("borough:" + b.id(), b.name())));
        territory.neighbourhoods().forEach(n -> options.add(new Option("neighbourhood:" + n.id(), n.name())));
        return options;
    }

    /** How a ballot is filled in. */
    public String howToVote(Budget budget, int projects) {
        int most = budget.maxLength() == 0 ? projects : Math.min(budget.maxLength(), projects);
        return visit.text(
                "budgets.how." + budget.ballot().word(),
                "min",
                budget.minLength(),
                "max",
                most,
                "points",
                budget.points(),
                "money",
                money(budget.amount(), budget.currency()));
    }

    /** {@code 12 votes}, {@code 34,5 points} */
    public String score(Budget budget, Verdict verdict) {
        return budget.ballot().pointed()
                ? visit.text("budgets.points", "n", points(verdict.points()), "count", verdict.points() / 1_000)
                : visit.text("budgets.votes", "n", verdict.votes());
    }

    private String points(long thousandths) {
        String plain = PbElection.decimal(thousandths);
        return thousandths % 1_000 == 0
                ? visit.number(thousandths / 1_000)
                : visit.locale().getLanguage().equals("en") ? plain : plain.replace('.', ',');
    }

    /** Why a project won or did not, as a sentence. */
    public String why(Budget budget, Result result, Verdict verdict, BudgetProject project) {
        String key = "budgets.why." + verdict.reason().word();
        if (verdict.reason().chosen() && verdict.price() > 0) {
            key = budget.ballot().pointed() ? "budgets.why.bought-points" : "budgets.why.bought";
        }
        if (verdict.reason() == Reason.BACKERS_SHORT && result.rule() != Rule.EQUAL_SHARES) {
            key = "budgets.why.backers-short-once";
        }
        return visit.text(
                key,
                "left",
                money(verdict.left(), budget.currency()),
                "cost",
                money(project.cost(), budget.currency()),
                "missing",
                money(Math.max(0, project.cost() - verdict.left()), budget.currency()),
                "backing",
                money(verdict.backing(), budget.currency()),
                "price",
                money(verdict.price(), budget.currency()),
                "all",
                money(budget.amount(), budget.currency()),
                "votes",
                verdict.votes(),
                "minimum",
                budget.minimum());
    }

    static Map<Long, BudgetProject> byId(List<BudgetProject> projects) {
        return projects.stream().collect(Collectors.toMap(BudgetProject::id, Function.identity()));
    }

    /**
     * A project with the field of the ballot that goes with it.
     *
     * @param value points or place in the ranking, "" for none; for a choice "on" or ""
     */
    public record Choice(BudgetProject project, String value) {
        public boolean chosen() {
            return !value.isEmpty();
        }
    }

    /** The ballot as it is, or as it was typed. */
    static List<Choice> choices(
            Budget budget,
            List<BudgetProject> projects,
            @Nullable Ballot ballot,
            Function<String, String> typed,
            boolean posted) {
        List<Choice> choices = new ArrayList<>();
        for (BudgetProject project : projects) {
            String value = "";
            if (posted) {
                value = typed.apply("p" + project.id());
            } else if (ballot != null) {
                for (int i = 0; i < ballot.marks().size(); i++) {
                    if (ballot.marks().get(i).project() == project.id()) {
                        value = budget.ballot() == BallotKind.POINTS
                                ? String.valueOf(ballot.marks().get(i).points())
                                : budget.ballot() == BallotKind.RANKING ? String.valueOf(i + 1) : "on";
                    }
                }
            }
            choices.add(new Choice(project, value.strip()));
        }
        return choices;
    }
}
