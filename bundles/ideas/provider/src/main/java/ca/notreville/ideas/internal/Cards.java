// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal;

import ca.notreville.core.api.comment.CommentService;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.api.Tally;
import ca.notreville.persistence.api.ReadCache;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Ideas as lists show them, in two steps: the list gives ids, and here is what goes with those ids, mostly from memory. Never
 * one query for both: counting inside a list query makes it read the whole table now and then.
 */
@Component(service = Cards.class)
public final class Cards {

    private static final int REMEMBERED = 1 << 14;
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Row NONE = new Row("", "", null, null, IdeaState.WITHDRAWN, 0, "", Instant.EPOCH, false);

    private final DataSource dataSource;
    private final Tallies tallies;
    private final CommentService comments;
    private final MemberService members;
    private final ReadCache<Row> rows = new ReadCache<>(REMEMBERED, FRESH, NONE);

    private record Row(
            String title,
            String excerpt,
            @Nullable String category,
            @Nullable String neighbourhood,
            IdeaState state,
            long author,
            String authorName,
            Instant createdAt,
            boolean atCounter) {}

    @Activate
    public Cards(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Tallies tallies,
            @Reference CommentService comments,
            @Reference MemberService members) {
        this.dataSource = dataSource;
        this.tallies = tallies;
        this.comments = comments;
        this.members = members;
    }

    /** The cards of these ideas in this order; ids without an idea are left out. */
    public List<IdeaCard> of(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Long, Row> known = rows.get(ids, this::read);
        Map<Long, Tally> votes = tallies.of(ids);
        Map<Long, Integer> talk = comments.counts(IdeaService.KIND, ids);
        Map<Long, String> names = names(known.values());
        return ids.stream()
                .filter(id -> !NONE.equals(known.get(id)))
                .map(id -> card(id, Objects.requireNonNull(known.get(id)), votes, talk, names))
                .toList();
    }

    /** Call after an idea was changed. */
    public void changed(long idea) {
        rows.changed(idea);
    }

    private Map<Long, String> names(Collection<Row> of) {
        List<Long> authors =
                of.stream().map(Row::author).filter(a -> a != 0).distinct().toList();
        return authors.isEmpty() ? Map.of() : members.displayNames(authors);
    }

    private static IdeaCard card(
            long id, Row row, Map<Long, Tally> votes, Map<Long, Integer> talk, Map<Long, String> names) {
        return new IdeaCard(
                id,
                row.title,
                row.excerpt,
                row.category,
                row.neighbourhood,
                row.state,
                row.author,
                names.getOrDefault(row.author, row.authorName),
                votes.getOrDefault(id, Tally.NONE),
                talk.getOrDefault(id, 0),
                row.createdAt,
                row.atCounter);
    }

    private Map<Long, Row> read(List<Long> ids) {
        String sql =
                "select id, title, need, case when need = '' then proposal else '' end, category_id, neighbourhood_id,"
                        + " state, author_id, author_name, created_at, at_counter from ideas_idea where id in ("
                        + "?, ".repeat(ids.size() - 1) + "?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < ids.size(); i++) {
                select.setLong(i + 1, ids.get(i));
            }
            Map<Long, Row> read = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    read.put(
                            row.getLong(1),
                            new Row(
                                    row.getString(2),
                                    excerpt(row.getString(3) + row.getString(4)),
                                    row.getString(5),
                                    row.getString(6),
                                    IdeaState.of(row.getString(7)).orElseThrow(),
                                    row.getLong(8),
                                    row.getString(9),
                                    row.getTimestamp(10).toInstant(),
                                    row.getInt(11) == 1));
                }
            }
            return read;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The beginning of a text, on one line, cut at a word. */
    static String excerpt(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        if (line.codePointCount(0, line.length()) <= IdeaCard.EXCERPT) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, IdeaCard.EXCERPT));
        int blank = cut.lastIndexOf(' ');
        String whole = blank > IdeaCard.EXCERPT / 2 ? cut.substring(0, blank) : cut;
        return whole.replaceAll("[\\s,;:.–—-]+$", "") + "…";
    }
}
