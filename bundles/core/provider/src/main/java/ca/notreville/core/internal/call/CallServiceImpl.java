// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.call;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.call.Call;
import ca.notreville.core.api.call.CallAnswer;
import ca.notreville.core.api.call.CallDraft;
import ca.notreville.core.api.call.CallService;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.follow.Target;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.notify.News;
import ca.notreville.core.api.notify.NewsDesk;
import ca.notreville.core.internal.call.CallTable.Row;
import ca.notreville.core.internal.follow.Targets;
import ca.notreville.core.internal.follow.Targets.Found;
import ca.notreville.core.internal.notify.CoreNews;
import ca.notreville.core.internal.notify.NotifyConfig;
import ca.notreville.core.internal.notify.Readers;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Calls to action; and the job that closes those whose time is over. */
@Component(
        service = {CallService.class, JobHandler.class},
        configurationPid = NotifyConfig.PID)
public final class CallServiceImpl implements CallService, JobHandler {

    static final String SEND = "core.call-send";
    static final String CLOSE = "core.call-close";
    static final String TELL = "core.call-tell";

    private static final Duration WINDOW = Duration.ofDays(WINDOW_DAYS);
    private static final Duration USUALLY_OPEN = Duration.ofDays(7);
    private static final int AT_ONCE = 100;
    private static final Caller NOBODY = Caller.visitor(Locale.FRENCH);

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Targets targets;
    private final MemberService members;
    private final NewsDesk desk;
    private final AuditLog audit;
    private final Readers readers;
    private final ZoneId zone;

    @Activate
    public CallServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Targets targets,
            @Reference MemberService members,
            @Reference NewsDesk desk,
            @Reference AuditLog audit,
            @Reference Readers readers,
            NotifyConfig config) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.targets = targets;
        this.members = members;
        this.desk = desk;
        this.audit = audit;
        this.readers = readers;
        zone = ZoneId.of(config.timeZone());
    }

    @Override
    public boolean mayCall(Caller caller, Target target) {
        return caller.signedIn()
                && access.allowsSomewhere(caller, CALL)
                && target.initiative().isPresent()
                && targets.find(caller, target)
                        .filter(found -> access.allows(caller, CALL, Scope.in(found.neighbourhood())))
                        .isPresent();
    }

    @Override
    public Call send(Caller caller, Target target, CallDraft draft) {
        long sender = caller.requireMember();
        if (!access.allowsSomewhere(caller, CALL)) {
            throw new ForbiddenException();
        }
        Found found = targets.find(caller, target)
                .filter(f -> target.initiative().isPresent())
                .orElseThrow(NotFoundException::new);
        access.require(caller, CALL, Scope.in(found.neighbourhood()));
        Row row = checked(sender, target, found, draft);
        Sql.write(dataSource, connection -> {
            // one call of a sender after the other, so that the limit is kept however many are sent at once
            readers.lock(connection, sender);
            if (CallTable.sentSince(connection, sender, clock.instant().minus(WINDOW)) >= MOST_SENT) {
                throw new TooManyRequestsException("core.too-many-calls", WINDOW);
            }
            CallTable.insert(connection, row);
            audit.append(connection, caller, SEND, "call:" + row.id(), Map.of("target", target.toString()));
            desk.publish(connection, news(row, found));
            return true;
        });
        desk.poke();
        return view(row);
    }

    private News news(Row row, Found found) {
        News news = News.of(
                        "call:" + row.id(),
                        CoreNews.CALL,
                        row.target().initiative().orElseThrow(),
                        row.sender())
                .saying("core.news.call", Map.of("title", row.title(), "place", found.title()))
                .quoting(row.text())
                .leadingTo(path(row.id()))
                .signedLinks();
        return row.target().kind().equals(ca.notreville.core.api.territory.Neighbourhood.KIND)
                ? news.withResidents()
                : news;
    }

    static String path(long id) {
        return "/calls/" + id;
    }

    private Row checked(long sender, Target target, Found found, CallDraft draft) {
        Fields fields = new Fields();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String title = fields.line("title", draft.title(), CallDraft.MIN_TITLE, CallDraft.MAX_TITLE);
        String text = fields.text("text", draft.text(), 1, CallDraft.MAX_TEXT);
        String place = fields.line("place", draft.place(), 0, CallDraft.MAX_PLACE);
        Instant starts = moment(fields, "startsAt", draft.startsAt(), now);
        int wanted = wanted(fields, draft.wanted());
        Instant closes = moment(fields, "closesAt", draft.closesAt(), now);
        if (closes == null) {
            closes = starts == null ? now.plus(USUALLY_OPEN) : starts;
        }
        fields.verify();
        return new Row(
                ids.next(),
                sender,
                target,
                found.neighbourhood(),
                title,
                text,
                place.isEmpty() ? null : place,
                starts,
                wanted,
                0,
                0,
                0,
                closes,
                null,
                null,
                now);
    }

    private static int wanted(Fields fields, @Nullable String wanted) {
        try {
            int number = wanted == null || wanted.isBlank() ? 0 : Integer.parseInt(wanted.strip());
            if (number >= 1 && number <= CallDraft.MAX_WANTED) {
                return number;
            }
            fields.add("wanted", "core.call-wanted", Map.of("max", CallDraft.MAX_WANTED));
        } catch (NumberFormatException e) {
            fields.add("wanted", "core.call-wanted", Map.of("max", CallDraft.MAX_WANTED));
        }
        return 1;
    }

    private @Nullable Instant moment(Fields fields, String field, @Nullable String text, Instant now) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            String given = text.strip();
            Instant moment = given.endsWith("Z")
                    ? Instant.parse(given)
                    : LocalDateTime.parse(given).atZone(zone).toInstant();
            if (!moment.isAfter(now) || moment.isAfter(now.plus(Duration.ofDays(CallDraft.MAX_DAYS)))) {
                fields.add(field, "core.call-when", Map.of("days", CallDraft.MAX_DAYS));
            }
            return moment.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            fields.add(field, "core.call-no-time", Map.of());
            return null;
        }
    }

    @Override
    public Call get(long id) {
        return view(Sql.read(dataSource, connection -> CallTable.find(connection, id))
                .orElseThrow(NotFoundException::new));
    }

    @Override
    public List<Call> open(@Nullable String neighbourhood, int limit) {
        return Sql.read(dataSource, c -> CallTable.open(c, neighbourhood, clock.instant(), limit)).stream()
                .map(this::view)
                .toList();
    }

    private Call view(Row row) {
        Found found = targets.find(NOBODY, row.target()).orElse(new Found("", "", null));
        String place = row.place();
        String result = row.result();
        return new Call(
                row.id(),
                row.sender(),
                members.displayNames(List.of(row.sender())).getOrDefault(row.sender(), ""),
                row.target(),
                found.title(),
                found.path(),
                row.title(),
                row.text(),
                place == null ? "" : place,
                row.startsAt(),
                row.wanted(),
                row.yes(),
                row.maybe(),
                row.no(),
                row.closesAt(),
                row.open(clock.instant()),
                result == null ? "" : result,
                row.createdAt());
    }

    @Override
    public Optional<CallAnswer> answer(Caller caller, long id) {
        return caller.signedIn()
                ? Sql.read(dataSource, connection -> CallTable.answer(connection, id, caller.memberId()))
                : Optional.empty();
    }

    @Override
    public Call answer(Caller caller, long id, CallAnswer answer) {
        return answer(caller.requireMember(), id, answer);
    }

    private Call answer(long member, long id, CallAnswer answer) {
        return view(Sql.write(dataSource, connection -> {
            Row row = locked(connection, id);
            CallAnswer before = CallTable.answer(connection, id, member).orElse(null);
            if (before == answer) {
                return row;
            }
            Instant now = clock.instant();
            if (!row.open(now)) {
                throw new ConflictException("core.call-closed");
            }
            if (answer == CallAnswer.YES && row.yes() >= row.wanted()) {
                throw new ConflictException("core.call-full");
            }
            CallTable.setAnswer(connection, id, member, before, answer, now);
            return CallTable.find(connection, id).orElseThrow();
        }));
    }

    private static Row locked(Connection connection, long id) throws SQLException {
        if (!CallTable.lock(connection, id)) {
            throw new NotFoundException();
        }
        return CallTable.find(connection, id).orElseThrow();
    }

    @Override
    public Call answerByLetter(long id, String token, CallAnswer answer) {
        return answer(reader(id, token), id, answer);
    }

    @Override
    public Optional<CallAnswer> answerByLetter(long id, String token) {
        long member = reader(id, token);
        return Sql.read(dataSource, connection -> CallTable.answer(connection, id, member));
    }

    private long reader(long id, String token) {
        return desk.reader(path(id), token).orElseThrow(() -> new NotFoundException("core.call-link-not-good"));
    }

    @Override
    public boolean mayClose(Caller caller, Call call) {
        return caller.signedIn() && (caller.memberId() == call.sender() || mayCall(caller, call.target()));
    }

    private void requireClose(Caller caller, long id) {
        caller.requireMember();
        if (!mayClose(caller, get(id))) {
            throw new ForbiddenException();
        }
    }

    @Override
    public Call close(Caller caller, long id) {
        requireClose(caller, id);
        Row closed = Sql.write(dataSource, connection -> {
            Row row = locked(connection, id);
            if (row.closedAt() != null) {
                return row;
            }
            audit.append(connection, caller, CLOSE, "call:" + id, Map.of());
            return close(connection, row);
        });
        desk.poke();
        return view(closed);
    }

    /** Of a locked call that is not closed. */
    private Row close(Connection connection, Row row) throws SQLException {
        CallTable.close(connection, row.id(), clock.instant());
        Set<Long> told = new HashSet<>(CallTable.answerers(connection, row.id()));
        told.add(row.sender());
        desk.publish(
                connection,
                News.of(
                                path(row.id()) + ":closed",
                                CoreNews.RESULT,
                                row.target().initiative().orElseThrow(),
                                0)
                        .saying(
                                "core.news.call-closed",
                                Map.of(
                                        "title", row.title(),
                                        "yes", String.valueOf(row.yes()),
                                        "wanted", String.valueOf(row.wanted())))
                        .leadingTo(path(row.id()))
                        .to(told)
                        .only());
        return CallTable.find(connection, row.id()).orElseThrow();
    }

    @Override
    public Call tell(Caller caller, long id, @Nullable String result) {
        requireClose(caller, id);
        Fields fields = new Fields();
        String words = fields.text("result", result, 1, MAX_RESULT);
        fields.verify();
        Row told = Sql.write(dataSource, connection -> {
            Row row = locked(connection, id);
            if (row.result() != null) {
                throw new ConflictException("core.call-result-told");
            }
            if (row.closedAt() == null) {
                close(connection, row);
            }
            CallTable.tell(connection, id, words);
            audit.append(connection, caller, TELL, "call:" + id, Map.of());
            desk.publish(
                    connection,
                    News.of(
                                    path(id) + ":result",
                                    CoreNews.RESULT,
                                    row.target().initiative().orElseThrow(),
                                    caller.memberId())
                            .saying("core.news.call-result", Map.of("title", row.title()))
                            .quoting(words)
                            .leadingTo(path(id))
                            .to(CallTable.answerers(connection, id))
                            .only());
            return CallTable.find(connection, id).orElseThrow();
        });
        desk.poke();
        return view(told);
    }

    @Override
    public String kind() {
        return "core.calls";
    }

    @Override
    public Optional<Duration> period() {
        return Optional.of(Duration.ofMinutes(1));
    }

    /** Closes the calls whose time is over. */
    @Override
    public void run(Job job) {
        List<Row> overdue;
        do {
            overdue = Sql.read(dataSource, c -> CallTable.overdue(c, clock.instant(), AT_ONCE));
            for (Row row : overdue) {
                if (job.stopping()) {
                    throw new JobInterruptedException();
                }
                Sql.write(dataSource, connection -> {
                    Row now = locked(connection, row.id());
                    return now.closedAt() == null ? close(connection, now) : now;
                });
            }
            desk.poke();
        } while (overdue.size() == AT_ONCE);
    }
}
