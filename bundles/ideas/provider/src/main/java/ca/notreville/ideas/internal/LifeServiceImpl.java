// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.event.EventPublisher;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.ideas.api.AnswerDraft;
import ca.notreville.ideas.api.Awaiting;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Life;
import ca.notreville.ideas.api.LifeService;
import ca.notreville.ideas.api.Merge;
import ca.notreville.ideas.api.MergeDraft;
import ca.notreville.ideas.api.MoveDraft;
import ca.notreville.ideas.api.Step;
import ca.notreville.ideas.api.Step.Answer;
import ca.notreville.ideas.event.IdeaMoved;
import ca.notreville.ideas.internal.jpa.LifeTable;
import ca.notreville.ideas.internal.jpa.LifeTable.Standing;
import ca.notreville.ideas.internal.jpa.ListingTable;
import ca.notreville.ideas.internal.jpa.ListingTable.Entry;
import ca.notreville.ideas.internal.jpa.MergeTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Steps by plain SQL: the idea is held, looked at, moved, and everybody concerned is told, in one transaction. */
@Component
public final class LifeServiceImpl implements LifeService {

    private static final int REMEMBERED = 1 << 12;
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final List<String> MOVES =
            List.of(IdeaState.UNDER_REVIEW.word(), IdeaState.PUBLISHED.word(), IdeaState.TAKEN_UP.word());
    private static final List<String> OUTCOMES = List.of(IdeaState.ACCEPTED.word(), IdeaState.DECLINED.word());

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final EventPublisher events;
    private final MemberService members;
    private final AuditLog audit;
    private final NewsDesk desk;
    private final Outbox outbox;
    private final Tallies tallies;
    private final Cards cards;

    /** Of few ideas is there anything, and every page of an idea asks. */
    private final ReadCache<List<MergeTable.Row>> remembered = new ReadCache<>(REMEMBERED, FRESH, List.of());

    /** What a transaction came to: where the idea went, and whose votes changed with it, 0 for none. */
    private record Moved(Standing before, IdeaState to, long other) {}

    private record Known(Standing now, List<LifeTable.Row> steps) {}

    @Activate
    public LifeServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference EventPublisher events,
            @Reference MemberService members,
            @Reference AuditLog audit,
            @Reference NewsDesk desk,
            @Reference Outbox outbox,
            @Reference Tallies tallies,
            @Reference Cards cards) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.events = events;
        this.members = members;
        this.audit = audit;
        this.desk = desk;
        this.outbox = outbox;
        this.tallies = tallies;
        this.cards = cards;
    }

    @Override
    public Life get(Caller caller, long idea) {
        Known known = Sql.read(dataSource, connection -> {
            Standing now = LifeTable.find(connection, idea)
                    .filter(found -> found.state() != IdeaState.DRAFT)
                    .orElseThrow(NotFoundException::new);
            return new Known(now, LifeTable.steps(connection, now));
        });
        Standing now = known.now;
        if (now.state() == IdeaState.HIDDEN && !(caller.signedIn() && caller.memberId() == now.author())) {
            throw new NotFoundException("ideas.hidden");
        }
        List<MergeTable.Row> merges = remembered
                .get(
                        List.of(idea),
                        missing -> Map.of(
                                idea,
                                Sql.read(
                                        dataSource,
                                        connection -> MergeTable.titled(connection, MergeTable.of(connection, idea)))))
                .getOrDefault(idea, List.of());
        Map<Long, String> names = names(known.steps, merges, now);
        List<Merge> told = merges.stream().map(row -> merge(row, names)).toList();
        return new Life(
                idea,
                now.state(),
                now.step(),
                known.steps.stream().map(row -> step(row, names)).toList(),
                told.stream()
                        .filter(one -> one.source() == idea && one.stands())
                        .findFirst()
                        .orElse(null),
                told,
                possible(caller, now, known.steps));
    }

    private Map<Long, String> names(List<LifeTable.Row> steps, List<MergeTable.Row> merges, Standing now) {
        List<Long> people = Stream.concat(
                        steps.stream().map(LifeTable.Row::by),
                        merges.stream().flatMap(row -> Stream.of(row.by(), row.undoneBy())))
                .filter(id -> id != 0)
                .distinct()
                .toList();
        Map<Long, String> names = new HashMap<>();
        // of an author without an account here
        names.put(0L, now.author() == 0 ? now.authorName() : "");
        if (!people.isEmpty()) {
            names.putAll(members.displayNames(people));
        }
        return names;
    }

    private static Step step(LifeTable.Row row, Map<Long, String> names) {
        String name = row.by() == 0 && row.seq() > 0 ? "" : names.getOrDefault(row.by(), "");
        return new Step(row.seq(), row.at(), row.by(), name, row.from(), row.to(), row.note(), row.answer());
    }

    private static Merge merge(MergeTable.Row row, Map<Long, String> names) {
        return new Merge(
                row.id(),
                row.source(),
                row.sourceTitle(),
                row.target(),
                row.targetTitle(),
                row.by(),
                row.by() == 0 ? "" : names.getOrDefault(row.by(), ""),
                row.at(),
                row.note(),
                row.moved(),
                row.both(),
                row.undoneAt() == null
                        ? null
                        : new Merge.Undone(
                                row.undoneBy(),
                                row.undoneBy() == 0 ? "" : names.getOrDefault(row.undoneBy(), ""),
                                row.undoneAt(),
                                row.undoneNote()));
    }

    private Set<IdeaState> possible(Caller caller, Standing now, List<LifeTable.Row> steps) {
        Set<IdeaState> possible = EnumSet.noneOf(IdeaState.class);
        Scope where = Scope.in(now.neighbourhood());
        boolean merged = now.state() == IdeaState.MERGED;
        if (!merged && access.allows(caller, ANSWER, where)) {
            possible.addAll(now.state().next());
            possible.remove(IdeaState.MERGED);
        }
        possible.remove(IdeaState.WITHDRAWN);
        if (access.allows(caller, MERGE, where)) {
            IdeaState before = steps.get(steps.size() - 1).from();
            if (merged && before != null) {
                possible.add(before);
            } else if (now.state().next().contains(IdeaState.MERGED)) {
                possible.add(IdeaState.MERGED);
            }
        }
        if (caller.signedIn()
                && caller.memberId() == now.author()
                && now.state().next().contains(IdeaState.WITHDRAWN)) {
            possible.add(IdeaState.WITHDRAWN);
        }
        return possible;
    }

    @Override
    public Life move(Caller caller, long idea, MoveDraft draft) {
        Fields fields = new Fields();
        String word = fields.choice("to", draft.to(), MOVES);
        String text = fields.text("text", draft.text(), 0, MoveDraft.MAX_TEXT);
        return after(caller, idea, connection -> {
            Standing now = held(connection, caller, idea, ANSWER);
            fields.verify();
            IdeaState to = IdeaState.of(word).orElseThrow();
            requireStep(now, to, draft.step());
            // what is united with another idea comes back by parting them
            if (now.state() == IdeaState.MERGED) {
                throw new ConflictException("ideas.step-refused");
            }
            take(connection, caller, now, to, text, null);
            audit(connection, caller, ANSWER, now, to);
            return new Moved(now, to, 0);
        });
    }

    @Override
    public Life answer(Caller caller, long idea, AnswerDraft draft) {
        Fields fields = new Fields();
        String outcome = fields.choice("outcome", draft.outcome(), OUTCOMES);
        String reason = fields.text("reason", draft.reason(), AnswerDraft.MIN_REASON, AnswerDraft.MAX_REASON);
        boolean accepted = outcome.equals(IdeaState.ACCEPTED.word());
        Answer answer = new Answer(cost(fields, draft.cost(), accepted), day(fields, draft.plannedOn(), accepted));
        return after(caller, idea, connection -> {
            Standing now = held(connection, caller, idea, ANSWER);
            fields.verify();
            IdeaState to = IdeaState.of(outcome).orElseThrow();
            requireStep(now, to, draft.step());
            if (draft.step() == null && now.state() != IdeaState.UNDER_REVIEW) {
                throw new ConflictException("ideas.moved-on");
            }
            take(connection, caller, now, to, reason, answer);
            audit(connection, caller, ANSWER, now, to);
            return new Moved(now, to, 0);
        });
    }

    private static @Nullable Long cost(Fields fields, @Nullable Long cost, boolean required) {
        if (cost == null) {
            if (required) {
                fields.add("cost", "required", Map.of());
            }
        } else if (cost < 0 || cost > AnswerDraft.MAX_COST) {
            fields.add("cost", "ideas.cost-out-of-range", Map.of());
        }
        return cost;
    }

    private static @Nullable LocalDate day(Fields fields, @Nullable String text, boolean required) {
        String day = fields.line("plannedOn", text, required ? 1 : 0, 40);
        if (day.isEmpty() || day.length() > 40) {
            return null;
        }
        try {
            LocalDate planned = LocalDate.parse(day);
            if (planned.getYear() >= AnswerDraft.FIRST_YEAR && planned.getYear() <= AnswerDraft.LAST_YEAR) {
                return planned;
            }
        } catch (DateTimeException e) {
            // the same answer as for a year out of range
        }
        fields.add("plannedOn", "ideas.no-date", Map.of());
        return null;
    }

    @Override
    public Life withdraw(Caller caller, long idea, MoveDraft draft) {
        access.require(caller, IdeaService.SUBMIT);
        long author = caller.requireMember();
        Fields fields = new Fields();
        String text = fields.text("text", draft.text(), 0, MoveDraft.MAX_TEXT);
        return after(caller, idea, connection -> {
            Standing now = LifeTable.hold(connection, idea).orElseThrow(NotFoundException::new);
            if (now.author() != author) {
                throw now.state() == IdeaState.DRAFT ? new NotFoundException() : new ForbiddenException();
            }
            fields.verify();
            requireStep(now, IdeaState.WITHDRAWN, draft.step());
            take(connection, caller, now, IdeaState.WITHDRAWN, text, null);
            return new Moved(now, IdeaState.WITHDRAWN, 0);
        });
    }

    @Override
    public Life merge(Caller caller, long source, MergeDraft draft) {
        Fields fields = new Fields();
        long target = number(fields, draft.into());
        String text = fields.text("text", draft.text(), 0, MoveDraft.MAX_TEXT);
        return after(caller, source, connection -> {
            // both at once, in the same order whoever unites what: of two who unite two ideas crosswise one goes second
            if (target > 0 && target < source) {
                LifeTable.hold(connection, target);
            }
            Standing now = held(connection, caller, source, MERGE);
            fields.verify();
            if (target == source) {
                throw InvalidException.of("into", "ideas.merge-same");
            }
            Standing into = LifeTable.hold(connection, target)
                    .filter(known -> known.state().listed())
                    .orElseThrow(() -> InvalidException.of("into", "ideas.merge-unknown"));
            access.require(caller, MERGE, Scope.in(into.neighbourhood()));
            requireStep(now, IdeaState.MERGED, draft.step());
            if (into.state() != IdeaState.PUBLISHED && into.state() != IdeaState.UNDER_REVIEW) {
                throw InvalidException.of("into", "ideas.merge-closed");
            }
            Instant at = now();
            MergeTable.unite(connection, ids.next(), source, target, caller.memberId(), at, text, ids::next);
            take(connection, caller, now, IdeaState.MERGED, text, null, into);
            audit.append(
                    connection,
                    caller,
                    MERGE,
                    subject(source),
                    Map.of("from", now.state().word(), "into", String.valueOf(target)));
            return new Moved(now, IdeaState.MERGED, target);
        });
    }

    private static long number(Fields fields, @Nullable String text) {
        String line = fields.line("into", text, 1, 40);
        try {
            return line.isEmpty() ? 0 : Long.parseLong(line);
        } catch (NumberFormatException e) {
            fields.add("into", "ideas.merge-unknown", Map.of());
            return 0;
        }
    }

    @Override
    public Life part(Caller caller, long source, MoveDraft draft) {
        Fields fields = new Fields();
        String text = fields.text("text", draft.text(), 0, MoveDraft.MAX_TEXT);
        return after(caller, source, connection -> {
            long target = MergeTable.standing(connection, source)
                    .map(MergeTable.Row::target)
                    .orElse(0L);
            if (target > 0 && target < source) {
                LifeTable.hold(connection, target);
            }
            Standing now = held(connection, caller, source, MERGE);
            fields.verify();
            if (now.state() == IdeaState.HIDDEN) {
                throw new ConflictException("ideas.hidden");
            }
            requireSeen(now, draft.step());
            MergeTable.Row merge = MergeTable.standing(connection, source)
                    .filter(row -> row.target() == target)
                    .orElseThrow(() -> new ConflictException("ideas.moved-on"));
            LifeTable.hold(connection, target);
            if (MergeTable.standing(connection, target).isPresent()) {
                throw new ConflictException("ideas.merge-covered");
            }
            List<LifeTable.Row> steps = LifeTable.steps(connection, now);
            IdeaState back = steps.get(steps.size() - 1).from();
            MergeTable.part(connection, merge, caller.memberId(), now(), text, ids::next);
            take(connection, caller, now, back, text, null);
            audit.append(
                    connection,
                    caller,
                    "ideas.part",
                    subject(source),
                    Map.of("to", back.word(), "from", String.valueOf(target)));
            return new Moved(now, back, target);
        });
    }

    /** Does one step and tells this node of it. */
    private Life after(Caller caller, long idea, Sql.Work<Moved> work) {
        Moved moved = Sql.write(dataSource, work);
        cards.changed(idea);
        tallies.changed(idea);
        remembered.changed(idea);
        if (moved.other != 0) {
            tallies.changed(moved.other);
            remembered.changed(moved.other);
        }
        outbox.poke();
        desk.poke();
        events.publish(new IdeaMoved(idea, moved.before.state(), moved.to, now()));
        return get(caller, idea);
    }

    /** Who may not is told that before what is wrong with what was sent. */
    private Standing held(Connection connection, Caller caller, long idea, String action) throws SQLException {
        Standing now = LifeTable.hold(connection, idea).orElse(null);
        if (now == null || now.state() == IdeaState.DRAFT) {
            access.require(caller, action);
            throw new NotFoundException();
        }
        access.require(caller, action, Scope.in(now.neighbourhood()));
        return now;
    }

    private static void requireStep(Standing now, IdeaState to, @Nullable Integer seen) {
        if (now.state() != IdeaState.HIDDEN) {
            requireSeen(now, seen);
        }
        LifeRules.requireStep(now.state(), to);
    }

    private static void requireSeen(Standing now, @Nullable Integer seen) {
        if (seen != null && seen != now.step()) {
            throw new ConflictException("ideas.moved-on");
        }
    }

    private void take(
            Connection connection, Caller caller, Standing now, IdeaState to, String text, @Nullable Answer answer)
            throws SQLException {
        take(connection, caller, now, to, text, answer, null);
    }

    /** @param into what it is united with, {@code null} for nothing */
    private void take(
            Connection connection,
            Caller caller,
            Standing now,
            IdeaState to,
            String text,
            @Nullable Answer answer,
            @Nullable Standing into)
            throws SQLException {
        LifeTable.Row step = LifeTable.add(connection, now, to, caller.memberId(), now(), text, answer);
        ListingTable.move(connection, now.idea(), now.state(), to);
        IdeaSearch.changed(outbox, connection, now.idea());
        tell(connection, caller, now, step, into);
    }

    private void tell(Connection connection, Caller caller, Standing now, LifeTable.Row step, @Nullable Standing into)
            throws SQLException {
        // what the municipality decides is nobody's doing in particular, and reaches also those who blocked whoever
        // wrote it
        long actor = step.to() == IdeaState.WITHDRAWN ? caller.memberId() : 0;
        String word = step.from() == IdeaState.MERGED
                ? "parted"
                : step.to() == IdeaState.PUBLISHED
                        ? "published-again"
                        : step.to().word();
        News news = News.of(
                        subject(now.idea()) + ":" + step.seq(),
                        step.to().answered() ? IdeaNews.ANSWERED : IdeaNews.MOVED,
                        new Initiative(IdeaService.KIND, now.idea()),
                        actor)
                .saying(
                        "ideas.news." + word.replace('_', '-'),
                        into == null
                                ? Map.of("title", now.title())
                                : Map.of("title", now.title(), "into", into.title()))
                .quoting(step.note())
                .leadingTo("/ideas/" + (into == null ? now.idea() : into.idea()))
                .concerning();
        if (into != null && into.author() != 0) {
            news = news.to(Set.of(into.author()));
        }
        desk.publish(connection, caller.signedIn() ? news.butNotTo(Set.of(caller.memberId())) : news);
    }

    private void audit(Connection connection, Caller caller, String action, Standing now, IdeaState to)
            throws SQLException {
        audit.append(
                connection,
                caller,
                action,
                subject(now.idea()),
                Map.of("from", now.state().word(), "to", to.word(), "step", String.valueOf(now.step() + 1)));
    }

    private static String subject(long idea) {
        return new Initiative(IdeaService.KIND, idea).toString();
    }

    /** To what every database keeps, so that the first answer equals the later ones. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Slice<Awaiting> awaiting(Caller caller, @Nullable String neighbourhood, Paging paging) {
        if (neighbourhood != null || !access.allowsSomewhere(caller, ANSWER)) {
            access.require(caller, ANSWER, Scope.in(neighbourhood));
        }
        return Sql.read(dataSource, connection -> {
            List<Entry> entries = ListingTable.waiting(
                    connection, IdeaState.UNDER_REVIEW, neighbourhood, paging.after(), paging.limit() + 1);
            Slice<Entry> slice = paging.slice(entries, entry -> Paging.cursor(entry.key(), entry.idea()));
            List<Long> shown = slice.items().stream().map(Entry::idea).toList();
            Map<Long, Instant> since = LifeTable.lastMoves(connection, shown);
            return new Slice<>(
                    cards.of(shown).stream()
                            .map(card -> new Awaiting(card, since.getOrDefault(card.id(), card.createdAt())))
                            .toList(),
                    slice.next());
        });
    }
}
