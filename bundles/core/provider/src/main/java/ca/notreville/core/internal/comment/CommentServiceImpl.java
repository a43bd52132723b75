// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.comment;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentQuery;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.CommentVersion;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.Contributions;
import ca.notreville.core.api.moderation.Contributions.Verdict;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.core.internal.jpa.CommentTable;
import ca.notreville.core.internal.jpa.CommentTable.Order;
import ca.notreville.core.internal.jpa.CommentTable.Row;
import ca.notreville.core.internal.notify.CoreNews;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = {CommentService.class, CommentServiceImpl.class})
public final class CommentServiceImpl implements CommentService {

    private static final int IN_AT_ONCE = 500;
    private static final int COUNTS_REMEMBERED = 1 << 14;
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final String KIND = CommentModeration.KIND;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Initiatives initiatives;
    private final MemberService members;
    private final FollowService follows;
    private final NewsDesk desk;
    private final Contributions contributions;
    private final Outbox outbox;
    private final Map<String, ReadCache<Counts>> counts = new ConcurrentHashMap<>();
    private final ReadCache<Integer> marks = new ReadCache<>(COUNTS_REMEMBERED, FRESH, 0);

    private record Counts(int all, Balance balance) {
        static final Counts NONE = new Counts(0, new Balance(0, 0, 0));
    }

    @Activate
    public CommentServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Initiatives initiatives,
            @Reference MemberService members,
            @Reference FollowService follows,
            @Reference NewsDesk desk,
            @Reference Contributions contributions,
            @Reference Outbox outbox) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.initiatives = initiatives;
        this.members = members;
        this.follows = follows;
        this.desk = desk;
        this.contributions = contributions;
        this.outbox = outbox;
    }

    @Override
    public Comment add(Caller caller, Initiative initiative, CommentDraft draft) {
        access.require(caller, COMMENT);
        InitiativeSummary summary = visible(caller, initiative);
        if (!summary.discussable()) {
            throw new ConflictException("core.discussion-closed");
        }
        if (draft.official()) {
            access.require(caller, OFFICIAL, Scope.in(summary.neighbourhood()));
        }
        Fields fields = new Fields();
        String body = fields.text("body", draft.body(), 1, CommentDraft.MAX_BODY);
        Row parent = parent(initiative, draft.parent(), fields);
        Stance stance = stance(fields, draft);
        fields.verify();
        Verdict verdict = contributions.check(caller, KIND, "body", body);
        Row row = Sql.write(dataSource, connection -> {
            Row made = Row.of(
                    ids.next(),
                    initiative,
                    parent,
                    caller.requireMember(),
                    caller.displayName(),
                    body,
                    null,
                    clock.instant(),
                    verdict.held() ? Comment.State.HELD : Comment.State.SHOWN,
                    voice(caller, summary, draft),
                    stance,
                    caller.atCounter());
            CommentTable.insert(connection, made);
            hold(connection, made, summary, verdict);
            if (!verdict.held()) {
                tell(connection, made, summary, parent);
            }
            return made;
        });
        desk.poke();
        counts(initiative.kind()).changed(initiative.id());
        return row.seenBy(caller.memberId());
    }

    /** Whoever is answered hears of it as an answer, and not once more as a comment. */
    private void tell(Connection connection, Row said, InitiativeSummary on, @Nullable Row parent) throws SQLException {
        String path = on.path() + "#comment-" + said.id();
        long answered = parent == null ? 0 : parent.author();
        Set<Long> apart = answered == 0 ? Set.of() : Set.of(answered);
        News comment = News.of("comment:" + said.id(), CoreNews.COMMENT, on.initiative(), said.author())
                .saying("core.news.comment", Map.of("title", on.title()))
                .quoting(said.body())
                .leadingTo(path)
                .butNotTo(apart);
        desk.publish(connection, comment);
        if (answered != 0) {
            desk.publish(
                    connection,
                    News.of("answer:" + said.id(), CoreNews.ANSWER, on.initiative(), said.author())
                            .saying("core.news.answer-to", Map.of("title", on.title()))
                            .quoting(said.body())
                            .leadingTo(path)
                            .to(apart)
                            .only());
        }
        follows.automatically(connection, said.author(), Target.of(on.initiative()), Occasion.COMMENT);
    }

    private static Comment.Voice voice(Caller caller, InitiativeSummary summary, CommentDraft draft) {
        if (draft.official()) {
            return Comment.Voice.CITY;
        }
        return summary.responsible().contains(caller.memberId()) ? Comment.Voice.RESPONSIBLE : Comment.Voice.MEMBER;
    }

    private static @Nullable Stance stance(Fields fields, CommentDraft draft) {
        String word = fields.oneOf("stance", draft.stance(), Stance.words());
        if (word == null || !Stance.words().contains(word)) {
            return null;
        }
        if (draft.parent() != null) {
            fields.add("stance", "core.stance-in-answer", Map.of());
        }
        return Stance.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private @Nullable Row parent(Initiative initiative, @Nullable Long id, Fields fields) {
        if (id == null) {
            return null;
        }
        Row parent = Sql.read(dataSource, connection -> CommentTable.find(connection, id))
                .filter(row -> row.on(initiative) && row.state() == Comment.State.SHOWN)
                .orElse(null);
        if (parent == null) {
            fields.add("parent", "unknown", Map.of());
        }
        return parent;
    }

    private void hold(Connection connection, Row row, InitiativeSummary summary, Verdict verdict) throws SQLException {
        if (verdict.held()) {
            contributions.hold(
                    connection, CommentModeration.item(row, summary.path(), summary.neighbourhood()), verdict);
        }
    }

    @Override
    public Comment edit(Caller caller, long id, CommentDraft draft) {
        access.require(caller, COMMENT);
        Row before = own(caller, id);
        if (before.state().gone()) {
            throw new NotFoundException();
        }
        InitiativeSummary summary = visible(caller, before.initiative());
        if (clock.instant().isAfter(before.createdAt().plus(EDIT_WINDOW))) {
            throw new ConflictException("core.edit-too-late");
        }
        Fields fields = new Fields();
        String body = fields.text("body", draft.body(), 1, CommentDraft.MAX_BODY);
        fields.verify();
        if (!body.equals(before.body())) {
            Verdict verdict = contributions.check(caller, KIND, "body", body);
            Sql.write(dataSource, connection -> {
                Row now;
                Comment.State state;
                do {
                    // whoever changed it in between is looked at again: no version is lost
                    now = current(connection, id);
                    // what a moderator hid meanwhile does not come back by being changed
                    state = verdict.held() && now.state() == Comment.State.SHOWN ? Comment.State.HELD : now.state();
                    if (state.gone()) {
                        throw new NotFoundException();
                    }
                } while (!CommentTable.change(connection, now, body, state, clock.instant()));
                hold(connection, current(connection, id), summary, verdict);
                return true;
            });
            counts(before.initiative().kind()).changed(before.initiative().id());
        }
        return get(caller, id);
    }

    private static Row current(Connection connection, long id) throws SQLException {
        return CommentTable.find(connection, id).orElseThrow(NotFoundException::new);
    }

    private Row own(Caller caller, long id) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> CommentTable.find(connection, id))
                .filter(row -> row.author() == member)
                .orElseThrow(NotFoundException::new);
    }

    @Override
    public void delete(Caller caller, long id) {
        Row before = own(caller, id);
        Sql.write(dataSource, connection -> {
            Row now;
            do {
                now = current(connection, id);
            } while (now.state() != Comment.State.DELETED
                    && !CommentTable.change(connection, now, "", Comment.State.DELETED, clock.instant()));
            return true;
        });
        counts(before.initiative().kind()).changed(before.initiative().id());
    }

    @Override
    public Comment mark(Caller caller, long id, boolean useful) {
        access.require(caller, COMMENT);
        contributions.requireActive(caller);
        Comment comment = get(caller, id);
        if (comment.mine()) {
            throw new ConflictException("core.own-comment");
        }
        if (comment.state() != Comment.State.SHOWN) {
            throw new NotFoundException();
        }
        Sql.write(dataSource, connection -> {
            if (useful) {
                CommentTable.mark(connection, current(connection, id), caller.requireMember(), clock.instant());
            } else {
                CommentTable.unmark(connection, id, caller.requireMember());
            }
            outbox.append(connection, CommentScores.TOPIC, comment.initiative().toString());
            return true;
        });
        marks.changed(id);
        outbox.poke();
        return get(caller, id);
    }

    @Override
    public Comment get(Caller caller, long id) {
        Row row = Sql.read(dataSource, connection -> CommentTable.find(connection, id))
                .filter(found -> found.state() == Comment.State.SHOWN
                        || found.answered()
                        || found.author() == caller.memberId()
                                && caller.signedIn()
                                && !found.state().gone())
                .orElseThrow(NotFoundException::new);
        visible(caller, row.initiative());
        return complete(caller, List.of(row)).get(0);
    }

    @Override
    public Slice<Comment> list(Caller caller, Initiative initiative, CommentQuery query, Paging paging) {
        Fields fields = new Fields();
        String sort = fields.oneOf("sort", query.sort(), CommentQuery.SORTS);
        String stance = fields.oneOf("stance", query.stance(), Stance.words());
        fields.verify();
        visible(caller, initiative);
        Order order = new Order(
                CommentQuery.BEST.equals(sort),
                stance == null ? null : Stance.valueOf(stance.toUpperCase(Locale.ROOT)));
        List<Row> read = Sql.read(dataSource, connection -> read(connection, caller, initiative, order, paging));
        Slice<Row> slice = paging.slice(read, row -> Paging.cursor(order.key(row), row.id()));
        return new Slice<>(complete(caller, slice.items()), slice.next());
    }

    private static List<Row> read(
            Connection connection, Caller caller, Initiative initiative, Order order, Paging paging)
            throws SQLException {
        int wanted = paging.limit() + 1;
        if (paging.after().isEmpty()) {
            return CommentTable.page(connection, initiative, order, caller.memberId(), wanted);
        }
        Row last = CommentTable.find(connection, paging.after().get(1))
                .filter(row -> row.on(initiative))
                .orElseThrow(() -> InvalidException.of("after", "cursor-unknown"));
        return CommentTable.pageAfter(
                connection, initiative, order, paging.after().get(0), last, caller.memberId(), wanted);
    }

    /** With the names that the authors go by today, and who found what useful. */
    private List<Comment> complete(Caller caller, List<Row> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Long> shown = rows.stream().map(Row::id).toList();
        Map<Long, String> names = members.displayNames(
                rows.stream().map(Row::author).filter(a -> a != 0).distinct().toList());
        Map<Long, Integer> useful =
                marks.get(shown, missing -> Sql.read(dataSource, c -> CommentTable.marks(c, missing)));
        Set<Long> mine = caller.signedIn()
                ? Sql.read(dataSource, c -> CommentTable.markedBy(c, caller.memberId(), shown))
                : Set.of();
        return rows.stream()
                .map(row -> row.seenBy(caller.memberId())
                        .by(row.goneFor(caller.memberId()) ? "" : names.getOrDefault(row.author(), row.authorName()))
                        .marked(useful.getOrDefault(row.id(), 0), mine.contains(row.id())))
                .toList();
    }

    @Override
    public Map<Long, Integer> counts(String kind, Collection<Long> of) {
        Map<Long, Integer> found = new HashMap<>();
        counted(kind, of).forEach((id, counts) -> {
            if (counts.all > 0) {
                found.put(id, counts.all);
            }
        });
        return found;
    }

    @Override
    public Balance balance(Initiative initiative) {
        return Objects.requireNonNull(
                        counted(initiative.kind(), List.of(initiative.id())).get(initiative.id()))
                .balance;
    }

    private Map<Long, Counts> counted(String kind, Collection<Long> of) {
        return counts(kind)
                .get(
                        of,
                        missing -> Sql.read(dataSource, connection -> {
                            Map<Long, Counts> read = new HashMap<>();
                            CommentTable.counts(connection, kind, missing)
                                    .forEach((id, n) -> read.put(id, new Counts(n[0], new Balance(n[1], n[2], n[3]))));
                            return read;
                        }));
    }

    private ReadCache<Counts> counts(String kind) {
        return counts.computeIfAbsent(kind, k -> new ReadCache<>(COUNTS_REMEMBERED, FRESH, Counts.NONE));
    }

    /** Call after the commit of a change that was made elsewhere than here. */
    void changed(Initiative initiative) {
        counts(initiative.kind()).changed(initiative.id());
    }

    @Override
    public List<CommentVersion> versions(Caller caller, long id) {
        if (!access.allowsSomewhere(caller, ModerationService.MODERATE)) {
            throw caller.signedIn() ? new ForbiddenException() : new UnauthenticatedException();
        }
        Row row = Sql.read(dataSource, connection -> CommentTable.find(connection, id))
                .orElseThrow(NotFoundException::new);
        String place = initiatives
                .find(caller, row.initiative())
                .map(InitiativeSummary::neighbourhood)
                .orElse(null);
        access.require(caller, ModerationService.MODERATE, Scope.in(place));
        return Sql.read(dataSource, connection -> CommentTable.versions(connection, id));
    }

    @Override
    public Map<String, Boolean> bringIn(Initiative initiative, Collection<ForeignComment> comments) {
        return bringIn(Map.of(initiative, List.copyOf(comments)));
    }

    @Override
    public Map<String, Boolean> bringIn(Map<Initiative, List<ForeignComment>> comments) {
        Map<String, Boolean> became = Sql.write(dataSource, connection -> {
            Map<String, Row> known = known(
                    connection,
                    comments.values().stream()
                            .flatMap(List::stream)
                            .flatMap(c ->
                                    Stream.of(Optional.of(c.reference()), Optional.ofNullable(c.parentReference())))
                            .flatMap(Optional::stream)
                            .distinct()
                            .toList());
            Map<String, Boolean> done = new LinkedHashMap<>();
            for (Map.Entry<Initiative, List<ForeignComment>> on : comments.entrySet()) {
                done.putAll(bringIn(connection, on.getKey(), on.getValue(), known));
            }
            return done;
        });
        comments.keySet().forEach(on -> counts(on.kind()).changed(on.id()));
        return became;
    }

    @Override
    public Set<String> present(Collection<String> references) {
        return Sql.read(dataSource, connection -> known(connection, List.copyOf(references))
                .keySet());
    }

    /** Of two imports that bring the same comment at once, one writes it and the other then finds it. */
    private Map<String, Boolean> bringIn(
            Connection connection, Initiative initiative, List<ForeignComment> comments, Map<String, Row> known)
            throws SQLException {
        Map<String, Boolean> done = new LinkedHashMap<>();
        for (ForeignComment comment : comments) {
            if (known.containsKey(comment.reference())) {
                done.putIfAbsent(comment.reference(), false);
                continue;
            }
            String parentReference = comment.parentReference();
            Row parent = parentReference == null ? null : known.get(parentReference);
            if (parentReference != null && (parent == null || !parent.on(initiative))) {
                continue;
            }
            Row row = Row.of(
                    ids.next(),
                    initiative,
                    parent,
                    comment.author(),
                    comment.authorName(),
                    comment.body(),
                    comment.reference(),
                    comment.createdAt(),
                    Comment.State.SHOWN,
                    Comment.Voice.MEMBER,
                    comment.stance(),
                    false);
            CommentTable.insert(connection, row);
            known.put(comment.reference(), row);
            done.put(comment.reference(), true);
        }
        return done;
    }

    /** What is here already, by reference. */
    private static Map<String, Row> known(Connection connection, List<String> references) throws SQLException {
        Map<String, Row> known = new HashMap<>();
        for (int from = 0; from < references.size(); from += IN_AT_ONCE) {
            List<String> some = references.subList(from, Math.min(from + IN_AT_ONCE, references.size()));
            CommentTable.byReference(connection, some)
                    .forEach(row -> known.put(Objects.requireNonNull(row.reference()), row));
            List<Long> ownIds = some.stream().flatMap(CommentServiceImpl::ownId).toList();
            if (!ownIds.isEmpty()) {
                CommentTable.byId(connection, ownIds)
                        .forEach(row -> known.putIfAbsent(ForeignComment.OF_NOTREVILLE + row.id(), row));
            }
        }
        return known;
    }

    private static Stream<Long> ownId(String reference) {
        if (!reference.startsWith(ForeignComment.OF_NOTREVILLE)) {
            return Stream.empty();
        }
        try {
            return Stream.of(Long.valueOf(reference.substring(ForeignComment.OF_NOTREVILLE.length())));
        } catch (NumberFormatException e) {
            return Stream.empty();
        }
    }

    private InitiativeSummary visible(Caller caller, Initiative initiative) {
        return initiatives.find(caller, initiative).orElseThrow(NotFoundException::new);
    }
}
