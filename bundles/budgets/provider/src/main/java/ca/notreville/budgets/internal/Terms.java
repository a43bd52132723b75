// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetDraft;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.BudgetService;
import ca.notreville.budgets.api.ProjectDraft;
import ca.notreville.budgets.api.Rule;
import ca.notreville.budgets.internal.jpa.BudgetTable;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.territory.TerritoryService;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Checks what was sent of budgets and projects. */
final class Terms {

    private Terms() {}

    static BudgetTable.Terms of(BudgetDraft draft, TerritoryService territory, ZoneId zone, Instant now) {
        Fields fields = new Fields();
        String title = fields.line("title", draft.title(), BudgetDraft.MIN_TITLE, BudgetDraft.MAX_TITLE);
        String description = fields.text("description", draft.description(), 0, BudgetDraft.MAX_DESCRIPTION);
        long amount = amount(fields, "amount", draft.amount(), 1, BudgetService.MAX_AMOUNT);
        String ballot = fields.choice("ballot", draft.ballot(), BallotKind.words());
        String rule = fields.choice("rule", draft.rule(), Rule.words());
        int minLength = (int) whole(fields, "minLength", draft.minLength(), 1, 1, BudgetService.MAX_PROJECTS);
        int maxLength = (int) whole(fields, "maxLength", draft.maxLength(), 0, 1, BudgetService.MAX_PROJECTS);
        if (maxLength > 0 && maxLength < minLength) {
            fields.add("maxLength", "budgets.length", Map.of());
        }
        int points = (int) whole(fields, "points", draft.points(), 0, 1, BudgetDraft.MAX_POINTS);
        boolean dealt = ballot.equals(BallotKind.POINTS.word());
        if (dealt && points == 0) {
            fields.add("points", "required", Map.of());
        }
        long minimum = whole(fields, "minimum", draft.minimum(), 1, 0, Integer.MAX_VALUE);
        String where = fields.oneOf("territory", draft.territory(), territories(territory));
        Instant opensAt = moment(fields, "opensAt", draft.opensAt(), zone, now);
        Instant closesAt = moment(fields, "closesAt", draft.closesAt(), zone, now);
        if (opensAt.isAfter(Instant.EPOCH) && closesAt.isAfter(Instant.EPOCH)) {
            if (!closesAt.isAfter(now) || !closesAt.isAfter(opensAt)) {
                fields.add("closesAt", "budgets.closes-before", Map.of());
            } else if (closesAt.isAfter(opensAt.plus(Duration.ofDays(BudgetDraft.MAX_DAYS)))) {
                fields.add("closesAt", "budgets.too-many-days", Map.of("max", BudgetDraft.MAX_DAYS));
            }
        }
        fields.verify();
        return new BudgetTable.Terms(
                title,
                description,
                amount,
                BallotKind.of(ballot),
                Rule.of(rule),
                minLength,
                maxLength,
                dealt ? points : 0,
                minimum,
                where == null ? "" : where,
                opensAt,
                closesAt);
    }

    static BudgetProject project(ProjectDraft draft, Budget budget, long id, int number, TerritoryService territory) {
        Fields fields = new Fields();
        String title = fields.line("title", draft.title(), ProjectDraft.MIN_TITLE, ProjectDraft.MAX_TITLE);
        String description = fields.text("description", draft.description(), 0, ProjectDraft.MAX_DESCRIPTION);
        long cost = amount(fields, "cost", draft.cost(), 1, budget.amount());
        String where = fields.oneOf("territory", draft.territory(), territories(territory));
        String category = fields.line("category", draft.category(), 0, ProjectDraft.MAX_CATEGORY);
        fields.verify();
        return new BudgetProject(
                id, budget.id(), number, "", title, description, cost, where == null ? "" : where, "", category);
    }

    static List<String> territories(TerritoryService territory) {
        List<String> all = new ArrayList<>();
        territory.boroughs().forEach(borough -> all.add("borough:" + borough.id()));
        territory.neighbourhoods().forEach(place -> all.add("neighbourhood:" + place.id()));
        return all;
    }

    private static long amount(Fields fields, String field, @Nullable String written, long least, long most) {
        if (written == null || written.isBlank()) {
            fields.add(field, "required", Map.of());
            return least;
        }
        OptionalLong cents = Money.cents(written);
        if (cents.isEmpty()) {
            fields.add(field, "budgets.amount", Map.of());
        } else if (cents.getAsLong() < least || cents.getAsLong() > most) {
            fields.add(field, "budgets.amount-range", Map.of("max", Money.plain(most)));
        }
        return cents.orElse(least);
    }

    private static long whole(
            Fields fields, String field, @Nullable String written, long otherwise, long least, long most) {
        if (written == null || written.isBlank()) {
            return otherwise;
        }
        String plain = written.strip();
        if (plain.matches("[0-9]{1,10}") && Long.parseLong(plain) >= least && Long.parseLong(plain) <= most) {
            return Long.parseLong(plain);
        }
        fields.add(field, "budgets.whole", Map.of("min", least, "max", most));
        return otherwise;
    }

    private static Instant moment(Fields fields, String field, @Nullable String written, ZoneId zone, Instant now) {
        if (written == null || written.isBlank()) {
            fields.add(field, "required", Map.of());
            return Instant.EPOCH;
        }
        try {
            String given = written.strip();
            Instant moment = given.endsWith("Z")
                    ? Instant.parse(given)
                    : LocalDateTime.parse(given).atZone(zone).toInstant();
            if (Duration.between(now, moment).abs().toDays() > 3_650) {
                fields.add(field, "budgets.moment", Map.of());
                return Instant.EPOCH;
            }
            return moment.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            fields.add(field, "budgets.moment", Map.of());
            return Instant.EPOCH;
        }
    }
}
