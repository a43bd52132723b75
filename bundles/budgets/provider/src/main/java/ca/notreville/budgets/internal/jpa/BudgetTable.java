// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal.jpa;

import ca.notreville.budgets.api.BallotKind;
import ca.notreville.budgets.api.Budget;
import ca.notreville.budgets.api.BudgetProject;
import ca.notreville.budgets.api.Phase;
import ca.notreville.budgets.api.Rule;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Budgets, their projects, and the rows that every ballot and the counting write first. */
public final class BudgetTable {

    /** Rows that the voters of one budget are spread over. */
    public static final int STRIPES = 16;

    private static final String COLUMNS =
            "b.id, b.version, b.title, b.description, b.amount, b.currency, b.ballot_kind,"
                    + " b.rule_word, b.min_length, b.max_length, b.points, b.minimum, b.territory, b.published, b.opens_at,"
                    + " b.closes_at, b.decided_at, b.origin";

    private BudgetTable() {}

    /** What a draft says of a budget, checked. */
    public record Terms(
            String title,
            String description,
            long amount,
            BallotKind ballot,
            Rule rule,
            int minLength,
            int maxLength,
            int points,
            long minimum,
            String territory,
            Instant opensAt,
            Instant closesAt) {}

    /** What makes an imported budget different from one that was made here. */
    public record Source(
            String currency, String origin, @Nullable String reference) {
        public static final Source HERE = new Source("CAD", "", null);
    }

    /** @param published whether everybody sees it from now on */
    public static void insert(
            Connection connection, long id, Terms terms, Source source, boolean published, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into budgets_budget (id, version, title,"
                + " description, amount, ballot_kind, rule_word, min_length, max_length, points, minimum, territory,"
                + " opens_at, closes_at, currency, origin, reference, published, created_at)"
                + " values (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            int next = set(insert, 2, terms);
            insert.setString(next++, source.currency);
            insert.setString(next++, source.origin);
            insert.setString(next++, source.reference);
            insert.setInt(next++, published ? 1 : 0);
            insert.setTimestamp(next, Timestamp.from(now));
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into budgets_gate (budget_id, stripe,"
                + " counting, opens_at, closes_at, ballots) values (?, ?, 0, ?, ?, 0)")) {
            for (int stripe = 0; stripe < STRIPES; stripe++) {
                insert.setLong(1, id);
                insert.setInt(2, stripe);
                insert.setTimestamp(3, Timestamp.from(terms.opensAt));
                insert.setTimestamp(4, Timestamp.from(terms.closesAt));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static int set(PreparedStatement statement, int first, Terms terms) throws SQLException {
        int next = first;
        statement.setString(next++, terms.title);
        statement.setString(next++, terms.description);
        statement.setLong(next++, terms.amount);
        statement.setString(next++, terms.ballot.word());
        statement.setString(next++, terms.rule.word());
        statement.setInt(next++, terms.minLength);
        statement.setInt(next++, terms.maxLength);
        statement.setInt(next++, terms.points);
        statement.setLong(next++, terms.minimum);
        statement.setString(next++, terms.territory);
        statement.setTimestamp(next++, Timestamp.from(terms.opensAt));
        statement.setTimestamp(next++, Timestamp.from(terms.closesAt));
        return next;
    }

    /**
     * Keeps voters out, and whoever else changes this budget, until the transaction ends.
     *
     * @return whether voting has not begun yet
     */
    public static boolean holdBeforeVoting(Connection connection, long id, Instant now) throws SQLException {
        boolean before = true;
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            try (PreparedStatement update = connection.prepareStatement("update budgets_gate set ballots = ballots"
                    + " where budget_id = ? and stripe = ? and counting = 0")) {
                update.setLong(1, id);
                update.setInt(2, stripe);
                before &= update.executeUpdate() == 1;
            }
        }
        return before
                && findUncounted(connection, id, now)
                        .filter(b -> b.phase() == Phase.DRAFT || b.phase() == Phase.ANNOUNCED)
                        .isPresent();
    }

    /** Only between {@link #holdBeforeVoting} and the end of the transaction. */
    public static void update(Connection connection, long id, Terms terms) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update budgets_budget set title = ?, description = ?,"
                        + " amount = ?, ballot_kind = ?, rule_word = ?, min_length = ?, max_length = ?, points = ?, minimum = ?,"
                        + " territory = ?, opens_at = ?, closes_at = ?, version = version + 1 where id = ?")) {
            update.setLong(set(update, 1, terms), id);
            update.executeUpdate();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update budgets_gate set opens_at = ?, closes_at = ? where budget_id = ?")) {
            update.setTimestamp(1, Timestamp.from(terms.opensAt));
            update.setTimestamp(2, Timestamp.from(terms.closesAt));
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    public static void changed(Connection connection, long id) throws SQLException {
        run(connection, "update budgets_budget set version = version + 1 where id = ?", id);
    }

    public static void publish(Connection connection, long id) throws SQLException {
        run(connection, "update budgets_budget set published = 1, version = version + 1 where id = ?", id);
    }

    static void run(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    /**
     * Without the number of its ballots: where a ballot is cast, nothing may be read that other voters are writing, for each would
     * wait for the other.
     */
    public static Optional<Budget> findUncounted(Connection connection, long id, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from budgets_budget b where b.id = ?")) {
            select.setLong(1, id);
            return read(select, now).stream().findFirst();
        }
    }

    public static Optional<Budget> find(Connection connection, long id, Instant now) throws SQLException {
        return counted(connection, findUncounted(connection, id, now).stream().toList()).stream()
                .findFirst();
    }

    public static Optional<Budget> withReference(Connection connection, String reference, Instant now)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from budgets_budget b where b.reference = ?")) {
            select.setString(1, reference);
            return counted(connection, read(select, now)).stream().findFirst();
        }
    }

    /** Latest first. */
    public static List<Budget> page(Connection connection, long before, int limit, boolean drafts, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from budgets_budget b"
                + " where b.id < ? and b.published >= ? order by b.id desc fetch first " + limit + " rows only")) {
            select.setLong(1, before);
            select.setInt(2, drafts ? 0 : 1);
            return counted(connection, read(select, now));
        }
    }

    /** Published, over, and not decided, or not yet by all rules. */
    public static List<Long> due(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id from budgets_budget"
                + " where compared = 0 and published = 1 and closes_at <= ? order by closes_at"
                + " fetch first 20 rows only")) {
            select.setTimestamp(1, Timestamp.from(now));
            List<Long> due = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(row.getLong(1));
                }
            }
            return due;
        }
    }

    private static List<Budget> read(PreparedStatement select, Instant now) throws SQLException {
        List<Budget> budgets = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Instant opens = row.getTimestamp(15).toInstant();
                Instant closes = row.getTimestamp(16).toInstant();
                Timestamp decided = row.getTimestamp(17);
                Phase phase = decided != null
                        ? Phase.DECIDED
                        : row.getInt(14) == 0
                                ? Phase.DRAFT
                                : now.isBefore(opens)
                                        ? Phase.ANNOUNCED
                                        : now.isBefore(closes) ? Phase.VOTING : Phase.COUNTING;
                budgets.add(new Budget(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6),
                        BallotKind.of(row.getString(7)),
                        Rule.of(row.getString(8)),
                        row.getInt(9),
                        row.getInt(10),
                        row.getInt(11),
                        row.getLong(12),
                        row.getString(13),
                        phase,
                        opens,
                        closes,
                        0,
                        decided == null ? null : decided.toInstant(),
                        row.getString(18)));
            }
        }
        return budgets;
    }

    /** With the number of their ballots, in a second query. */
    private static List<Budget> counted(Connection connection, List<Budget> budgets) throws SQLException {
        List<Budget> counted = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select sum(ballots) from budgets_gate where budget_id = ?")) {
            for (Budget b : budgets) {
                select.setLong(1, b.id());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    counted.add(new Budget(
                            b.id(),
                            b.version(),
                            b.title(),
                            b.description(),
                            b.amount(),
                            b.currency(),
                            b.ballot(),
                            b.rule(),
                            b.minLength(),
                            b.maxLength(),
                            b.points(),
                            b.minimum(),
                            b.territory(),
                            b.phase(),
                            b.opensAt(),
                            b.closesAt(),
                            row.getLong(1),
                            b.decidedAt(),
                            b.origin()));
                }
            }
        }
        return counted;
    }

    public static void insertProjects(Connection connection, List<BudgetProject> projects) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into budgets_project (id, budget_id,"
                + " place_in_list, code, title, description, cost, territory, place, category)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (BudgetProject project : projects) {
                insert.setLong(1, project.id());
                insert.setLong(2, project.budget());
                insert.setInt(3, project.number());
                insert.setString(4, project.code().isEmpty() ? null : project.code());
                insert.setString(5, project.title());
                insert.setString(6, project.description());
                insert.setLong(7, project.cost());
                insert.setString(8, project.territory());
                insert.setString(9, project.place());
                insert.setString(10, project.category());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** @return whether there was one to change */
    public static boolean updateProject(Connection connection, BudgetProject project) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update budgets_project set title = ?, description = ?,"
                        + " cost = ?, territory = ?, category = ? where id = ? and budget_id = ?")) {
            update.setString(1, project.title());
            update.setString(2, project.description());
            update.setLong(3, project.cost());
            update.setString(4, project.territory());
            update.setString(5, project.category());
            update.setLong(6, project.id());
            update.setLong(7, project.budget());
            return update.executeUpdate() == 1;
        }
    }

    /** @return whether there was one to delete */
    public static boolean deleteProject(Connection connection, long budget, long project) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from budgets_project where id = ? and budget_id = ?")) {
            delete.setLong(1, project);
            delete.setLong(2, budget);
            return delete.executeUpdate() == 1;
        }
    }

    /** In the order of the list. */
    public static List<BudgetProject> projects(Connection connection, long budget) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, place_in_list, code, title, description,"
                        + " cost, territory, place, category from budgets_project where budget_id = ? order by place_in_list")) {
            select.setLong(1, budget);
            List<BudgetProject> projects = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    String code = row.getString(3);
                    projects.add(new BudgetProject(
                            row.getLong(1),
                            budget,
                            row.getInt(2),
                            code == null ? "" : code,
                            row.getString(4),
                            row.getString(5),
                            row.getLong(6),
                            row.getString(7),
                            row.getString(8),
                            row.getString(9)));
                }
            }
            return projects;
        }
    }
}
