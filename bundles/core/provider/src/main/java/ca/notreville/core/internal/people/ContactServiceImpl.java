// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class ContactServiceImpl implements ContactService {

    private static final Duration DAY = Duration.ofDays(1);

    private static final String WAITING = "waiting";
    private static final String CONNECTED = "connected";
    private static final String DECLINED = "declined";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Letters letters;

    @Activate
    public ContactServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Letters letters) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.letters = letters;
    }

    /** How two members stand to each other, whoever looks. */
    record Pair(String state, long askedBy) {}

    private static Optional<Pair> pair(Connection connection, long one, long other) throws SQLException {
        return Db.one(
                connection,
                "select state, asked_by from core_connection where low_id = ? and high_id = ?",
                row -> new Pair(row.getString(1), row.getLong(2)),
                Math.min(one, other),
                Math.max(one, other));
    }

    static boolean connected(Connection connection, long one, long other) throws SQLException {
        return pair(connection, one, other)
                .filter(pair -> pair.state().equals(CONNECTED))
                .isPresent();
    }

    static boolean blocks(Connection connection, long member, Actor blocked) throws SQLException {
        return Db.number(
                        connection,
                        "select count(*) from core_block where member_id = ? and blocked = ?",
                        member,
                        blocked.toString())
                > 0;
    }

    @Override
    public State state(Caller caller, long member) {
        long self = caller.memberId();
        return self == 0 || self == member
                ? State.NONE
                : Sql.read(dataSource, connection -> state(connection, self, member));
    }

    private static State state(Connection connection, long self, long member) throws SQLException {
        if (blocks(connection, self, Actor.member(member))) {
            return State.BLOCKED;
        }
        Pair pair = pair(connection, self, member).orElse(null);
        if (pair == null) {
            return State.NONE;
        }
        boolean asked = pair.askedBy() == self;
        return switch (pair.state()) {
            case CONNECTED -> State.CONNECTED;
            case WAITING -> asked ? State.ASKED : State.WAITING;
            // who was declined is not told; who declined may change their mind
            default -> asked ? State.ASKED : State.NONE;
        };
    }

    /** Holds the rows of both, the lower id first, so that two who act on each other at once do so one after the other. */
    private static void hold(Connection connection, long one, long other) throws SQLException {
        for (long id : new long[] {Math.min(one, other), Math.max(one, other)}) {
            if (Db.update(connection, "update core_member set version = version where id = ?", id) == 0) {
                throw new NotFoundException();
            }
        }
    }

    @Override
    public State connect(Caller caller, long member, @Nullable String words) {
        access.require(caller, CONNECT);
        long self = caller.requireMember();
        if (self == member) {
            throw new NotFoundException();
        }
        Fields fields = new Fields();
        String text = fields.text("words", words, 0, MAX_WORDS);
        fields.verify();
        State state = Sql.write(dataSource, connection -> {
            hold(connection, self, member);
            State present = state(connection, self, member);
            if (present == State.CONNECTED || present == State.ASKED) {
                return present;
            }
            if (present == State.WAITING) {
                accept(connection, caller, member);
                return State.CONNECTED;
            }
            if (present == State.BLOCKED || !reachable(connection, self, member)) {
                throw new ForbiddenException("core.not-reachable");
            }
            Instant now = clock.instant();
            if (Db.number(
                            connection,
                            "select count(*) from core_connection where asked_by = ? and asked_at > ?",
                            self,
                            now.minus(DAY))
                    >= MAX_A_DAY) {
                throw new TooManyRequestsException("core.too-many-requests", DAY);
            }
            remove(connection, self, member);
            Db.update(
                    connection,
                    "insert into core_connection (low_id, high_id, asked_by, state, words, asked_at) values (?, ?, ?, ?, ?, ?)",
                    Math.min(self, member),
                    Math.max(self, member),
                    self,
                    WAITING,
                    text,
                    now);
            tell(connection, member, "connect", caller.displayName(), text, "/members/me/connections");
            return State.ASKED;
        });
        letters.poke();
        return state;
    }

    private static boolean reachable(Connection connection, long self, long member) throws SQLException {
        return !blocks(connection, member, Actor.member(self))
                && Db.number(
                                connection,
                                "select count(*) from core_profile where member_id = ? and reachable = 0",
                                member)
                        == 0;
    }

    private void accept(Connection connection, Caller caller, long asker) throws SQLException {
        Db.update(
                connection,
                "update core_connection set state = ?, answered_at = ?, words = '' where low_id = ? and high_id = ?",
                CONNECTED,
                clock.instant(),
                Math.min(caller.memberId(), asker),
                Math.max(caller.memberId(), asker));
        tell(connection, asker, "connected", caller.displayName(), "", "/members/" + caller.memberId());
    }

    private void tell(Connection connection, long member, String letter, String name, String words, String path)
            throws SQLException {
        Optional<Letters.Reader> reader = Letters.reader(connection, member);
        if (reader.isPresent()) {
            letters.post(
                    connection,
                    letter + ":" + member + ":" + ids.next(),
                    reader.get(),
                    letter,
                    Map.of("name", name),
                    words,
                    path);
        }
    }

    private static void remove(Connection connection, long one, long other) throws SQLException {
        Db.update(
                connection,
                "delete from core_connection where low_id = ? and high_id = ?",
                Math.min(one, other),
                Math.max(one, other));
    }

    @Override
    public void answer(Caller caller, long member, boolean accept) {
        long self = caller.requireMember();
        Sql.write(dataSource, connection -> {
            hold(connection, self, member);
            if (state(connection, self, member) != State.WAITING) {
                throw new NotFoundException();
            }
            if (accept) {
                accept(connection, caller, member);
            } else {
                Db.update(
                        connection,
                        "update core_connection set state = ?, answered_at = ?, words = '' where low_id = ? and high_id = ?",
                        DECLINED,
                        clock.instant(),
                        Math.min(self, member),
                        Math.max(self, member));
            }
            return true;
        });
        letters.poke();
    }

    @Override
    public void disconnect(Caller caller, long member) {
        long self = caller.requireMember();
        Sql.write(dataSource, connection -> {
            hold(connection, self, member);
            Pair pair = pair(connection, self, member).orElse(null);
            // a request that was declined stays, or it could be made again and again
            if (pair != null && !(pair.state().equals(DECLINED) && pair.askedBy() == self)) {
                remove(connection, self, member);
            }
            return true;
        });
    }

    @Override
    public List<Request> requests(Caller caller) {
        long self = caller.requireMember();
        return Sql.read(
                dataSource,
                connection -> Db.list(
                        connection,
                        "select m.id, m.display_name, c.words, c.asked_at from core_connection c"
                                + " join core_member m on m.id = c.asked_by where (c.low_id = ? or c.high_id = ?)"
                                + " and c.state = 'waiting' and c.asked_by <> ? order by c.asked_at desc, m.id desc"
                                + " fetch first 100 rows only",
                        row -> new Request(
                                row.getLong(1), row.getString(2), row.getString(3), Db.moment(row, "asked_at")),
                        self,
                        self,
                        self));
    }

    @Override
    public List<NamedActor> connections(Caller caller) {
        long self = caller.requireMember();
        return Sql.read(
                dataSource,
                connection -> Db.list(
                        connection,
                        "select m.id, m.display_name from core_connection c join core_member m"
                                + " on m.id = case when c.low_id = ? then c.high_id else c.low_id end"
                                + " where (c.low_id = ? or c.high_id = ?) and c.state = 'connected'"
                                + " order by c.answered_at desc, m.id desc fetch first 500 rows only",
                        row -> new NamedActor(Actor.member(row.getLong(1)), row.getString(2)),
                        self,
                        self,
                        self));
    }

    @Override
    public void block(Caller caller, Actor actor) {
        long self = caller.requireMember();
        if (actor.equals(Actor.member(self))) {
            throw new NotFoundException();
        }
        Sql.write(dataSource, connection -> {
            if (actor.kind() == Actor.Kind.MEMBER) {
                hold(connection, self, actor.id());
                remove(connection, self, actor.id());
            } else {
                OrganisationServiceImpl.read(connection, actor.id());
            }
            if (!blocks(connection, self, actor)) {
                Db.update(
                        connection,
                        "insert into core_block (member_id, blocked, blocked_at) values (?, ?, ?)",
                        self,
                        actor.toString(),
                        clock.instant());
            }
            return true;
        });
    }

    @Override
    public void unblock(Caller caller, Actor actor) {
        long self = caller.requireMember();
        Sql.write(
                dataSource,
                connection -> Db.update(
                        connection,
                        "delete from core_block where member_id = ? and blocked = ?",
                        self,
                        actor.toString()));
    }

    @Override
    public List<NamedActor> blocked(Caller caller) {
        long self = caller.requireMember();
        return Sql.read(dataSource, connection -> {
            List<Actor> actors = Db.list(
                            connection,
                            "select blocked from core_block where member_id = ? order by blocked_at desc",
                            row -> Actor.parse(row.getString(1)),
                            self)
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
            Map<Actor, String> names = OrganisationServiceImpl.names(connection, actors);
            return actors.stream()
                    .map(actor -> new NamedActor(actor, names.getOrDefault(actor, "")))
                    .toList();
        });
    }
}
