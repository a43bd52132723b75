// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.contact.ContactService;
import ca.notreville.core.api.contact.MessageService;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Messages. Each side of a thread has a row of its own, which says what it has read and when it is to be told; the job brings
 * the letters that could not go at once, since one had gone within the hour.
 */
@Component(service = {MessageService.class, JobHandler.class})
public final class MessageServiceImpl implements MessageService, JobHandler {

    static final Duration BETWEEN_LETTERS = Duration.ofHours(1);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String SIDES =
            "select t.thread_id, t.side, t.other, t.last_id, t.last_at, t.read_id from core_thread_side t ";
    private static final String MESSAGES =
            "select g.id, g.thread_id, g.side, m.display_name, g.body, g.written_at from core_message g"
                    + " join core_member m on m.id = g.author_id ";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final OrganisationService organisations;
    private final Letters letters;

    @Activate
    public MessageServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference OrganisationService organisations,
            @Reference Letters letters) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.organisations = organisations;
        this.letters = letters;
    }

    /** One side of a thread, as it stands in its row. */
    private record Side(long thread, Actor own, Actor other, long lastId, Instant lastAt, long readId) {}

    private static Side side(ResultSet row) throws SQLException {
        return new Side(
                row.getLong(1),
                Actor.parse(row.getString(2)).orElseThrow(),
                Actor.parse(row.getString(3)).orElseThrow(),
                row.getLong(4),
                Db.moment(row, "last_at"),
                row.getLong(6));
    }

    @Override
    public Message send(Caller caller, Actor from, Actor to, @Nullable String body) {
        access.require(caller, ContactService.CONNECT);
        organisations.requireActFor(caller, from);
        Fields fields = new Fields();
        String text = fields.text("body", body, 1, MAX_BODY);
        fields.verify();
        if (from.equals(to)) {
            throw new NotFoundException();
        }
        Message sent = Sql.write(dataSource, connection -> {
            // held, so that of many at once each is counted
            Db.update(connection, "update core_member set version = version where id = ?", caller.memberId());
            Map<Actor, String> names = OrganisationServiceImpl.names(connection, List.of(from, to));
            if (!names.containsKey(to)) {
                throw new NotFoundException();
            }
            requireOpen(connection, caller, from, to);
            Instant now = clock.instant();
            if (Db.number(
                            connection,
                            "select count(*) from core_message where author_id = ? and written_at > ?",
                            caller.memberId(),
                            now.minus(HOUR))
                    >= MAX_AN_HOUR) {
                throw new TooManyRequestsException("core.too-many-messages", HOUR);
            }
            long thread = thread(connection, from, to, now);
            long id = ids.next();
            Db.update(
                    connection,
                    "insert into core_message (id, thread_id, side, author_id, body, written_at) values (?, ?, ?, ?, ?, ?)",
                    id,
                    thread,
                    from.toString(),
                    caller.memberId(),
                    text,
                    now);
            Db.update(
                    connection,
                    "update core_thread_side set last_id = ?, last_at = ? where thread_id = ?",
                    id,
                    now,
                    thread);
            Db.update(
                    connection,
                    "update core_thread_side set read_id = ?, tell_at = null where thread_id = ? and side = ?",
                    id,
                    thread,
                    from.toString());
            Db.update(
                    connection,
                    "update core_thread_side set tell_at = ? where thread_id = ? and side = ? and tell_at is null",
                    due(connection, thread, to, now),
                    thread,
                    to.toString());
            tellIfDue(connection, thread, to, now);
            return new Message(id, thread, from, caller.displayName(), text, now);
        });
        letters.poke();
        return sent;
    }

    /** Whether this side may be written to: organisations by everybody, people by those they know or wrote to. */
    private static void requireOpen(Connection connection, Caller caller, Actor from, Actor to) throws SQLException {
        if (to.kind() == Actor.Kind.ORGANISATION) {
            return;
        }
        if (ContactServiceImpl.blocks(connection, to.id(), from)
                || ContactServiceImpl.blocks(connection, to.id(), Actor.member(caller.memberId()))) {
            throw new ForbiddenException("core.not-reachable");
        }
        boolean known =
                from.kind() == Actor.Kind.MEMBER && ContactServiceImpl.connected(connection, from.id(), to.id());
        boolean wrote = Db.number(
                        connection,
                        "select count(*) from core_message g join core_thread t on t.id = g.thread_id"
                                + " where t.sides = ? and g.side = ?",
                        sides(from, to),
                        to.toString())
                > 0;
        if (!known && (from.kind() == Actor.Kind.MEMBER || !wrote)) {
            throw new ForbiddenException("core.not-connected");
        }
    }

    private static String sides(Actor one, Actor other) {
        String a = one.toString();
        String b = other.toString();
        return a.compareTo(b) < 0 ? a + " " + b : b + " " + a;
    }

    /** The thread of two sides, held until the end of the transaction; made if there is none. */
    private long thread(Connection connection, Actor from, Actor to, Instant now) throws SQLException {
        String sides = sides(from, to);
        if (Db.update(connection, "update core_thread set messages = messages + 1 where sides = ?", sides) == 0) {
            // of two at once that find none, the key lets one through, and the other is tried again
            long id = ids.next();
            Db.update(connection, "insert into core_thread (id, sides, messages) values (?, ?, 1)", id, sides);
            for (Actor[] pair : new Actor[][] {{from, to}, {to, from}}) {
                Db.update(
                        connection,
                        "insert into core_thread_side (thread_id, side, other, last_id, last_at, read_id) values (?, ?, ?, 0, ?, 0)",
                        id,
                        pair[0].toString(),
                        pair[1].toString(),
                        now);
            }
            return id;
        }
        return Db.number(connection, "select id from core_thread where sides = ?", sides);
    }

    private static Instant due(Connection connection, long thread, Actor side, Instant now) throws SQLException {
        Instant told = Db.one(
                        connection,
                        "select told_at from core_thread_side where thread_id = ? and side = ?",
                        row -> {
                            Timestamp at = row.getTimestamp(1);
                            return at == null ? Instant.EPOCH : at.toInstant();
                        },
                        thread,
                        side.toString())
                .orElseThrow();
        Instant next = told.plus(BETWEEN_LETTERS);
        return next.isAfter(now) ? next : now;
    }

    /** Posts the letters of a side whose time has come; the row of the thread is held. */
    private void tellIfDue(Connection connection, long thread, Actor side, Instant now) throws SQLException {
        int due = Db.update(
                connection,
                "update core_thread_side set told_at = ?, tell_at = null where thread_id = ? and side = ? and tell_at <= ?"
                        + " and read_id < last_id",
                now,
                thread,
                side.toString(),
                now);
        if (due == 0) {
            return;
        }
        Side row = Db.one(
                        connection,
                        SIDES + "where t.thread_id = ? and t.side = ?",
                        MessageServiceImpl::side,
                        thread,
                        side.toString())
                .orElseThrow();
        String name =
                OrganisationServiceImpl.names(connection, List.of(row.other())).getOrDefault(row.other(), "");
        List<Long> readers = side.kind() == Actor.Kind.MEMBER
                ? List.of(side.id())
                : OrganisationServiceImpl.acting(connection, side.id());
        for (long reader : readers) {
            Optional<Letters.Reader> known = Letters.reader(connection, reader);
            if (known.isPresent() && !ContactServiceImpl.blocks(connection, reader, row.other())) {
                letters.post(
                        connection,
                        "message:" + row.lastId() + ":" + reader,
                        known.get(),
                        "message",
                        Map.of("name", name),
                        "",
                        "/messages/" + thread);
            }
        }
    }

    @Override
    public String kind() {
        return "core.message-letters";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofMinutes(5));
    }

    /** Brings the letters that had to wait. */
    @Override
    public void run(Job job) {
        Instant now = clock.instant();
        List<Side> due;
        do {
            due = Sql.read(
                    dataSource,
                    connection -> Db.list(
                            connection,
                            SIDES + "where t.tell_at <= ? order by t.tell_at fetch first 200 rows only",
                            MessageServiceImpl::side,
                            now));
            for (Side side : due) {
                Sql.write(dataSource, connection -> {
                    Db.update(connection, "update core_thread set messages = messages where id = ?", side.thread());
                    tellIfDue(connection, side.thread(), side.own(), now);
                    // what was read meanwhile needs no letter
                    return Db.update(
                            connection,
                            "update core_thread_side set tell_at = null where thread_id = ? and side = ? and tell_at <= ?",
                            side.thread(),
                            side.own().toString(),
                            now);
                });
            }
        } while (!due.isEmpty() && !job.stopping());
        letters.poke();
    }

    @Override
    public Slice<Conversation> threads(Caller caller, Paging paging) {
        caller.requireMember();
        List<NamedActor> own = organisations.actors(caller);
        return Sql.read(dataSource, connection -> {
            List<@Nullable Object> parameters = new ArrayList<>();
            own.forEach(actor -> parameters.add(actor.actor().toString()));
            String after = "";
            if (!paging.after().isEmpty()) {
                after = " and t.last_id < ?";
                parameters.add(paging.after().get(0));
            }
            List<Side> sides = Db.list(
                    connection,
                    SIDES + "where t.side in (" + Db.marks(own) + ")" + after
                            + " order by t.last_id desc, t.side fetch first " + (paging.limit() + 1) + " rows only",
                    MessageServiceImpl::side,
                    parameters.toArray());
            Slice<Side> slice = paging.slice(sides, side -> Paging.cursor(side.lastId()));
            Map<Actor, String> names = OrganisationServiceImpl.names(
                    connection, slice.items().stream().map(Side::other).toList());
            return slice.map(side -> conversation(side, own, names));
        });
    }

    private static Conversation conversation(Side side, List<NamedActor> own, Map<Actor, String> names) {
        NamedActor self = own.stream()
                .filter(actor -> actor.actor().equals(side.own()))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        return new Conversation(
                side.thread(),
                self,
                new NamedActor(side.other(), names.getOrDefault(side.other(), "")),
                side.readId() < side.lastId(),
                side.lastAt());
    }

    /** The caller's side; where they are on both, their own. */
    private static Side own(Connection connection, List<NamedActor> own, long thread) throws SQLException {
        List<Side> sides = Db.list(connection, SIDES + "where t.thread_id = ?", MessageServiceImpl::side, thread);
        for (NamedActor actor : own) {
            for (Side side : sides) {
                if (side.own().equals(actor.actor())) {
                    return side;
                }
            }
        }
        throw new NotFoundException();
    }

    @Override
    public Conversation thread(Caller caller, long id) {
        caller.requireMember();
        List<NamedActor> own = organisations.actors(caller);
        return Sql.read(dataSource, connection -> {
            Side side = own(connection, own, id);
            return conversation(side, own, OrganisationServiceImpl.names(connection, List.of(side.other())));
        });
    }

    @Override
    public Slice<Message> messages(Caller caller, long thread, Paging paging) {
        caller.requireMember();
        List<NamedActor> own = organisations.actors(caller);
        return Sql.write(dataSource, connection -> {
            Side side = own(connection, own, thread);
            List<Message> messages = Db.list(
                    connection,
                    MESSAGES + "where g.thread_id = ? and g.id < ? order by g.id desc fetch first "
                            + (paging.limit() + 1) + " rows only",
                    row -> new Message(
                            row.getLong(1),
                            row.getLong(2),
                            Actor.parse(row.getString(3)).orElseThrow(),
                            row.getString(4),
                            row.getString(5),
                            Db.moment(row, "written_at")),
                    thread,
                    paging.after().isEmpty() ? Long.MAX_VALUE : paging.after().get(0));
            if (paging.after().isEmpty()
                    && !messages.isEmpty()
                    && side.readId() < messages.get(0).id()) {
                Db.update(
                        connection,
                        "update core_thread_side set read_id = ?, tell_at = null where thread_id = ? and side = ? and read_id < ?",
                        messages.get(0).id(),
                        thread,
                        side.own().toString(),
                        messages.get(0).id());
            }
            return paging.slice(messages, message -> Paging.cursor(message.id()));
        });
    }

    @Override
    public int unread(Caller caller) {
        if (!caller.signedIn()) {
            return 0;
        }
        List<NamedActor> own = organisations.actors(caller);
        return (int) (long) Sql.read(
                dataSource,
                connection -> Db.number(
                        connection,
                        "select count(*) from core_thread_side where side in (" + Db.marks(own)
                                + ") and read_id < last_id",
                        own.stream().map(actor -> actor.actor().toString()).toArray()));
    }
}
