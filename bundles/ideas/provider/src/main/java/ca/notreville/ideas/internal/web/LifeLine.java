// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.web;

import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.Merge;
import ca.notreville.ideas.api.Step;
import ca.notreville.web.api.Visit;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The life of an idea as its page tells it. */
public final class LifeLine {

    private final Visit visit;
    private final Life life;

    /**
     * One point of the line.
     *
     * @param sort word for its colour: a state, or {@code joined}
     * @param by "" if not known
     * @param more short sentences below the title
     * @param other id of another idea to read, 0 for none
     * @param read what to say of the way there
     */
    public record Point(String sort, Instant at, String title, String by, List<String> more, String text, long other, String read) {}

    LifeLine(Visit visit, Life life) {
        this.visit = visit;
        this.life = life;
    }

    /** The first first. */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        Iterator<Merge> own = life.merges().stream()
                .filter(merge -> merge.source() == life.idea())
                .iterator();
        for (Step step : life.steps()) {
            Merge merge = step.number() > 0 && step.to() == IdeaState.MERGED && own.hasNext() ? own.next() : null;
            points.add(point(step, merge));
        }
        for (Merge merge : life.merges()) {
            if (merge.target() == life.idea()) {
                points.add(joined(merge));
                Merge.Undone undone = merge.undone();
                if (undone != null) {
                    points.add(left(merge, undone));
                }
            }
        }
        points.sort(Comparator.comparing(Point::at));
        return points;
    }

    private Point point(Step step, @Nullable Merge merge) {
        List<String> more = new ArrayList<>();
        if (step.number() == 0 && step.to() != IdeaState.PUBLISHED && step.to() != IdeaState.HIDDEN) {
            more.add(visit.text("ideas.state." + step.to().word()));
        }
        if (merge != null) {
            more.add(visit.text("ideas.life.into", "title", merge.targetTitle(), "moved", merge.moved()));
            if (merge.both() > 0) {
                more.add(visit.text("ideas.life.both", "n", merge.both()));
            }
        }
        if (step.answer() != null && step.answer().cost() != null) {
            more.add(visit.text("ideas.answer.cost") + " : " + cost(step));
        }
        if (step.answer() != null && step.answer().plannedOn() != null) {
            more.add(visit.text("ideas.answer.date") + " " + day(step));
        }
        String word = step.from() == IdeaState.MERGED ? "parted" : step.to().word();
        return new Point(
                step.to().word(),
                step.at(),
                step.number() == 0
                        ? visit.text("ideas.life.began")
                        : visit.text("ideas.life.step." + word.replace('_', '-')),
                step.byName(),
                more,
                step.text(),
                merge == null ? 0 : merge.target(),
                merge == null ? "" : visit.text("ideas.merged.go", "title", merge.targetTitle()));
    }

    private Point joined(Merge merge) {
        List<String> more = new ArrayList<>();
        more.add(visit.text("ideas.life.brought-in.votes", "moved", merge.moved()));
        if (merge.both() > 0) {
            more.add(visit.text("ideas.life.both", "n", merge.both()));
        }
        return new Point(
                "joined",
                merge.at(),
                visit.text("ideas.life.brought-in", "title", merge.sourceTitle()),
                merge.byName(),
                more,
                merge.text(),
                merge.source(),
                visit.text("ideas.joined.see"));
    }

    private Point left(Merge merge, Merge.Undone undone) {
        return new Point(
                "joined",
                undone.at(),
                visit.text("ideas.life.left", "title", merge.sourceTitle()),
                undone.byName(),
                List.of(visit.text("ideas.life.left.votes")),
                undone.text(),
                merge.source(),
                visit.text("ideas.joined.see"));
    }

    public Life life() {
        return life;
    }

    /** The answer that holds now, {@code null} if there is none. */
    public @Nullable Step answer() {
        return life.answer().orElse(null);
    }

    /** The ideas whose votes are counted here. */
    public List<Merge> joined() {
        return life.merges().stream()
                .filter(merge -> merge.stands() && merge.target() == life.idea())
                .toList();
    }

    /** What an answer costs, in words; "" if that was not told. */
    public String cost(Step step) {
        Long cents = step.answer() == null ? null : step.answer().cost();
        if (cents == null) {
            return "";
        }
        if (cents == 0) {
            return visit.text("ideas.answer.free");
        }
        String dollars = visit.number(cents / 100);
        long rest = cents % 100;
        return rest == 0
                ? visit.text("ideas.answer.dollars", "dollars", dollars)
                : visit.text("ideas.answer.cents", "dollars", dollars, "cents", (rest < 10 ? "0" : "") + rest);
    }

    /** The day for which it is planned, in words; "" if that was not told. */
    public String day(Step step) {
        // in the middle of the day, which is that day wherever the municipality is
        return step.answer() == null || step.answer().plannedOn() == null
                ? ""
                : visit.date(step.answer().plannedOn().atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
    }
}
