// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.ideas.api.PaperService.Paper;
import ca.notreville.ideas.api.PaperService.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ballots on paper while they are entered, by plain SQL. */
public final class PaperTable {

    private PaperTable() {}

    /**
     * One paper.
     *
     * @param version of what two clerks may change at once
     * @param secondBy 0 while one clerk entered it
     */
    public record Row(
            int version,
            State state,
            long firstBy,
            String first,
            long secondBy,
            @Nullable String second,
            String receipt) {}

    public static Optional<Row> find(Connection connection, long consultation, String number) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select version, state, first_by, first_content,"
                + " second_by, second_content, receipt from ideas_paper where consultation_id = ? and number = ?")) {
            select.setLong(1, consultation);
            select.setString(2, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(
                                row.getInt(1),
                                state(row.getString(2)),
                                row.getLong(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7)))
                        : Optional.empty();
            }
        }
    }

    private static State state(String word) {
        return State.valueOf(word.toUpperCase(Locale.ROOT));
    }

    public static void insert(Connection connection, long consultation, String number, Row paper) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into ideas_paper (version, state, first_by,"
                + " first_content, second_by, second_content, receipt, consultation_id, number)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            set(insert, paper);
            insert.setLong(8, consultation);
            insert.setString(9, number);
            insert.executeUpdate();
        }
    }

    /** @return whether nobody changed it since it was read with the version before */
    public static boolean update(Connection connection, long consultation, String number, Row paper)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update ideas_paper set version = ?, state = ?,"
                + " first_by = ?, first_content = ?, second_by = ?, second_content = ?, receipt = ?"
                + " where consultation_id = ? and number = ? and version = ?")) {
            set(update, paper);
            update.setLong(8, consultation);
            update.setString(9, number);
            update.setInt(10, paper.version - 1);
            return update.executeUpdate() > 0;
        }
    }

    private static void set(PreparedStatement statement, Row paper) throws SQLException {
        statement.setInt(1, paper.version);
        statement.setString(2, paper.state.word());
        statement.setLong(3, paper.firstBy);
        statement.setString(4, paper.first);
        statement.setLong(5, paper.secondBy);
        statement.setString(6, paper.second);
        statement.setString(7, paper.receipt);
    }

    public static List<Paper> open(Connection connection, long consultation, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select number, state, receipt from ideas_paper"
                + " where consultation_id = ? and state <> 'agreed' order by number fetch first " + most
                + " rows only")) {
            select.setLong(1, consultation);
            List<Paper> papers = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    papers.add(new Paper(row.getString(1), state(row.getString(2)), row.getString(3)));
                }
            }
            return papers;
        }
    }

    public static int agreed(Connection connection, long consultation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from ideas_paper where consultation_id = ? and state = 'agreed'")) {
            select.setLong(1, consultation);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
