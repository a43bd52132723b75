// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.profile.KindService;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.access.RoleServiceImpl;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
public final class KindServiceImpl implements KindService {

    static final String DECIDE = "core.kind-decide";

    private static final int MIN_REASON = 20;
    private static final String COLUMNS =
            "select k.id, k.member_id, m.display_name, k.kind, k.neighbourhood_id, k.reason, k.state, k.answer, k.asked_at"
                    + " from core_kind_request k join core_member m on m.id = k.member_id ";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final TerritoryService territory;
    private final RoleServiceImpl roles;
    private final AuditLog audit;
    private final Letters letters;
    private final Outbox outbox;

    @Activate
    public KindServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference TerritoryService territory,
            @Reference RoleServiceImpl roles,
            @Reference AuditLog audit,
            @Reference Letters letters,
            @Reference Outbox outbox) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.territory = territory;
        this.roles = roles;
        this.audit = audit;
        this.letters = letters;
        this.outbox = outbox;
    }

    @Override
    public KindRequest ask(
            Caller caller, @Nullable String kind, @Nullable String reason, @Nullable String neighbourhood) {
        long member = caller.requireMember();
        Fields fields = new Fields();
        String wanted = fields.choice("kind", kind, KINDS);
        String why = fields.text("reason", reason, MIN_REASON, MAX_REASON);
        String place = fields.oneOf(
                "place",
                neighbourhood,
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList());
        fields.verify();
        String waiting = member + " " + wanted + (place == null ? "" : " " + place);
        return Sql.write(dataSource, connection -> {
            if (Db.number(connection, "select count(*) from core_kind_request where waiting = ?", waiting) > 0) {
                throw new ConflictException("core.kind-asked");
            }
            long id = ids.next();
            Db.update(
                    connection,
                    "insert into core_kind_request (id, member_id, kind, neighbourhood_id, reason, state, waiting, answer, asked_at)"
                            + " values (?, ?, ?, ?, ?, 'waiting', ?, '', ?)",
                    id,
                    member,
                    wanted,
                    place,
                    why,
                    waiting,
                    clock.instant());
            return find(connection, id);
        });
    }

    @Override
    public List<KindRequest> own(Caller caller) {
        long member = caller.requireMember();
        return Sql.read(
                dataSource,
                connection -> Db.list(
                        connection,
                        COLUMNS + "where k.member_id = ? order by k.id desc fetch first 20 rows only",
                        KindServiceImpl::request,
                        member));
    }

    @Override
    public void withdraw(Caller caller, long request) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            if (find(connection, request).member() != member) {
                throw new NotFoundException();
            }
            return Db.update(
                    connection,
                    "update core_kind_request set state = 'withdrawn', waiting = null, decided_at = ? where id = ? and state = 'waiting'",
                    clock.instant(),
                    request);
        });
    }

    @Override
    public Slice<KindRequest> waiting(Caller caller, Paging paging) {
        if (!access.allowsSomewhere(caller, PROFILES)) {
            throw caller.signedIn() ? new ForbiddenException() : new UnauthenticatedException();
        }
        return Sql.read(dataSource, connection -> {
            List<KindRequest> mine = new ArrayList<>();
            long after = paging.after().isEmpty() ? 0 : paging.after().get(0);
            List<KindRequest> some;
            // whoever decides for one neighbourhood alone is not shown the rest
            do {
                some = Db.list(
                        connection,
                        COLUMNS + "where k.state = 'waiting' and k.id > ? order by k.id fetch first 100 rows only",
                        KindServiceImpl::request,
                        after);
                for (KindRequest request : some) {
                    after = request.id();
                    if (access.allows(caller, PROFILES, Scope.in(request.neighbourhood()))) {
                        mine.add(request);
                    }
                }
            } while (!some.isEmpty() && mine.size() <= paging.limit());
            List<KindRequest> page = mine.subList(0, Math.min(mine.size(), paging.limit() + 1));
            return paging.slice(page, request -> Paging.cursor(request.id()));
        });
    }

    @Override
    public KindRequest decide(Caller caller, long request, boolean approve, @Nullable String answer) {
        Fields fields = new Fields();
        String words = fields.text("answer", answer, approve ? 0 : 1, MAX_ANSWER);
        KindRequest decided = Sql.write(dataSource, connection -> {
            if (!access.allowsSomewhere(caller, PROFILES)) {
                access.require(caller, PROFILES);
            }
            KindRequest asked = find(connection, request);
            access.require(caller, PROFILES, Scope.in(asked.neighbourhood()));
            if (asked.member() == caller.memberId()) {
                throw new ForbiddenException("core.kind-own");
            }
            fields.verify();
            int changed = Db.update(
                    connection,
                    "update core_kind_request set state = ?, waiting = null, answer = ?, decided_by = ?, decided_at = ?"
                            + " where id = ? and state = 'waiting'",
                    approve ? "approved" : "refused",
                    words,
                    caller.memberId(),
                    clock.instant(),
                    request);
            if (changed == 0) {
                throw new ConflictException("core.kind-decided");
            }
            if (approve) {
                Db.update(
                        connection,
                        "update core_member set profile = ?, version = version + 1 where id = ?",
                        asked.kind().word(),
                        asked.member());
                roles.grant(connection, caller, asked.member(), grant(asked));
                outbox.append(
                        connection,
                        SearchSource.TOPIC,
                        new Initiative(ProfileServiceImpl.KIND, asked.member()).toString());
            }
            audit.append(
                    connection,
                    caller,
                    DECIDE,
                    "member:" + asked.member(),
                    Map.of(
                            "kind",
                            asked.kind().word(),
                            "approved",
                            String.valueOf(approve),
                            "request",
                            String.valueOf(request),
                            "answer",
                            words));
            Letters.Reader reader = Letters.reader(connection, asked.member()).orElseThrow(NotFoundException::new);
            letters.post(
                    connection,
                    "kind:" + request,
                    reader,
                    approve ? "kind-approved" : "kind-refused",
                    Map.of("kind", asked.kind().word()),
                    words,
                    "/members/me/profile");
            return find(connection, request);
        });
        letters.poke();
        outbox.poke();
        return decided;
    }

    private static Grant grant(KindRequest request) {
        Role role = Role.of(request.kind().word()).orElseThrow();
        String place = request.neighbourhood();
        return place == null ? Grant.everywhere(role) : new Grant(role, Grant.Limit.NEIGHBOURHOOD, place);
    }

    private static KindRequest find(Connection connection, long id) throws SQLException {
        return Db.one(connection, COLUMNS + "where k.id = ?", KindServiceImpl::request, id)
                .orElseThrow(NotFoundException::new);
    }

    private static KindRequest request(ResultSet row) throws SQLException {
        return new KindRequest(
                row.getLong("id"),
                row.getLong("member_id"),
                row.getString("display_name"),
                Profile.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("neighbourhood_id"),
                row.getString("reason"),
                row.getString("state"),
                row.getString("answer"),
                Db.moment(row, "asked_at"));
    }
}
