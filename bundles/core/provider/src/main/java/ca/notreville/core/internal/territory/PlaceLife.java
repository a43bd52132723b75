// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A neighbourhood in numbers, a minute old at most. */
@Component(service = PlaceLife.class)
public final class PlaceLife {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int REMEMBERED = 512;

    private final DataSource dataSource;
    private final ReadCache<Numbers> cache = new ReadCache<>(REMEMBERED, FRESH, new Numbers(0, 0, 0));

    /**
     * @param members who say that they live here
     * @param said comments on the neighbourhood itself
     */
    public record Numbers(long members, long organisations, long said) {}

    @Activate
    public PlaceLife(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public Numbers of(Neighbourhood place) {
        Map<Long, Numbers> known = cache.get(
                List.of(place.number()),
                numbers -> Sql.read(dataSource, connection -> {
                    Map<Long, Numbers> read = new HashMap<>();
                    read.put(place.number(), read(connection, place));
                    return read;
                }));
        return known.getOrDefault(place.number(), new Numbers(0, 0, 0));
    }

    private static Numbers read(Connection connection, Neighbourhood place) throws SQLException {
        return new Numbers(
                count(connection, "select count(*) from core_member where neighbourhood_id = ?", place.id()),
                count(connection, "select count(*) from core_organisation where neighbourhood_id = ?", place.id()),
                count(
                        connection,
                        "select count(*) from core_comment where kind = 'neighbourhood' and initiative_id = ?",
                        place.number()));
    }

    private static long count(Connection connection, String sql, Object key) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setObject(1, key);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
