// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.SavedDraft;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The drafts, by plain SQL. */
public final class DraftTable {

    private static final String COLUMNS =
            "select id, version, title, need, proposal, beneficiaries, category_id, neighbourhood_id, saved_at from ideas_draft where ";

    private DraftTable() {}

    public static void insert(Connection connection, long member, SavedDraft draft) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_draft (title, need, proposal, beneficiaries, category_id, neighbourhood_id, saved_at,"
                        + " version, id, member_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            set(insert, draft.draft(), draft.savedAt());
            insert.setInt(8, draft.version());
            insert.setLong(9, draft.id());
            insert.setLong(10, member);
            insert.executeUpdate();
        }
    }

    /** @return whether this version was there */
    public static boolean update(Connection connection, long member, long id, int version, IdeaDraft draft, Instant now)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update ideas_draft set title = ?, need = ?, proposal = ?, beneficiaries = ?, category_id = ?, neighbourhood_id = ?,"
                        + " saved_at = ?, version = version + 1 where id = ? and member_id = ? and version = ?")) {
            set(update, draft, now);
            update.setLong(8, id);
            update.setLong(9, member);
            update.setInt(10, version);
            return update.executeUpdate() == 1;
        }
    }

    private static void set(PreparedStatement statement, IdeaDraft draft, Instant now) throws SQLException {
        statement.setString(1, draft.title());
        statement.setString(2, draft.need());
        statement.setString(3, draft.proposal());
        statement.setString(4, draft.beneficiaries());
        statement.setString(5, draft.category());
        statement.setString(6, draft.neighbourhood());
        statement.setTimestamp(7, Timestamp.from(now));
    }

    public static Optional<SavedDraft> find(Connection connection, long member, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COLUMNS + "member_id = ? and id = ?")) {
            select.setLong(1, member);
            select.setLong(2, id);
            return read(select).stream().findFirst();
        }
    }

    /** The last saved first. */
    public static List<SavedDraft> all(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(COLUMNS + "member_id = ? order by saved_at desc, id desc")) {
            select.setLong(1, member);
            return read(select);
        }
    }

    public static int count(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from ideas_draft where member_id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private static List<SavedDraft> read(PreparedStatement select) throws SQLException {
        List<SavedDraft> found = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                IdeaDraft draft = new IdeaDraft(
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        row.getString(8));
                found.add(new SavedDraft(
                        row.getLong(1),
                        row.getInt(2),
                        draft,
                        row.getTimestamp(9).toInstant()));
            }
        }
        return found;
    }

    public static void delete(Connection connection, long member, long id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from ideas_draft where member_id = ? and id = ?")) {
            delete.setLong(1, member);
            delete.setLong(2, id);
            delete.executeUpdate();
        }
    }
}
