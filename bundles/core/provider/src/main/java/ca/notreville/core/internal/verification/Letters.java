// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import ca.notreville.core.api.verification.PostalAddress;
import ca.notreville.core.api.verification.VerificationService;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of letters. */
final class Letters {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Without what is taken for something else when it is read from paper. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private static final int CODE_LENGTH = 8;

    private Letters() {}

    /**
     * @param address {@code null} once the letter does not count any more
     */
    record Row(
            long id,
            long member,
            @Nullable PostalAddress address,
            Locale language,
            @Nullable String codeHash,
            int tries,
            Instant requestedAt,
            @Nullable Instant printedAt,
            @Nullable Instant goodUntil) {

        VerificationService.Letter view() {
            return new VerificationService.Letter(
                    id, requestedAt, printedAt, goodUntil, VerificationService.MAX_TRIES - tries);
        }

        boolean good(Instant now) {
            return codeHash != null
                    && goodUntil != null
                    && goodUntil.isAfter(now)
                    && tries < VerificationService.MAX_TRIES;
        }
    }

    private static final String COLUMNS =
            "select id, member_id, address, language, code_hash, tries, requested_at, printed_at, good_until"
                    + " from core_residence_letter where ";

    static Optional<Row> open(Connection connection, long member) throws SQLException {
        return one(connection, COLUMNS + "open_for = ?", member);
    }

    static Optional<Row> find(Connection connection, long id) throws SQLException {
        return one(connection, COLUMNS + "id = ? and open_for is not null", id);
    }

    private static Optional<Row> one(Connection connection, String sql, long key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, key);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row(row)) : Optional.empty();
            }
        }
    }

    static java.util.List<Row> waiting(Connection connection, int limit) throws SQLException {
        java.util.List<Row> waiting = new java.util.ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(COLUMNS
                        + "open_for is not null and printed_at is null order by requested_at, id fetch first " + limit
                        + " rows only");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                waiting.add(row(rows));
            }
        }
        return waiting;
    }

    private static Row row(ResultSet row) throws SQLException {
        String address = row.getString(3);
        return new Row(
                row.getLong(1),
                row.getLong(2),
                address == null ? null : address(address),
                Locale.forLanguageTag(row.getString(4)),
                row.getString(5),
                row.getInt(6),
                row.getTimestamp(7).toInstant(),
                instant(row.getTimestamp(8)),
                instant(row.getTimestamp(9)));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static PostalAddress address(String json) {
        try {
            return MAPPER.readValue(json, PostalAddress.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("address in the database", e);
        }
    }

    static String json(PostalAddress address) {
        try {
            return MAPPER.writeValueAsString(address);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The letter does not count any more, and its address is forgotten. */
    static void close(Connection connection, long id) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_residence_letter set open_for = null, address = null, code_hash = null where id = ?")) {
            update.setLong(1, id);
            update.executeUpdate();
        }
    }

    /** {@code K7QM-2F4X}. */
    static String newCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < CODE_LENGTH; i++) {
            if (i == CODE_LENGTH / 2) {
                code.append('-');
            }
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    static String hash(Pepper pepper, long letter, String code) {
        String plain = code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return pepper.hash("letter", letter + "|" + plain);
    }
}
