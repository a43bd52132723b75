// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.comment;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.comment.Comment;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.internal.jpa.CommentTable;
import ca.notreville.core.internal.jpa.CommentTable.Row;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Comments as what can be reported and hidden. */
@Component
public final class CommentModeration implements ModeratedContent {

    static final String KIND = "comment";

    private static final int TITLE = 120;

    private final DataSource dataSource;
    private final Initiatives initiatives;
    private final CommentServiceImpl comments;

    @Activate
    public CommentModeration(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Initiatives initiatives,
            @Reference CommentServiceImpl comments) {
        this.dataSource = dataSource;
        this.initiatives = initiatives;
        this.comments = comments;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Optional<Item> describe(long id) {
        return find(id).filter(row -> row.state() != Comment.State.DELETED).map(row -> {
            Optional<InitiativeSummary> on = initiatives.find(Caller.visitor(Locale.FRENCH), row.initiative());
            return item(
                    row,
                    on.map(InitiativeSummary::path).orElse("/"),
                    on.map(InitiativeSummary::neighbourhood).orElse(null));
        });
    }

    /** @param path of the initiative */
    static Item item(Row row, String path, @Nullable String neighbourhood) {
        String line = row.body().replaceAll("\\s+", " ");
        String title = line.codePointCount(0, line.length()) <= TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE - 1)) + "…";
        return new Item(
                new Initiative(KIND, row.id()),
                title,
                row.body(),
                path + "#comment-" + row.id(),
                row.author(),
                neighbourhood,
                row.state() != Comment.State.SHOWN);
    }

    @Override
    public void hide(Connection connection, long id) throws SQLException {
        CommentTable.setState(connection, id, Comment.State.HIDDEN);
    }

    @Override
    public void restore(Connection connection, long id) throws SQLException {
        CommentTable.setState(connection, id, Comment.State.SHOWN);
    }

    @Override
    public void changed(long id) {
        find(id).ifPresent(row -> comments.changed(row.initiative()));
    }

    private Optional<Row> find(long id) {
        return Sql.read(dataSource, connection -> CommentTable.find(connection, id));
    }
}
