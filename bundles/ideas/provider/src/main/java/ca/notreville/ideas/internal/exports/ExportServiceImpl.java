// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.exports;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.ExportService;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.Tally;
import ca.notreville.ideas.internal.Categories;
import ca.notreville.ideas.internal.jpa.VoteTable;
import ca.notreville.persistence.api.Sql;
import ca.notreville.web.api.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads some ideas at a time by their ids, rising, and with them what else is needed for just those. */
@Component
public final class ExportServiceImpl implements ExportService {

    static final int BATCH = 250;

    static final List<String> IDEA_COLUMNS = List.of(
            "id",
            "reference",
            "url",
            "title",
            "need",
            "body",
            "beneficiaries",
            "state",
            "category/id",
            "category/name/fr",
            "category/name/en",
            "scope/id",
            "scope/name",
            "author/id",
            "author/name",
            "created_at",
            "votes/for",
            "votes/neutral",
            "votes/against",
            "supports",
            "comments",
            "at_counter",
            "format");

    static final List<String> COMMENT_COLUMNS = List.of(
            "id",
            "created_at",
            "body",
            "author/id",
            "author/name",
            "alignment",
            "stance",
            "depth",
            "useful",
            "commentable_id",
            "commentable_type",
            "root_commentable_url",
            "root_commentable_reference",
            "format");

    private final DataSource dataSource;
    private final AccessControl access;
    private final CommentService comments;
    private final MemberService members;
    private final TerritoryService territory;
    private final Categories categories;
    private final Site site;

    private record Row(
            long id,
            String title,
            String need,
            String proposal,
            String beneficiaries,
            @Nullable String category,
            @Nullable String neighbourhood,
            String state,
            long author,
            String authorName,
            Instant createdAt,
            @Nullable String reference,
            @Nullable String originAddress,
            int supports,
            boolean atCounter) {

        /** By which an import knows it again. */
        String knownBy() {
            return reference == null ? "idea:" + id : reference;
        }
    }

    @Activate
    public ExportServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference AccessControl access,
            @Reference CommentService comments,
            @Reference MemberService members,
            @Reference TerritoryService territory,
            @Reference Categories categories,
            @Reference Site site) {
        this.dataSource = dataSource;
        this.access = access;
        this.comments = comments;
        this.members = members;
        this.territory = territory;
        this.categories = categories;
        this.site = site;
    }

    @Override
    public void check(Caller caller) {
        access.require(caller, EXPORT);
    }

    @Override
    public long write(Caller caller, Part part, Format format, OutputStream out) throws IOException {
        check(caller);
        Sink sink = Sink.of(format, part == Part.IDEAS ? IDEA_COLUMNS : COMMENT_COLUMNS, out);
        long written = 0;
        long last = Long.MIN_VALUE;
        List<Row> some;
        do {
            long after = last;
            some = Sql.read(dataSource, connection -> rows(connection, after));
            if (!some.isEmpty()) {
                written += part == Part.IDEAS ? ideas(some, sink) : comments(some, sink);
                last = some.get(some.size() - 1).id;
            }
        } while (some.size() == BATCH);
        sink.end();
        return written;
    }

    /** The index is named, or Derby may read the whole table for each piece. */
    private static List<Row> rows(Connection connection, long after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, title, need, proposal, beneficiaries, category_id, neighbourhood_id, state, author_id, author_name,"
                        + " created_at, reference, origin_address, origin_supports, at_counter"
                        + " from ideas_idea --DERBY-PROPERTIES constraint=IDEAS_IDEA_PK\n"
                        + " where id > ? and state not in ('draft', 'hidden') order by id fetch first " + BATCH
                        + " rows only")) {
            select.setLong(1, after);
            List<Row> rows = new ArrayList<>(BATCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getString(8),
                            row.getLong(9),
                            row.getString(10),
                            row.getTimestamp(11).toInstant(),
                            row.getString(12),
                            row.getString(13),
                            row.getInt(14),
                            row.getInt(15) == 1));
                }
            }
            return rows;
        }
    }

    private long ideas(List<Row> rows, Sink sink) throws IOException {
        List<Long> ids = rows.stream().map(Row::id).toList();
        Map<Long, Tally> votes = Sql.read(dataSource, connection -> VoteTable.count(connection, ids));
        Map<Long, Integer> talk = comments.counts(IdeaService.KIND, ids);
        List<Long> authors =
                rows.stream().map(Row::author).filter(a -> a != 0).distinct().toList();
        Map<Long, String> names = authors.isEmpty() ? Map.of() : members.displayNames(authors);
        Map<String, String> places =
                territory.neighbourhoods().stream().collect(Collectors.toMap(Neighbourhood::id, Neighbourhood::name));
        for (Row row : rows) {
            Tally tally = votes.getOrDefault(row.id, Tally.NONE);
            Category category = categories.find(row.category).orElse(null);
            sink.row(
                    String.valueOf(row.id),
                    row.knownBy(),
                    address(row),
                    row.title,
                    row.need,
                    row.proposal,
                    row.beneficiaries,
                    row.state,
                    row.category,
                    category == null ? null : category.name(Locale.FRENCH),
                    category == null ? null : category.names().get("en"),
                    row.neighbourhood,
                    row.neighbourhood == null ? null : places.get(row.neighbourhood),
                    row.author == 0 ? null : String.valueOf(row.author),
                    names.getOrDefault(row.author, row.authorName),
                    row.createdAt.toString(),
                    tally.inFavour(),
                    tally.neutral(),
                    tally.against(),
                    row.supports,
                    talk.getOrDefault(row.id, 0),
                    row.atCounter,
                    FORMAT);
        }
        return rows.size();
    }

    /** Of its page where it came from, else of its page here. */
    private String address(Row row) {
        return row.reference == null
                ? site.address("/ideas/" + row.id)
                : row.originAddress == null ? "" : row.originAddress;
    }

    private long comments(List<Row> rows, Sink sink) throws IOException {
        Map<Long, Integer> counts =
                comments.counts(IdeaService.KIND, rows.stream().map(Row::id).toList());
        long written = 0;
        for (Row row : rows) {
            if (counts.getOrDefault(row.id, 0) > 0) {
                written += comments(row, sink);
            }
        }
        return written;
    }

    private long comments(Row idea, Sink sink) throws IOException {
        Initiative itself = new Initiative(IdeaService.KIND, idea.id);
        // what answered a comment that is gone answers what that one answered
        Map<Long, Long> instead = new HashMap<>();
        long written = 0;
        try {
            Paging paging = Paging.first(Paging.MAX);
            while (true) {
                Slice<Comment> slice = comments.list(Caller.operator(), itself, paging);
                for (Comment comment : slice.items()) {
                    Long parent = comment.parent();
                    if (parent != null && instead.containsKey(parent)) {
                        parent = instead.get(parent);
                    }
                    if (comment.state().gone()) {
                        instead.put(comment.id(), parent);
                    } else if (comment.state() == Comment.State.SHOWN) {
                        write(idea, comment, parent, sink);
                        written++;
                    }
                }
                String next = slice.next();
                if (next == null) {
                    return written;
                }
                paging = Paging.of(String.valueOf(Paging.MAX), next, CommentService.CURSOR_SIZE);
            }
        } catch (NotFoundException e) {
            // nobody sees it any more
            return written;
        }
    }

    private void write(Row idea, Comment comment, @Nullable Long parent, Sink sink) throws IOException {
        Stance stance = comment.stance();
        sink.row(
                String.valueOf(comment.id()),
                comment.createdAt().toString(),
                comment.body(),
                comment.author() == 0 ? null : String.valueOf(comment.author()),
                comment.authorName(),
                stance == Stance.FOR ? 1 : stance == Stance.AGAINST ? -1 : 0,
                stance == null ? null : stance.word(),
                comment.depth(),
                comment.useful(),
                String.valueOf(parent == null ? idea.id : parent),
                parent == null ? "Decidim::Proposals::Proposal" : "Decidim::Comments::Comment",
                address(idea),
                idea.knownBy(),
                FORMAT);
    }
}
