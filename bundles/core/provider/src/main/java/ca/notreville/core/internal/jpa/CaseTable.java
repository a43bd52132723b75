// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.jpa;

import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import ca.notreville.core.api.moderation.ModerationService.BlockedWord;
import ca.notreville.core.api.moderation.ModerationService.Case;
import ca.notreville.core.api.moderation.ModerationService.Decision;
import ca.notreville.core.api.moderation.ModerationService.Filter;
import ca.notreville.core.api.moderation.ModerationService.Report;
import ca.notreville.core.api.moderation.ModerationService.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Cases, reports, suspensions, blocked words. */
public final class CaseTable {

    private static final String COLUMNS = "c.id, c.kind, c.item_id, c.source, c.state, c.title, c.path, c.author_id,"
            + " c.neighbourhood_id, c.signs, c.opened_at, c.waiting_since, c.decision, c.reason, c.decided_by,"
            + " c.decided_at, c.suspended_until, c.appeal, c.first_decision, c.version, c.first_by";

    private CaseTable() {}

    /** A case, and what only the service needs to know of it. {@code appealed} says whether there was an appeal. */
    public record Row(Case known, int version, long firstBy) {}

    /**
     * Opens a case, or finds the one that is open.
     *
     * @return its id
     */
    public static long open(Connection connection, long id, Item item, String source, List<String> signs, Instant at)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id from core_case where kind = ? and item_id = ? and open_key = 0")) {
            select.setString(1, item.item().kind());
            select.setLong(2, item.item().id());
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    return row.getLong(1);
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into core_case (id, version, kind, item_id,"
                + " open_key, source, state, title, path, author_id, neighbourhood_id, signs, opened_at, waiting_since,"
                + " reason, decided_by, appeal, first_by)"
                + " values (?, 1, ?, ?, 0, ?, 'open', ?, ?, ?, ?, ?, ?, ?, '', 0, '', 0)")) {
            insert.setLong(1, id);
            insert.setString(2, item.item().kind());
            insert.setLong(3, item.item().id());
            insert.setString(4, source);
            insert.setString(5, item.title());
            insert.setString(6, item.path());
            insert.setLong(7, item.author());
            insert.setString(8, item.neighbourhood());
            insert.setString(9, String.join(" ", signs));
            insert.setTimestamp(10, Timestamp.from(at));
            insert.setTimestamp(11, Timestamp.from(at));
            insert.executeUpdate();
        }
        return id;
    }

    /** @return whether the member had not reported it yet */
    public static boolean report(
            Connection connection,
            long id,
            long inCase,
            Item item,
            long reporter,
            String reason,
            String note,
            Instant at)
            throws SQLException {
        if (reported(connection, item.item(), reporter)) {
            return false;
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_report"
                        + " (id, case_id, kind, item_id, reporter_id, reason, note, reported_at) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setLong(2, inCase);
            insert.setString(3, item.item().kind());
            insert.setLong(4, item.item().id());
            insert.setLong(5, reporter);
            insert.setString(6, reason);
            insert.setString(7, note);
            insert.setTimestamp(8, Timestamp.from(at));
            insert.executeUpdate();
        }
        return true;
    }

    public static boolean reported(Connection connection, Initiative item, long reporter) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from core_report where kind = ? and item_id = ? and reporter_id = ?")) {
            select.setString(1, item.kind());
            select.setLong(2, item.id());
            select.setLong(3, reporter);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    public static Optional<Row> find(Connection connection, long id) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from core_case c where c.id = ?")) {
            select.setLong(1, id);
            return rows(connection, select).stream().findFirst();
        }
    }

    /**
     * What waits, or what was decided.
     *
     * @param places only cases of these neighbourhoods, {@code null} for all
     * @param key milliseconds that the last case of the piece before was sorted by, {@code null} from the start
     */
    public static List<Case> list(
            Connection connection,
            boolean waiting,
            Filter filter,
            Collection<String> places,
            Long key,
            long after,
            int wanted)
            throws SQLException {
        String sorted = waiting ? "c.waiting_since" : "c.decided_at";
        List<Object> parameters = new ArrayList<>();
        StringBuilder sql =
                new StringBuilder("select " + COLUMNS + " from core_case c where " + sorted + " is not null");
        if (!waiting) {
            sql.append(" and c.state in ('decided', 'closed')");
        }
        if (filter.kind() != null) {
            sql.append(" and c.kind = ?");
            parameters.add(filter.kind());
        }
        if ("appeal".equals(filter.source())) {
            sql.append(" and c.appealed_at is not null");
        } else if (filter.source() != null) {
            sql.append(" and c.source = ? and c.appealed_at is null");
            parameters.add(filter.source());
        }
        if (filter.neighbourhood() != null) {
            sql.append(" and c.neighbourhood_id = ?");
            parameters.add(filter.neighbourhood());
        }
        if (places != null) {
            sql.append(" and c.neighbourhood_id in (")
                    .append("?, ".repeat(Math.max(0, places.size() - 1)))
                    .append("?)");
            parameters.addAll(places.isEmpty() ? List.of("") : places);
        }
        if (key != null) {
            String beyond = waiting ? ">" : "<";
            sql.append(" and (")
                    .append(sorted)
                    .append(' ')
                    .append(beyond)
                    .append(" ? or (")
                    .append(sorted)
                    .append(" = ? and c.id ")
                    .append(beyond)
                    .append(" ?))");
            Timestamp at = Timestamp.from(Instant.ofEpochMilli(key));
            parameters.add(at);
            parameters.add(at);
            parameters.add(after);
        }
        String direction = waiting ? "" : " desc";
        sql.append(" order by ")
                .append(sorted)
                .append(direction)
                .append(", c.id")
                .append(direction)
                .append(" fetch first ")
                .append(wanted)
                .append(" rows only");
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                select.setObject(i + 1, parameters.get(i));
            }
            return rows(connection, select).stream().map(Row::known).toList();
        }
    }

    /** @return whether nobody else was faster */
    public static boolean decide(
            Connection connection,
            Row row,
            Decision decision,
            String reason,
            long by,
            Instant at,
            Instant suspendedUntil)
            throws SQLException {
        boolean appealed = row.known.state() == State.APPEALED;
        try (PreparedStatement update = connection.prepareStatement("update core_case set version = version + 1,"
                + " state = ?, open_key = id, waiting_since = null, "
                + (appealed ? "first_decision = decision, first_by = decided_by, first_at = decided_at, " : "")
                + "decision = ?, reason = ?, decided_by = ?, decided_at = ?, suspended_until = ?"
                + " where id = ? and version = ? and waiting_since is not null")) {
            update.setString(1, appealed ? State.CLOSED.word() : State.DECIDED.word());
            update.setString(2, decision.word());
            update.setString(3, reason);
            update.setLong(4, by);
            update.setTimestamp(5, Timestamp.from(at));
            update.setTimestamp(6, suspendedUntil == null ? null : Timestamp.from(suspendedUntil));
            update.setLong(7, row.known.id());
            update.setInt(8, row.version);
            return update.executeUpdate() > 0;
        }
    }

    public static boolean appeal(Connection connection, Row row, String text, Instant at) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update core_case set version = version + 1,"
                + " state = 'appealed', waiting_since = ?, appeal = ?, appealed_at = ?"
                + " where id = ? and version = ? and state = 'decided'")) {
            update.setTimestamp(1, Timestamp.from(at));
            update.setString(2, text);
            update.setTimestamp(3, Timestamp.from(at));
            update.setLong(4, row.known.id());
            update.setInt(5, row.version);
            return update.executeUpdate() > 0;
        }
    }

    public static List<Report> reports(Connection connection, long inCase) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select reporter_id, reason, note, reported_at from core_report where case_id = ? order by id")) {
            select.setLong(1, inCase);
            List<Report> reports = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    reports.add(new Report(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getTimestamp(4).toInstant()));
                }
            }
            return reports;
        }
    }

    /** The longer of two suspensions holds. */
    public static void suspend(Connection connection, long member, long inCase, Instant until) throws SQLException {
        Instant known = suspensions(connection, List.of(member)).get(member);
        if (known != null && !known.isBefore(until)) {
            return;
        }
        execute(connection, "delete from core_suspension where member_id = ?", member);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_suspension (member_id, until_at, case_id) values (?, ?, ?)")) {
            insert.setLong(1, member);
            insert.setTimestamp(2, Timestamp.from(until));
            insert.setLong(3, inCase);
            insert.executeUpdate();
        }
        execute(connection, "delete from core_session where member_id = ?", member);
    }

    /** Ends the suspension that this case brought about. */
    public static void unsuspend(Connection connection, long inCase) throws SQLException {
        execute(connection, "delete from core_suspension where case_id = ?", inCase);
    }

    public static Map<Long, Instant> suspensions(Connection connection, Collection<Long> members) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select member_id, until_at from core_suspension"
                + " where member_id in (" + "?, ".repeat(members.size() - 1) + "?)")) {
            int index = 1;
            for (Long member : members) {
                select.setLong(index++, member);
            }
            Map<Long, Instant> until = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    until.put(row.getLong(1), row.getTimestamp(2).toInstant());
                }
            }
            return until;
        }
    }

    public static void hide(Connection connection, Initiative item) throws SQLException {
        if (!hidden(connection, item)) {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into core_hidden (kind, item_id) values (?, ?)")) {
                insert.setString(1, item.kind());
                insert.setLong(2, item.id());
                insert.executeUpdate();
            }
        }
    }

    public static void restore(Connection connection, Initiative item) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from core_hidden where kind = ? and item_id = ?")) {
            delete.setString(1, item.kind());
            delete.setLong(2, item.id());
            delete.executeUpdate();
        }
    }

    public static boolean hidden(Connection connection, Initiative item) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from core_hidden where kind = ? and item_id = ?")) {
            select.setString(1, item.kind());
            select.setLong(2, item.id());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Folded word → whether it is refused. */
    public static Map<String, Boolean> foldedWords(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select folded, refuse from core_blocked_word");
                ResultSet row = select.executeQuery()) {
            Map<String, Boolean> words = new HashMap<>();
            while (row.next()) {
                words.put(row.getString(1), row.getInt(2) == 1);
            }
            return words;
        }
    }

    public static List<BlockedWord> words(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select word, refuse, since from core_blocked_word order by folded");
                ResultSet row = select.executeQuery()) {
            List<BlockedWord> words = new ArrayList<>();
            while (row.next()) {
                words.add(new BlockedWord(
                        row.getString(1),
                        row.getInt(2) == 1,
                        row.getTimestamp(3).toInstant()));
            }
            return words;
        }
    }

    public static void block(Connection connection, String folded, String word, boolean refuse, Instant at)
            throws SQLException {
        unblock(connection, folded);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_blocked_word (folded, word, refuse, since) values (?, ?, ?, ?)")) {
            insert.setString(1, folded);
            insert.setString(2, word);
            insert.setInt(3, refuse ? 1 : 0);
            insert.setTimestamp(4, Timestamp.from(at));
            insert.executeUpdate();
        }
    }

    public static boolean unblock(Connection connection, String folded) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from core_blocked_word where folded = ?")) {
            delete.setString(1, folded);
            return delete.executeUpdate() > 0;
        }
    }

    /** Whether somebody else holds one of these roles in the whole town or in this neighbourhood or its borough. */
    public static boolean anotherHolds(
            Connection connection, long member, Collection<String> roles, String neighbourhood) throws SQLException {
        if (roles.isEmpty()) {
            return false;
        }
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from core_member_role where member_id <> ?"
                        + " and role in (" + "?, ".repeat(roles.size() - 1) + "?) and (limit_kind = 'town'"
                        + " or (limit_kind = 'neighbourhood' and limit_id = ?)"
                        + " or (limit_kind = 'borough' and limit_id in (select borough_id from core_neighbourhood where id = ?)))"
                        + " fetch first 1 rows only")) {
            int index = 1;
            select.setLong(index++, member);
            for (String role : roles) {
                select.setString(index++, role);
            }
            String place = neighbourhood == null ? "" : neighbourhood;
            select.setString(index++, place);
            select.setString(index, place);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** First column → how many, of a query with one moment as its parameter. */
    public static Map<String, Integer> tally(Connection connection, String sql, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setTimestamp(1, Timestamp.from(since));
            Map<String, Integer> tally = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    tally.put(row.getString(1), row.getInt(2));
                }
            }
            return tally;
        }
    }

    /** Milliseconds from opening to the first decision, of cases decided since. */
    public static List<Long> durations(Connection connection, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select opened_at, case when first_at is null then decided_at else first_at end from core_case"
                        + " where opened_at >= ? and decided_at is not null")) {
            select.setTimestamp(1, Timestamp.from(since));
            List<Long> durations = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    durations.add(
                            row.getTimestamp(2).getTime() - row.getTimestamp(1).getTime());
                }
            }
            return durations;
        }
    }

    private static void execute(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            statement.executeUpdate();
        }
    }

    private static List<Row> rows(Connection connection, PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(row(row));
            }
        }
        Map<Long, Integer> reports = reportCounts(
                connection, rows.stream().map(row -> row.known.id()).toList());
        return rows.stream()
                .map(row ->
                        new Row(counted(row.known, reports.getOrDefault(row.known.id(), 0)), row.version, row.firstBy))
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        String signs = row.getString(10);
        String decision = row.getString(13);
        String first = row.getString(19);
        return new Row(
                new Case(
                        row.getLong(1),
                        new Initiative(row.getString(2), row.getLong(3)),
                        row.getString(4),
                        State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                        row.getString(6),
                        row.getString(7),
                        row.getLong(8),
                        row.getString(9),
                        0,
                        signs.isEmpty() ? List.of() : List.of(signs.split(" ")),
                        row.getTimestamp(11).toInstant(),
                        instant(row.getTimestamp(12)),
                        decision == null ? null : Decision.valueOf(decision.toUpperCase(Locale.ROOT)),
                        row.getString(14),
                        row.getLong(15),
                        instant(row.getTimestamp(16)),
                        instant(row.getTimestamp(17)),
                        row.getString(18),
                        first == null ? null : Decision.valueOf(first.toUpperCase(Locale.ROOT))),
                row.getInt(20),
                row.getLong(21));
    }

    private static Case counted(Case known, int reports) {
        return new Case(
                known.id(),
                known.item(),
                known.source(),
                known.state(),
                known.title(),
                known.path(),
                known.author(),
                known.neighbourhood(),
                reports,
                known.signs(),
                known.openedAt(),
                known.waitingSince(),
                known.decision(),
                known.reason(),
                known.decidedBy(),
                known.decidedAt(),
                known.suspendedUntil(),
                known.appeal(),
                known.first());
    }

    private static Map<Long, Integer> reportCounts(Connection connection, List<Long> cases) throws SQLException {
        if (cases.isEmpty()) {
            return Map.of();
        }
        try (PreparedStatement select = connection.prepareStatement("select case_id, count(*) from core_report"
                + " where case_id in (" + "?, ".repeat(cases.size() - 1) + "?) group by case_id")) {
            int index = 1;
            for (Long id : cases) {
                select.setLong(index++, id);
            }
            Map<Long, Integer> counts = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getLong(1), row.getInt(2));
                }
            }
            return counts;
        }
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
