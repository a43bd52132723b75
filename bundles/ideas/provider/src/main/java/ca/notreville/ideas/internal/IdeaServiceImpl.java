// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.event.EventPublisher;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.Contributions;
import ca.notreville.core.api.moderation.Contributions.Verdict;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaQuery;
import ca.notreville.ideas.api.IdeaQuery.Sort;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.event.IdeaSubmitted;
import ca.notreville.ideas.internal.jpa.IdeaEntity;
import ca.notreville.ideas.internal.jpa.ListingTable;
import ca.notreville.ideas.internal.jpa.ListingTable.Entry;
import ca.notreville.ideas.internal.jpa.ListingTable.Filter;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class IdeaServiceImpl implements IdeaService {

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final IdeaWriter writer;
    private final AccessControl access;
    private final EventPublisher events;
    private final MemberService members;
    private final CommentService comments;
    private final TerritoryService territory;
    private final SearchService search;
    private final Categories categories;
    private final Tallies tallies;
    private final Cards cards;
    private final NewsDesk desk;
    private final FollowService follows;
    private final Contributions contributions;
    private final Publication publication;

    @Activate
    public IdeaServiceImpl(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference IdeaWriter writer,
            @Reference AccessControl access,
            @Reference EventPublisher events,
            @Reference MemberService members,
            @Reference CommentService comments,
            @Reference TerritoryService territory,
            @Reference SearchService search,
            @Reference Categories categories,
            @Reference Tallies tallies,
            @Reference Cards cards,
            @Reference NewsDesk desk,
            @Reference FollowService follows,
            @Reference Contributions contributions,
            @Reference Publication publication) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.writer = writer;
        this.access = access;
        this.events = events;
        this.members = members;
        this.comments = comments;
        this.territory = territory;
        this.search = search;
        this.categories = categories;
        this.tallies = tallies;
        this.cards = cards;
        this.desk = desk;
        this.follows = follows;
        this.contributions = contributions;
        this.publication = publication;
    }

    @Override
    public Idea submit(Caller caller, IdeaDraft draft) {
        access.require(caller, SUBMIT);
        Fields fields = new Fields();
        String title = fields.line("title", draft.title(), IdeaDraft.MIN_TITLE, IdeaDraft.MAX_TITLE);
        String need = fields.text("need", draft.need(), IdeaDraft.MIN_TEXT, IdeaDraft.MAX_NEED);
        String proposal = fields.text("proposal", draft.proposal(), IdeaDraft.MIN_TEXT, IdeaDraft.MAX_PROPOSAL);
        String beneficiaries = fields.text("beneficiaries", draft.beneficiaries(), 0, IdeaDraft.MAX_BENEFICIARIES);
        String category = fields.oneOf("category", draft.category(), categoryIds());
        String neighbourhood = fields.oneOf("neighbourhood", draft.neighbourhood(), neighbourhoodIds());
        fields.verify();
        IdeaEntity entity = new IdeaEntity(
                ids.next(), IdeaState.PUBLISHED, caller.requireMember(), caller.displayName(), clock.instant());
        entity.write(title, need, proposal);
        entity.benefits(beneficiaries);
        entity.place(category, neighbourhood);
        if (caller.atCounter()) {
            entity.enteredAtCounter();
        }
        Verdict verdict = publication.of(
                caller,
                neighbourhood,
                contributions.check(caller, KIND, "proposal", String.join("\n", title, need, proposal, beneficiaries)));
        if (verdict.held()) {
            entity.hold();
        }
        jpa.tx(em -> {
            writer.publish(em, List.of(entity));
            Sql.on(em, connection -> {
                if (verdict.held()) {
                    contributions.hold(connection, IdeaModeration.item(entity), verdict);
                } else {
                    tell(desk, follows, connection, entity.id(), title, category, entity.author());
                }
            });
        });
        if (!verdict.held()) {
            writer.published();
            desk.poke();
            events.publish(new IdeaSubmitted(entity.id(), entity.author(), entity.createdAt()));
        }
        return entity.toIdea(caller.displayName(), Tally.NONE, 0);
    }

    /** Tells of a new idea those whom it concerns, once; its author follows it. */
    static void tell(
            NewsDesk desk,
            FollowService follows,
            Connection connection,
            long id,
            String title,
            @Nullable String category,
            long author)
            throws SQLException {
        Initiative itself = new Initiative(KIND, id);
        String[] tags = category == null ? new String[0] : new String[] {category};
        desk.publish(
                connection,
                News.of(itself.toString(), IdeaNews.PUBLISHED, itself, author)
                        .saying("ideas.news.published", Map.of("title", title))
                        .leadingTo("/ideas/" + id)
                        .around(tags));
        follows.automatically(connection, author, Target.of(itself), Occasion.AUTHOR);
    }

    @Override
    public Idea get(Caller caller, long id) {
        IdeaEntity entity = jpa.txExpr(em -> em.find(IdeaEntity.class, id));
        if (entity == null || !seenBy(caller, entity)) {
            boolean hidden = entity != null && entity.state() == IdeaState.HIDDEN;
            throw hidden ? new NotFoundException("ideas.hidden") : new NotFoundException();
        }
        return entity.toIdea(
                nameOfAuthor(entity),
                tallies.of(List.of(id)).getOrDefault(id, Tally.NONE),
                comments.counts(KIND, List.of(id)).getOrDefault(id, 0));
    }

    /** What is hidden is seen by its author, who was told why. */
    static boolean seenBy(Caller caller, IdeaEntity idea) {
        return idea.state() != IdeaState.DRAFT
                && (idea.state() != IdeaState.HIDDEN || caller.signedIn() && caller.memberId() == idea.author());
    }

    private String nameOfAuthor(IdeaEntity entity) {
        return entity.author() == 0
                ? entity.authorName()
                : members.displayNames(List.of(entity.author())).getOrDefault(entity.author(), entity.authorName());
    }

    @Override
    public Slice<IdeaCard> list(Caller caller, IdeaQuery query, Paging paging) {
        Fields fields = new Fields();
        String words = fields.line("q", query.q(), 0, IdeaQuery.MAX_Q);
        Filter filter = new Filter(
                fields.oneOf("neighbourhood", query.neighbourhood(), neighbourhoodIds()),
                fields.oneOf("category", query.category(), categoryIds()),
                fields.oneOf("state", query.state(), IdeaState.listedWords()));
        String sort = fields.oneOf("sort", query.sort(), Sort.words());
        fields.verify();
        return words.isEmpty() ? browse(filter, sort(sort), paging) : find(words, filter, sort, paging);
    }

    private static Sort sort(@Nullable String word) {
        return word == null ? Sort.RECENT : Sort.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Slice<IdeaCard> browse(Filter filter, Sort sort, Paging paging) {
        List<Entry> entries = Sql.read(
                dataSource,
                connection -> ListingTable.page(connection, sort, filter, paging.after(), paging.limit() + 1));
        Slice<Entry> slice = paging.slice(entries, entry -> Paging.cursor(entry.key(), entry.idea()));
        return new Slice<>(cards.of(slice.items().stream().map(Entry::idea).toList()), slice.next());
    }

    private Slice<IdeaCard> find(String words, Filter filter, @Nullable String sort, Paging paging) {
        int offset = paging.after().isEmpty()
                ? 0
                : Math.toIntExact(Math.max(0, Math.min(MAX_HITS, paging.after().get(0))));
        boolean byMatch = sort == null;
        int wanted = byMatch ? Math.min(paging.limit() + 1, MAX_HITS - offset) : MAX_HITS;
        if (wanted <= 0) {
            return new Slice<>(List.of(), null);
        }
        List<Long> hits = search.search(new SearchQuery(KIND, words, exact(filter), byMatch ? offset : 0, wanted));
        if (!byMatch && !hits.isEmpty()) {
            hits = sorted(hits, sort(sort)).stream().skip(offset).toList();
        }
        List<Long> piece = hits.subList(0, Math.min(paging.limit(), hits.size()));
        String next = hits.size() > paging.limit() ? Paging.cursor(offset + paging.limit()) : null;
        return new Slice<>(cards.of(piece), next);
    }

    @Override
    public List<IdeaCard> similar(Caller caller, @Nullable String title) {
        String looked = title == null ? "" : title.substring(0, Math.min(title.length(), IdeaDraft.MAX_TITLE));
        return cards.of(search.similar(KIND, looked, MAX_SIMILAR));
    }

    private List<Long> sorted(List<Long> hits, Sort sort) {
        return Sql.read(dataSource, connection -> ListingTable.keys(connection, sort, hits)).stream()
                .sorted(Comparator.comparingLong(Entry::key)
                        .thenComparingLong(Entry::idea)
                        .reversed())
                .map(Entry::idea)
                .toList();
    }

    private static Map<String, String> exact(Filter filter) {
        Map<String, String> exact = new HashMap<>();
        if (filter.neighbourhood() != null) {
            exact.put("neighbourhood", filter.neighbourhood());
        }
        if (filter.category() != null) {
            exact.put("category", filter.category());
        }
        if (filter.state() != null) {
            exact.put("state", filter.state());
        }
        return exact;
    }

    @Override
    public List<Category> categories() {
        return categories.all();
    }

    private List<String> categoryIds() {
        return categories.all().stream().map(Category::id).toList();
    }

    private List<String> neighbourhoodIds() {
        return territory.neighbourhoods().stream().map(Neighbourhood::id).toList();
    }
}
