// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.jpa;

import ca.notreville.core.api.verification.Residence;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.Consultation.Option;
import ca.notreville.ideas.api.Consultation.Phase;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.persistence.api.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Consultations and the ballots cast in them, by plain SQL. */
public final class ConsultationTable {

    private static final String COLUMNS =
            "id, title, description, rule_id, rule_limit, opens_at, closes_at, hidden," + " residence_level, threshold";

    private ConsultationTable() {}

    /** One ballot. */
    public record Row(String content, String receipt, Instant castAt) {}

    public static void insert(Connection connection, Consultation made, long by) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into ideas_consultation (" + COLUMNS
                + ", revealed, started_by, opens_key) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, made.id());
            insert.setString(2, made.title());
            insert.setString(3, made.description());
            insert.setString(4, made.rule());
            insert.setInt(5, made.limit());
            insert.setTimestamp(6, Timestamp.from(made.opensAt()));
            insert.setTimestamp(7, Timestamp.from(made.closesAt()));
            insert.setInt(8, made.hidden() ? 1 : 0);
            insert.setString(9, made.level().word());
            insert.setInt(10, made.threshold());
            insert.setInt(11, made.hidden() ? 0 : 1);
            insert.setLong(12, by);
            insert.setLong(13, made.opensAt().toEpochMilli());
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_consultation_option (consultation_id, number, title, idea_id) values (?, ?, ?, ?)")) {
            for (Option option : made.options()) {
                insert.setLong(1, made.id());
                insert.setInt(2, option.number());
                insert.setString(3, option.title());
                if (option.idea() == 0) {
                    insert.setNull(4, Types.BIGINT);
                } else {
                    insert.setLong(4, option.idea());
                }
                insert.executeUpdate();
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_consultation_place (consultation_id, neighbourhood_id) values (?, ?)")) {
            for (String place : made.places()) {
                insert.setLong(1, made.id());
                insert.setString(2, place);
                insert.executeUpdate();
            }
        }
    }

    public static Optional<Consultation> find(Connection connection, long id, Instant now) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from ideas_consultation where id = ?")) {
            select.setLong(1, id);
            return read(connection, select, now).stream().findFirst();
        }
    }

    /** Latest opening first, from after the one with this opening and id. */
    public static List<Consultation> list(Connection connection, Optional<List<Long>> after, int most, Instant now)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + COLUMNS + " from ideas_consultation"
                + (after.isPresent() ? " where opens_key < ? or opens_key = ? and id < ?" : "")
                + " order by opens_key desc, id desc fetch first " + most + " rows only")) {
            if (after.isPresent()) {
                select.setLong(1, after.get().get(0));
                select.setLong(2, after.get().get(0));
                select.setLong(3, after.get().get(1));
            }
            return read(connection, select, now);
        }
    }

    private static List<Consultation> read(Connection connection, PreparedStatement select, Instant now)
            throws SQLException {
        List<Consultation> bare = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Instant opens = row.getTimestamp(6).toInstant();
                Instant closes = row.getTimestamp(7).toInstant();
                bare.add(new Consultation(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        List.of(),
                        opens,
                        closes,
                        row.getInt(8) == 1,
                        Residence.Level.of(row.getString(9)).orElseThrow(),
                        List.of(),
                        row.getInt(10),
                        now.isBefore(opens) ? Phase.COMING : now.isBefore(closes) ? Phase.OPEN : Phase.CLOSED));
            }
        }
        List<Consultation> whole = new ArrayList<>();
        for (Consultation one : bare) {
            whole.add(new Consultation(
                    one.id(),
                    one.title(),
                    one.description(),
                    one.rule(),
                    one.limit(),
                    options(connection, one.id()),
                    one.opensAt(),
                    one.closesAt(),
                    one.hidden(),
                    one.level(),
                    places(connection, one.id()),
                    one.threshold(),
                    one.phase()));
        }
        return whole;
    }

    private static List<Option> options(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select number, title, idea_id"
                + " from ideas_consultation_option where consultation_id = ? order by number")) {
            select.setLong(1, id);
            List<Option> options = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    options.add(new Option(row.getInt(1), row.getString(2), row.getLong(3)));
                }
            }
            return options;
        }
    }

    private static List<String> places(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select neighbourhood_id"
                + " from ideas_consultation_place where consultation_id = ? order by neighbourhood_id")) {
            select.setLong(1, id);
            List<String> places = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    places.add(row.getString(1));
                }
            }
            return places;
        }
    }

    /** @return whether it was open until then */
    public static boolean close(Connection connection, long id, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update ideas_consultation set closes_at = ? where id = ? and opens_at < ? and closes_at > ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setLong(2, id);
            update.setTimestamp(3, Timestamp.from(now));
            update.setTimestamp(4, Timestamp.from(now));
            return update.executeUpdate() > 0;
        }
    }

    /**
     * Holds the consultation open until the end of the transaction: who ends it waits, and whoever voted before that is in.
     *
     * @return whether it is open
     */
    public static boolean holdOpen(Connection connection, long id, Instant now) throws SQLException {
        boolean derby = connection.getMetaData().getDatabaseProductName().contains("Derby");
        try (PreparedStatement select = connection.prepareStatement(
                "select id from ideas_consultation where id = ? and opens_at <= ? and closes_at > ?"
                        + (derby ? " with rs" : " for share"))) {
            select.setLong(1, id);
            select.setTimestamp(2, Timestamp.from(now));
            select.setTimestamp(3, Timestamp.from(now));
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    public static Optional<Row> ballot(Connection connection, long id, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select content, receipt, cast_at from ideas_ballot where consultation_id = ? and member_id = ?")) {
            select.setLong(1, id);
            select.setLong(2, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(
                                row.getString(1),
                                row.getString(2),
                                row.getTimestamp(3).toInstant()))
                        : Optional.empty();
            }
        }
    }

    public static void insertBallot(Connection connection, long id, long member, Row ballot, Optional<String> place)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_ballot"
                        + " (consultation_id, member_id, content, receipt, neighbourhood_id, cast_at) values (?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setLong(2, member);
            insert.setString(3, ballot.content);
            insert.setString(4, ballot.receipt);
            insert.setString(5, place.orElse(null));
            insert.setTimestamp(6, Timestamp.from(ballot.castAt));
            insert.executeUpdate();
        }
    }

    /** @return whether there was a ballot to change that still has this receipt */
    public static boolean updateBallot(
            Connection connection, long id, long member, String receipt, Row ballot, Optional<String> place)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update ideas_ballot set content = ?, receipt = ?,"
                + " neighbourhood_id = ?, cast_at = ? where consultation_id = ? and member_id = ? and receipt = ?")) {
            update.setString(1, ballot.content);
            update.setString(2, ballot.receipt);
            update.setString(3, place.orElse(null));
            update.setTimestamp(4, Timestamp.from(ballot.castAt));
            update.setLong(5, id);
            update.setLong(6, member);
            update.setString(7, receipt);
            return update.executeUpdate() > 0;
        }
    }

    /** @return whether there was a ballot to delete that still has this receipt */
    public static boolean deleteBallot(Connection connection, long id, long member, String receipt)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "delete from ideas_ballot where consultation_id = ? and member_id = ? and receipt = ?")) {
            delete.setLong(1, id);
            delete.setLong(2, member);
            delete.setString(3, receipt);
            return delete.executeUpdate() > 0;
        }
    }

    /** How often each content was cast. */
    public static Map<String, Long> ballots(Connection connection, long id) throws SQLException {
        return counts(
                connection,
                "select content, count(*) from ideas_ballot where consultation_id = ? group by content",
                id);
    }

    /** How many ballots came from each neighbourhood. */
    public static Map<String, Long> turnout(Connection connection, long id) throws SQLException {
        return counts(
                connection,
                "select neighbourhood_id, count(*) from ideas_ballot where consultation_id = ?"
                        + " and neighbourhood_id is not null group by neighbourhood_id",
                id);
    }

    private static Map<String, Long> counts(Connection connection, String query, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setLong(1, id);
            Map<String, Long> counts = new HashMap<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getString(1), row.getLong(2));
                }
            }
            return counts;
        }
    }

    /** A consultation whose receipts may be sealed from now on. */
    public record Due(long id, Instant opensAt) {}

    /** Hidden ones that are closed and not revealed yet. */
    public static List<Due> toReveal(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select id, opens_at from ideas_consultation where revealed = 0 and closes_at <= ?")) {
            select.setTimestamp(1, Timestamp.from(now));
            List<Due> due = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    due.add(new Due(row.getLong(1), row.getTimestamp(2).toInstant()));
                }
            }
            return due;
        }
    }

    public static void revealed(Connection connection, long id) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update ideas_consultation set revealed = 1 where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    /** Consultations in which this member has a ballot. */
    public static List<Long> cast(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select consultation_id from ideas_ballot where member_id = ?")) {
            select.setLong(1, member);
            List<Long> ids = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        }
    }

    /** The ballots stay, each under a number of its own, without the secret of its receipt, and of their time the day is left. */
    public static int forget(Connection connection, long member, Ids ids) throws SQLException {
        List<Long> cast = cast(connection, member);
        try (PreparedStatement update =
                connection.prepareStatement("update ideas_ballot set member_id = ?," + " receipt = substr(receipt, 1, "
                        + Receipt.WITHOUT_SECRET + "), cast_at = ? where consultation_id = ? and member_id = ?")) {
            for (long id : cast) {
                Row ballot = ballot(connection, id, member).orElse(null);
                if (ballot != null) {
                    update.setLong(1, -ids.next());
                    update.setTimestamp(2, Timestamp.from(ballot.castAt.truncatedTo(ChronoUnit.DAYS)));
                    update.setLong(3, id);
                    update.setLong(4, member);
                    update.executeUpdate();
                }
            }
        }
        return cast.size();
    }
}
