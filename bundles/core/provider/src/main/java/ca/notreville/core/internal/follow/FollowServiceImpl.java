// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.follow;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.follow.FollowRules;
import ca.notreville.core.api.follow.FollowService;
import ca.notreville.core.api.follow.Followed;
import ca.notreville.core.api.follow.Occasion;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.internal.follow.Targets.Found;
import ca.notreville.core.internal.notify.Readers;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class FollowServiceImpl implements FollowService {

    private static final int REMEMBERED = 1 << 13;
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration RULES_FRESH = Duration.ofSeconds(30);

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final Targets targets;
    private final Readers readers;
    private final ReadCache<Integer> followers = new ReadCache<>(REMEMBERED, FRESH, 0);
    private final ReadCache<FollowRules> rules = new ReadCache<>(REMEMBERED, RULES_FRESH, FollowRules.DEFAULT);

    @Activate
    public FollowServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference Targets targets,
            @Reference Readers readers) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.targets = targets;
        this.readers = readers;
    }

    @Override
    public void follow(Caller caller, Target target) {
        long member = caller.requireMember();
        if (targets.find(caller, target).isEmpty()) {
            throw new NotFoundException();
        }
        if (target.toString().equals("member:" + member)) {
            throw new ConflictException("core.follows-self");
        }
        Sql.write(dataSource, connection -> {
            // Locked first, so that of many at once the last one is counted against the limit.
            readers.lock(connection, member);
            if (Boolean.TRUE.equals(state(connection, member, target))) {
                return false;
            }
            if (followed(connection, member) >= MAX) {
                throw new ConflictException("core.follows-too-much");
            }
            if (!set(connection, member, target, true)) {
                insert(connection, member, target);
            }
            return true;
        });
        followers.changed(key(target));
    }

    @Override
    public void unfollow(Caller caller, Target target) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> set(connection, member, target, false));
        followers.changed(key(target));
    }

    /** @return whether there is such a row */
    private static boolean set(Connection connection, long member, Target target, boolean active) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_follow set active = ? where member_id = ? and target = ?")) {
            update.setBoolean(1, active);
            update.setLong(2, member);
            update.setString(3, target.toString());
            return update.executeUpdate() == 1;
        }
    }

    private void insert(Connection connection, long member, Target target) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_follow (member_id, target, id, active, since) values (?, ?, ?, true, ?)")) {
            insert.setLong(1, member);
            insert.setString(2, target.toString());
            insert.setLong(3, ids.next());
            insert.setTimestamp(4, Timestamp.from(clock.instant()));
            insert.executeUpdate();
        }
    }

    private static int followed(Connection connection, long member) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from core_follow where member_id = ? and active = true")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Override
    public boolean follows(Caller caller, Target target) {
        return caller.signedIn()
                && Sql.read(
                        dataSource, connection -> Boolean.TRUE.equals(state(connection, caller.memberId(), target)));
    }

    /** Whether the member follows; {@code null} if they never did. */
    private static @Nullable Boolean state(Connection connection, long member, Target target) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select active from core_follow where member_id = ? and target = ?")) {
            select.setLong(1, member);
            select.setString(2, target.toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBoolean(1) : null;
            }
        }
    }

    @Override
    public int followers(Target target) {
        long key = key(target);
        return Objects.requireNonNull(followers
                .get(List.of(key), missing -> Map.of(key, Sql.read(dataSource, c -> countOf(c, target))))
                .get(key));
    }

    private static int countOf(Connection connection, Target target) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select count(*) from core_follow where target = ? and active = true")) {
            select.setString(1, target.toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Two targets of one key would be a chance of one in 2^63 for each pair, and a wrong number for seconds. */
    private static long key(Target target) {
        long key = 0xcbf29ce484222325L;
        String text = target.toString();
        for (int i = 0; i < text.length(); i++) {
            key = (key ^ text.charAt(i)) * 0x100000001b3L;
        }
        return key;
    }

    private record Row(long id, Target target, java.time.Instant since) {}

    @Override
    public Slice<Followed> list(Caller caller, Paging paging) {
        long member = caller.requireMember();
        long before = paging.after().isEmpty() ? Long.MAX_VALUE : paging.after().get(0);
        List<Row> rows = Sql.read(dataSource, connection -> rows(connection, member, before, paging.limit() + 1));
        return paging.slice(rows, row -> Paging.cursor(row.id)).map(row -> {
            Found found = targets.find(caller, row.target).orElse(new Found("", "", null));
            return new Followed(row.id, row.target, found.title(), found.path(), row.since);
        });
    }

    private static List<Row> rows(Connection connection, long member, long before, int wanted) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select id, target, since from core_follow"
                + " where member_id = ? and active = true and id < ? order by id desc fetch first " + wanted
                + " rows only")) {
            select.setLong(1, member);
            select.setLong(2, before);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(
                            row.getLong(1),
                            Target.parse(row.getString(2)).orElseThrow(),
                            row.getTimestamp(3).toInstant()));
                }
            }
            return rows;
        }
    }

    @Override
    public void automatically(Connection connection, long member, Target target, Occasion occasion)
            throws SQLException {
        if (!rules(connection, member).on(occasion)
                || target.toString().equals("member:" + member)
                || state(connection, member, target) != null) {
            return;
        }
        insert(connection, member, target);
        followers.changed(key(target));
    }

    /** On the connection of a transaction, which must not wait for another one. */
    private FollowRules rules(Connection connection, long member) {
        return Objects.requireNonNull(rules.get(List.of(member), missing -> {
                    Map<Long, FollowRules> read = new HashMap<>();
                    try {
                        Readers.rules(connection, member).ifPresent(found -> read.put(member, found));
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                    return read;
                })
                .get(member));
    }

    @Override
    public FollowRules rules(Caller caller) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> Readers.rules(connection, member))
                .orElse(FollowRules.DEFAULT);
    }

    @Override
    public void setRules(Caller caller, FollowRules wanted) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            readers.lock(connection, member);
            Readers.setRules(connection, member, wanted);
            return true;
        });
        rules.changed(member);
    }
}
