// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What of a row of news is shown.
 *
 * @param quote "" for none
 */
record NewsRow(
        long id,
        String kind,
        long actor,
        String message,
        Map<String, String> arguments,
        String quote,
        String path,
        boolean signed,
        Instant publishedAt) {

    static final String COLUMNS =
            "n.id, n.kind, n.actor_id, n.message, n.arguments, n.quote, n.path, n.signed_links, n.published_at";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, String>> ARGUMENTS = new TypeReference<>() {};

    /** From {@link #COLUMNS}, which come first. */
    static NewsRow of(ResultSet row) throws SQLException {
        String quote = row.getString(6);
        try {
            return new NewsRow(
                    row.getLong(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getString(4),
                    MAPPER.readValue(row.getString(5), ARGUMENTS),
                    quote == null ? "" : quote,
                    row.getString(7),
                    row.getBoolean(8),
                    row.getTimestamp(9).toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With the name that the actor goes by today. */
    Map<String, Object> arguments(Map<Long, String> names) {
        Map<String, Object> all = new HashMap<>(arguments);
        all.put("actor", names.getOrDefault(actor, "—"));
        return all;
    }
}
