// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.ideas.api.Ballot;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.Consultation.Option;
import ca.notreville.ideas.api.ConsultationResults;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.VotingRule;
import ca.notreville.ideas.api.VotingRule.Standing;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Ui;
import ca.notreville.web.api.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a consultation shows.
 *
 * @param rule {@code null} while its module is away
 * @param ballot the visitor's own, {@code null} without one
 * @param obstacle code of the reason why the visitor could not vote, "" if there is none
 * @param results {@code null} while the rule is away
 */
public record ConsultationView(
        Consultation consultation,
        @Nullable VotingRule rule,
        @Nullable Ballot ballot,
        String obstacle,
        @Nullable ConsultationResults results,
        List<Neighbourhood> neighbourhoods) {

    /** Without what depends on the visitor, and without results. */
    static ConsultationView bare(ConsultationService consultations, long id) {
        Consultation consultation = consultations.get(id);
        return new ConsultationView(consultation, rule(consultations, consultation), null, "", null, List.of());
    }

    static @Nullable VotingRule rule(ConsultationService consultations, Consultation consultation) {
        return consultations.rules().stream()
                .filter(rule -> rule.id().equals(consultation.rule()))
                .findFirst()
                .orElse(null);
    }

    /** A ballot as the list of votes has it, in words: "Une fontaine : bien · Un jardin : excellent". */
    String words(Visit v, String content) {
        return Arrays.stream(content.split(",", -1))
                .map(one -> one.split("=", 2))
                .map(one -> {
                    String title = option(Integer.parseInt(one[0])).title();
                    return ticks()
                            ? title
                            : v.text("ideas.results.said", "value", title, "n", word(v, Integer.parseInt(one[1])));
                })
                .collect(Collectors.joining(" · "));
    }

    public boolean open() {
        return consultation.phase() == Consultation.Phase.OPEN;
    }

    public List<Integer> values() {
        return rule == null ? List.of() : rule.values(consultation.options().size(), consultation.limit());
    }

    public boolean ticks() {
        return values().size() == 1;
    }

    /** What stands in the field of an option: what was typed, else what was cast. */
    public String value(Form form, Option option) {
        if (!form.values().isEmpty()) {
            return form.value("o" + option.number());
        }
        return Optional.ofNullable(ballot)
                .map(cast -> cast.values().get(option.number()))
                .map(String::valueOf)
                .orElse("");
    }

    public String word(Visit v, int value) {
        return rule != null && rule.worded() ? v.text("ideas.rule." + rule.id() + ".value." + value) : v.number(value);
    }

    public List<Ui.Option> choices(Visit v) {
        List<Ui.Option> choices = new ArrayList<>();
        choices.add(new Ui.Option("", v.text("ideas.ballot.nothing")));
        values().forEach(value -> choices.add(new Ui.Option(String.valueOf(value), word(v, value))));
        return choices;
    }

    public String title(Standing standing) {
        return option(standing.option()).title();
    }

    public Option option(int number) {
        return consultation.options().get(number - 1);
    }

    /** Whether anybody spoke of it; without votes nothing has a place. */
    public boolean counted() {
        return results != null && results.ballots() > 0 && !results.standings().isEmpty();
    }

    public String score(Visit v, Standing standing) {
        return standing.grade()
                .map(grade -> word(v, grade))
                .orElseGet(() -> rule == null
                        ? v.number(standing.score())
                        : v.text("ideas.rule." + rule.id() + ".score", "score", standing.score()));
    }

    /** What was said of it: "excellent 3, bien 2". */
    public String said(Visit v, Standing standing) {
        if (rule == null || ticks()) {
            return "";
        }
        Map<Integer, Long> said = standing.said();
        return values().stream()
                .filter(said::containsKey)
                .map(value -> v.text("ideas.results.said", "value", word(v, value), "n", said.getOrDefault(value, 0L)))
                .collect(Collectors.joining(" · "));
    }

    /** Names of the neighbourhoods whose people may vote; "" for everybody. */
    public String places() {
        return neighbourhoods.stream()
                .filter(place -> consultation.places().contains(place.id()))
                .map(Neighbourhood::name)
                .collect(Collectors.joining(", "));
    }

    public String place(String id) {
        return neighbourhoods.stream()
                .filter(place -> place.id().equals(id))
                .map(Neighbourhood::name)
                .findFirst()
                .orElse(id);
    }
}
