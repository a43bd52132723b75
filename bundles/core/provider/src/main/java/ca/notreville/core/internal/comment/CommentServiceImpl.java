// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.comment;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.core.internal.jpa.CommentEntity;
import ca.notreville.core.internal.module.CoreModule;
import ca.notreville.core.internal.notify.CoreNews;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.persistence.EntityManager;
import javax.persistence.TypedQuery;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class CommentServiceImpl implements CommentService {

    private static final int IN_AT_ONCE = 500;
    private static final int COUNTS_REMEMBERED = 1 << 14;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final JpaTemplate jpa;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Initiatives initiatives;
    private final MemberService members;
    private final FollowService follows;
    private final NewsDesk desk;
    private final Map<String, ReadCache<Integer>> counts = new ConcurrentHashMap<>();

    @Activate
    public CommentServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Initiatives initiatives,
            @Reference MemberService members,
            @Reference FollowService follows,
            @Reference NewsDesk desk) {
        this.jpa = jpa;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.initiatives = initiatives;
        this.members = members;
        this.follows = follows;
        this.desk = desk;
    }

    @Override
    public Comment add(Caller caller, Initiative initiative, CommentDraft draft) {
        access.require(caller, CoreModule.COMMENT);
        InitiativeSummary summary = visible(caller, initiative);
        if (!summary.discussable()) {
            throw new ConflictException("core.discussion-closed");
        }
        Fields fields = new Fields();
        String body = fields.text("body", draft.body(), 1, CommentDraft.MAX_BODY);
        Comment comment = jpa.txExpr(em -> {
            CommentEntity parent = parent(em, initiative, draft.parent(), fields);
            fields.verify();
            CommentEntity entity = new CommentEntity(
                    ids.next(),
                    initiative,
                    parent,
                    caller.requireMember(),
                    caller.displayName(),
                    body,
                    null,
                    clock.instant());
            em.persist(entity);
            Comment said = entity.toComment();
            Sql.on(em, connection -> tell(connection, said, summary, parent));
            return said;
        });
        desk.poke();
        counts(initiative.kind()).changed(initiative.id());
        return comment;
    }

    /** Whoever is answered hears of it as an answer, and not once more as a comment. */
    private void tell(Connection connection, Comment said, InitiativeSummary on, @Nullable CommentEntity parent)
            throws SQLException {
        String path = on.path() + "#comment-" + said.id();
        long answered = parent == null ? 0 : parent.toComment().author();
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

    private static @Nullable CommentEntity parent(
            EntityManager em, Initiative initiative, @Nullable Long id, Fields fields) {
        if (id == null) {
            return null;
        }
        CommentEntity parent = em.find(CommentEntity.class, id);
        if (parent == null || !parent.on(initiative)) {
            fields.add("parent", "unknown", Map.of());
        }
        return parent;
    }

    @Override
    public Slice<Comment> list(Caller caller, Initiative initiative, Paging paging) {
        visible(caller, initiative);
        List<Comment> read = jpa.txExpr(em -> paging.after().isEmpty()
                ? page(em, initiative, Long.MAX_VALUE, paging.limit() + 1)
                : pageAfter(em, initiative, paging));
        return paging.slice(named(read), comment -> Paging.cursor(comment.thread(), comment.id()));
    }

    /** With the names that the authors go by today. */
    private List<Comment> named(List<Comment> comments) {
        Map<Long, String> names = members.displayNames(comments.stream()
                .map(Comment::author)
                .filter(a -> a != 0)
                .distinct()
                .toList());
        return comments.stream()
                .map(c -> c.by(names.getOrDefault(c.author(), c.authorName())))
                .toList();
    }

    /** The rest of the thread that the caller is in, then the older threads: two ranges of one index. */
    private static List<Comment> pageAfter(EntityManager em, Initiative initiative, Paging paging) {
        long thread = paging.after().get(0);
        int wanted = paging.limit() + 1;
        List<Comment> read = new ArrayList<>(select(
                em,
                initiative,
                "c.threadId = :thread and c.id > :id",
                Map.of("thread", thread, "id", paging.after().get(1)),
                wanted));
        if (read.size() < wanted) {
            read.addAll(page(em, initiative, thread, wanted - read.size()));
        }
        return read;
    }

    private static List<Comment> page(EntityManager em, Initiative initiative, long before, int wanted) {
        return select(em, initiative, "c.threadId < :before", Map.of("before", before), wanted);
    }

    private static List<Comment> select(
            EntityManager em, Initiative initiative, String condition, Map<String, Long> parameters, int wanted) {
        TypedQuery<CommentEntity> query = em.createQuery(
                        "select c from Comment c where c.kind = :kind and c.initiativeId = :initiative and " + condition
                                + " order by c.threadId desc, c.id",
                        CommentEntity.class)
                .setParameter("kind", initiative.kind())
                .setParameter("initiative", initiative.id())
                .setMaxResults(wanted);
        parameters.forEach(query::setParameter);
        return query.getResultList().stream().map(CommentEntity::toComment).toList();
    }

    @Override
    public Map<Long, Integer> counts(String kind, Collection<Long> of) {
        Map<Long, Integer> found = counts(kind)
                .get(
                        of,
                        missing -> jpa.txExpr(em -> {
                            Map<Long, Integer> read = new HashMap<>();
                            em.createQuery(
                                            "select c.initiativeId, count(c) from Comment c where c.kind = :kind"
                                                    + " and c.initiativeId in :ids group by c.initiativeId",
                                            Object[].class)
                                    .setParameter("kind", kind)
                                    .setParameter("ids", missing)
                                    .getResultList()
                                    .forEach(row -> read.put((Long) row[0], ((Long) row[1]).intValue()));
                            return read;
                        }));
        found.values().removeIf(count -> count == 0);
        return found;
    }

    private ReadCache<Integer> counts(String kind) {
        return counts.computeIfAbsent(kind, k -> new ReadCache<>(COUNTS_REMEMBERED, FRESH, 0));
    }

    @Override
    public Map<String, Boolean> bringIn(Initiative initiative, Collection<ForeignComment> comments) {
        Map<String, Boolean> became = Sql.again(() -> bringInOnce(initiative, comments));
        counts(initiative.kind()).changed(initiative.id());
        return became;
    }

    /** Of two imports that bring the same comment at once, one writes it and the other then finds it. */
    private Map<String, Boolean> bringInOnce(Initiative initiative, Collection<ForeignComment> comments) {
        return jpa.txExpr(em -> {
            Map<String, CommentEntity> known = known(em, comments);
            Map<String, Boolean> done = new LinkedHashMap<>();
            for (ForeignComment comment : comments) {
                if (known.containsKey(comment.reference())) {
                    done.putIfAbsent(comment.reference(), false);
                    continue;
                }
                String parentReference = comment.parentReference();
                CommentEntity parent = parentReference == null ? null : known.get(parentReference);
                if (parentReference != null && (parent == null || !parent.on(initiative))) {
                    continue;
                }
                CommentEntity entity = new CommentEntity(
                        ids.next(),
                        initiative,
                        parent,
                        comment.author(),
                        comment.authorName(),
                        comment.body(),
                        comment.reference(),
                        comment.createdAt());
                em.persist(entity);
                // at once: an answer's row must not come before the row it points to
                em.flush();
                known.put(comment.reference(), entity);
                done.put(comment.reference(), true);
            }
            return done;
        });
    }

    /** What is here already of these comments and of those they answer. */
    private static Map<String, CommentEntity> known(EntityManager em, Collection<ForeignComment> comments) {
        List<String> references = comments.stream()
                .flatMap(c -> c.parentReference() == null
                        ? Stream.of(c.reference())
                        : Stream.of(c.reference(), c.parentReference()))
                .distinct()
                .toList();
        Map<String, CommentEntity> known = new HashMap<>();
        for (int from = 0; from < references.size(); from += IN_AT_ONCE) {
            em.createQuery("select c from Comment c where c.reference in :references", CommentEntity.class)
                    .setParameter(
                            "references", references.subList(from, Math.min(from + IN_AT_ONCE, references.size())))
                    .getResultList()
                    .forEach(c -> known.put(c.reference(), c));
        }
        return known;
    }

    private InitiativeSummary visible(Caller caller, Initiative initiative) {
        return initiatives.find(caller, initiative).orElseThrow(NotFoundException::new);
    }
}
