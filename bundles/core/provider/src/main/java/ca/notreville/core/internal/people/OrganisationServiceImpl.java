// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.organisation.Actor;
import ca.notreville.core.api.organisation.Invitation;
import ca.notreville.core.api.organisation.Membership;
import ca.notreville.core.api.organisation.MembershipRole;
import ca.notreville.core.api.organisation.NamedActor;
import ca.notreville.core.api.organisation.Organisation;
import ca.notreville.core.api.organisation.OrganisationDraft;
import ca.notreville.core.api.organisation.OrganisationQuery;
import ca.notreville.core.api.organisation.OrganisationService;
import ca.notreville.core.api.search.SearchQuery;
import ca.notreville.core.api.search.SearchService;
import ca.notreville.core.api.search.SearchSource;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.core.internal.member.Tokens;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

@Component
public final class OrganisationServiceImpl implements OrganisationService {

    static final String KIND = "organisation";

    private static final String CREATED = "core.organisation-created";
    private static final String VERIFIED = "core.organisation-verified";
    private static final String UNVERIFIED = "core.organisation-unverified";
    private static final String EDITED = "core.organisation-edited";
    private static final String JOINED = "core.membership-joined";
    private static final String CHANGED = "core.membership-changed";
    private static final String REMOVED = "core.membership-removed";
    private static final String INVITED = "core.invitation-sent";

    private static final int MAX = 500;
    private static final Duration DAY = Duration.ofDays(1);

    private static final String COLUMNS =
            "select o.id, o.version, o.name, o.kind, o.neighbourhood_id, o.address, o.mission_fr, o.mission_en,"
                    + " o.verified_at, o.alpha from core_organisation o ";
    private static final String SHOWN =
            "not exists (select 1 from core_hidden h where h.kind = '" + KIND + "' and h.item_id = o.id)";
    private static final String MEMBERSHIPS =
            "select s.organisation_id, o.name, s.member_id, m.display_name, s.role, s.shown from core_membership s"
                    + " join core_organisation o on o.id = s.organisation_id join core_member m on m.id = s.member_id ";
    private static final String INVITATIONS =
            "select i.id, i.organisation_id, o.name, i.email, i.role, m.display_name, i.expires_at, i.state, i.answered_by"
                    + " from core_invitation i join core_organisation o on o.id = i.organisation_id"
                    + " join core_member m on m.id = i.invited_by ";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final TerritoryService territory;
    private final SearchService search;
    private final AuditLog audit;
    private final Letters letters;
    private final Outbox outbox;

    @Activate
    public OrganisationServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference TerritoryService territory,
            @Reference SearchService search,
            @Reference AuditLog audit,
            @Reference Letters letters,
            @Reference Outbox outbox) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.territory = territory;
        this.search = search;
        this.audit = audit;
        this.letters = letters;
        this.outbox = outbox;
    }

    /** A draft that holds. */
    private record Checked(
            String name, String kind, @Nullable String neighbourhood, String fr, String en, String address) {}

    private Checked checked(OrganisationDraft draft) {
        Fields fields = new Fields();
        String name = fields.line("name", draft.name(), OrganisationDraft.MIN_NAME, OrganisationDraft.MAX_NAME);
        String kind = fields.choice("kind", draft.kind(), Organisation.KINDS);
        String fr = fields.text("missionFr", draft.missionFr(), 0, OrganisationDraft.MAX_MISSION);
        String en = fields.text("missionEn", draft.missionEn(), 0, OrganisationDraft.MAX_MISSION);
        if (fr.isEmpty() && en.isEmpty()) {
            fields.add("missionFr", "required", Map.of());
        }
        String address = fields.line("address", draft.address(), 0, OrganisationDraft.MAX_ADDRESS);
        String neighbourhood = fields.oneOf(
                "neighbourhood",
                draft.neighbourhood(),
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList());
        fields.verify();
        return new Checked(name, kind, neighbourhood, fr, en, address);
    }

    @Override
    public Organisation create(Caller caller, OrganisationDraft draft) {
        access.require(caller, CREATE);
        long member = caller.requireMember();
        Checked checked = checked(draft);
        Instant now = clock.instant();
        Organisation created = Sql.write(dataSource, connection -> {
            // held, so that of many at once each is counted
            Db.update(connection, "update core_member set version = version + 1 where id = ?", member);
            long lately = Db.number(
                    connection,
                    "select count(*) from core_organisation where created_by = ? and created_at > ?",
                    member,
                    now.minus(DAY));
            if (lately >= MAX_CREATED_A_DAY) {
                throw new TooManyRequestsException("core.too-many-organisations", DAY);
            }
            long id = ids.next();
            Db.update(
                    connection,
                    "insert into core_organisation (id, version, name, kind, neighbourhood_id, mission_fr, mission_en, address,"
                            + " alpha, created_by, created_at) values (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    id,
                    checked.name(),
                    checked.kind(),
                    checked.neighbourhood(),
                    checked.fr(),
                    checked.en(),
                    checked.address(),
                    Words.alpha(checked.name()),
                    member,
                    now);
            Db.update(
                    connection,
                    "insert into core_membership (organisation_id, member_id, role, shown) values (?, ?, 'owner', 1)",
                    id,
                    member);
            changed(connection, id);
            note(connection, caller, CREATED, id, Map.of("name", checked.name()));
            return read(connection, id);
        });
        outbox.poke();
        return created;
    }

    private void changed(Connection connection, long id) throws SQLException {
        outbox.append(connection, SearchSource.TOPIC, new Initiative(KIND, id).toString());
    }

    private void note(Connection connection, Caller caller, String action, long id, Map<String, String> details)
            throws SQLException {
        audit.append(connection, caller, action, KIND + ":" + id, details);
    }

    @Override
    public Optional<Organisation> find(long id) {
        return Sql.read(dataSource, connection -> find(connection, id));
    }

    @Override
    public Organisation show(Caller caller, long id) {
        return Sql.read(dataSource, connection -> {
            Organisation found = read(connection, id);
            boolean insider = caller.signedIn() && acts(connection, id, caller.memberId())
                    || access.allows(caller, VERIFY, Scope.in(found.neighbourhood()));
            return insider || !CaseTable.hidden(connection, new Initiative(KIND, id)) ? found : nameOnly(found);
        });
    }

    private static Organisation nameOnly(Organisation o) {
        return new Organisation(
                o.id(), o.version(), o.name(), o.kind(), o.neighbourhood(), "", "", "", o.verified(), o.members());
    }

    /** For the index and lists: empty while it is hidden. */
    static Optional<Organisation> listed(Connection connection, long id) throws SQLException {
        return organisations(connection, COLUMNS + "where o.id = ? and " + SHOWN, id).stream()
                .map(Found::organisation)
                .findFirst();
    }

    static Optional<Organisation> find(Connection connection, long id) throws SQLException {
        return organisations(connection, COLUMNS + "where o.id = ?", id).stream()
                .map(Found::organisation)
                .findFirst();
    }

    static Organisation read(Connection connection, long id) throws SQLException {
        return find(connection, id).orElseThrow(NotFoundException::new);
    }

    /** An organisation and where it stands in the list. */
    private record Found(Organisation organisation, long alpha) {}

    /** In two queries: the organisations, and how many people each has. */
    private static List<Found> organisations(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        List<Found> found =
                Db.list(connection, sql, row -> new Found(organisation(row, 0), row.getLong("alpha")), parameters);
        if (found.isEmpty()) {
            return found;
        }
        List<Long> ids = found.stream().map(f -> f.organisation().id()).toList();
        Map<Long, Integer> people = new HashMap<>();
        Db.list(
                connection,
                "select organisation_id, count(*) from core_membership where organisation_id in (" + Db.marks(ids)
                        + ") group by organisation_id",
                row -> people.put(row.getLong(1), row.getInt(2)),
                ids.toArray());
        return found.stream()
                .map(f -> new Found(
                        with(
                                f.organisation(),
                                people.getOrDefault(f.organisation().id(), 0)),
                        f.alpha()))
                .toList();
    }

    private static Organisation organisation(ResultSet row, int people) throws SQLException {
        return new Organisation(
                row.getLong("id"),
                row.getInt("version"),
                row.getString("name"),
                row.getString("kind"),
                row.getString("neighbourhood_id"),
                text(row.getString("address")),
                text(row.getString("mission_fr")),
                text(row.getString("mission_en")),
                row.getTimestamp("verified_at") != null,
                people);
    }

    private static Organisation with(Organisation o, int people) {
        return new Organisation(
                o.id(),
                o.version(),
                o.name(),
                o.kind(),
                o.neighbourhood(),
                o.address(),
                o.missionFr(),
                o.missionEn(),
                o.verified(),
                people);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * Holds the row of the organisation until the end of the transaction: whatever concerns its people happens one after the
     * other.
     */
    private static void hold(Connection connection, long id) throws SQLException {
        if (Db.update(connection, "update core_organisation set version = version where id = ?", id) == 0) {
            throw new NotFoundException();
        }
    }

    private static Optional<MembershipRole> role(Connection connection, long id, long member) throws SQLException {
        return Db.one(
                        connection,
                        "select role from core_membership where organisation_id = ? and member_id = ?",
                        row -> row.getString(1),
                        id,
                        member)
                .flatMap(MembershipRole::of);
    }

    private static boolean acts(Connection connection, long id, long member) throws SQLException {
        return role(connection, id, member).filter(MembershipRole::acts).isPresent();
    }

    @Override
    public Organisation update(Caller caller, long id, OrganisationDraft draft, @Nullable Integer version) {
        long member = caller.requireMember();
        Organisation saved = Sql.write(dataSource, connection -> {
            hold(connection, id);
            Organisation present = read(connection, id);
            boolean staff = access.allows(caller, VERIFY, Scope.in(present.neighbourhood()));
            if (!staff && !acts(connection, id, member)) {
                throw new ForbiddenException();
            }
            if (version != null && version != present.version()) {
                throw new ConflictException("core.changed-meanwhile");
            }
            Checked checked = checked(draft);
            Db.update(
                    connection,
                    "update core_organisation set name = ?, kind = ?, neighbourhood_id = ?, mission_fr = ?, mission_en = ?,"
                            + " address = ?, alpha = ?, version = version + 1 where id = ?",
                    checked.name(),
                    checked.kind(),
                    checked.neighbourhood(),
                    checked.fr(),
                    checked.en(),
                    checked.address(),
                    Words.alpha(checked.name()),
                    id);
            changed(connection, id);
            note(connection, caller, EDITED, id, Map.of("name", checked.name()));
            return read(connection, id);
        });
        outbox.poke();
        return saved;
    }

    @Override
    public Slice<Organisation> list(OrganisationQuery query, Paging paging) {
        Fields fields = new Fields();
        String kind = fields.oneOf("kind", query.kind(), Organisation.KINDS);
        fields.verify();
        return Sql.read(
                dataSource,
                connection -> query.isSearch()
                        ? found(connection, query, kind, paging)
                        : listed(connection, query, kind, paging));
    }

    private static Slice<Organisation> listed(
            Connection connection, OrganisationQuery query, @Nullable String kind, Paging paging) throws SQLException {
        String index = query.neighbourhood() != null ? "PLACE" : kind != null ? "KINDS" : "LIST";
        // named to Derby, which may otherwise keep a plan from when the table was small
        StringBuilder sql = new StringBuilder(COLUMNS)
                .append("--DERBY-PROPERTIES index=CORE_ORGANISATION_")
                .append(index)
                .append("\nwhere ")
                .append(SHOWN);
        List<@Nullable Object> parameters = new ArrayList<>();
        if (query.neighbourhood() != null) {
            sql.append(" and o.neighbourhood_id = ?");
            parameters.add(query.neighbourhood());
        }
        if (kind != null) {
            sql.append(" and o.kind = ?");
            parameters.add(kind);
        }
        if (!paging.after().isEmpty()) {
            // said twice, so that the reading begins at the cursor
            sql.append(" and o.alpha >= ? and (o.alpha > ? or o.id > ?)");
            parameters.add(paging.after().get(0));
            parameters.add(paging.after().get(0));
            parameters.add(paging.after().get(1));
        }
        sql.append(" order by o.alpha, o.id fetch first ")
                .append(paging.limit() + 1)
                .append(" rows only");
        return paging.slice(
                        organisations(connection, sql.toString(), parameters.toArray()),
                        found -> Paging.cursor(
                                found.alpha(), found.organisation().id()))
                .map(Found::organisation);
    }

    private Slice<Organisation> found(
            Connection connection, OrganisationQuery query, @Nullable String kind, Paging paging) throws SQLException {
        Map<String, String> filters = new HashMap<>();
        if (query.neighbourhood() != null) {
            filters.put("neighbourhood", query.neighbourhood());
        }
        if (kind != null) {
            filters.put("kind", kind);
        }
        int from = paging.after().isEmpty()
                ? 0
                : (int) Math.max(0, Math.min(MAX, paging.after().get(0)));
        List<Long> hits = search.search(
                new SearchQuery(KIND, text(query.q()), filters, from, Math.min(paging.limit() + 1, MAX - from + 1)));
        Map<Long, Organisation> byId = new LinkedHashMap<>();
        if (!hits.isEmpty()) {
            organisations(
                            connection,
                            COLUMNS + "where " + SHOWN + " and o.id in (" + Db.marks(hits) + ")",
                            hits.toArray())
                    .forEach(f -> byId.put(f.organisation().id(), f.organisation()));
        }
        List<Organisation> inOrder = hits.stream()
                .filter(byId::containsKey)
                .limit(paging.limit())
                .map(byId::get)
                .toList();
        boolean more = hits.size() > paging.limit() && from + paging.limit() < MAX;
        return new Slice<>(inOrder, more ? Paging.cursor(from + paging.limit()) : null);
    }

    @Override
    public List<Organisation> list(@Nullable String neighbourhood) {
        return Sql.read(dataSource, connection -> organisations(
                        connection,
                        COLUMNS + "where " + SHOWN + (neighbourhood == null ? "" : " and o.neighbourhood_id = ?")
                                + " order by o.alpha, o.id fetch first " + MAX + " rows only",
                        neighbourhood == null ? new Object[0] : new Object[] {neighbourhood})
                .stream()
                .map(Found::organisation)
                .toList());
    }

    @Override
    public Organisation verify(Caller caller, long id, boolean verified) {
        return Sql.write(dataSource, connection -> {
            if (!access.allowsSomewhere(caller, VERIFY)) {
                access.require(caller, VERIFY);
            }
            hold(connection, id);
            Organisation present = read(connection, id);
            access.require(caller, VERIFY, Scope.in(present.neighbourhood()));
            if (present.verified() != verified) {
                Db.update(
                        connection,
                        "update core_organisation set verified_at = ?, verified_by = ? where id = ?",
                        verified ? clock.instant() : null,
                        verified ? caller.memberId() : null,
                        id);
                note(connection, caller, verified ? VERIFIED : UNVERIFIED, id, Map.of("name", present.name()));
            }
            return read(connection, id);
        });
    }

    @Override
    public List<Membership> members(Caller caller, long id) {
        return Sql.read(dataSource, connection -> {
            Organisation organisation = read(connection, id);
            boolean inside = caller.signedIn()
                    && (role(connection, id, caller.memberId()).isPresent()
                            || access.allows(caller, VERIFY, Scope.in(organisation.neighbourhood())));
            return Db.list(
                            connection,
                            MEMBERSHIPS + "where s.organisation_id = ?" + (inside ? "" : " and s.shown = 1"),
                            OrganisationServiceImpl::membership,
                            id)
                    .stream()
                    .sorted(java.util.Comparator.comparing(Membership::role)
                            .thenComparing(m -> Words.fold(m.displayName())))
                    .toList();
        });
    }

    private static Membership membership(ResultSet row) throws SQLException {
        return new Membership(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                MembershipRole.of(row.getString(5)).orElseThrow(),
                row.getInt(6) == 1);
    }

    @Override
    public List<Membership> mine(Caller caller) {
        return caller.signedIn() ? of(caller.memberId(), "") : List.of();
    }

    @Override
    public List<Membership> shownBy(long member) {
        return of(member, " and s.shown = 1");
    }

    private List<Membership> of(long member, String condition) {
        return Sql.read(
                dataSource,
                connection -> Db.list(
                        connection,
                        MEMBERSHIPS + "where s.member_id = ?" + condition + " order by o.alpha, o.id",
                        OrganisationServiceImpl::membership,
                        member));
    }

    @Override
    public Optional<MembershipRole> roleOf(Caller caller, long id) {
        return caller.signedIn()
                ? Sql.read(dataSource, connection -> role(connection, id, caller.memberId()))
                : Optional.empty();
    }

    private static void requireOwner(Connection connection, long id, Caller caller) throws SQLException {
        if (role(connection, id, caller.requireMember()).orElse(MembershipRole.MEMBER) != MembershipRole.OWNER) {
            throw new ForbiddenException();
        }
    }

    /** Asked while the row of the organisation is held. */
    private static void keepAnOwner(Connection connection, long id, long leaving) throws SQLException {
        long others = Db.number(
                connection,
                "select count(*) from core_membership where organisation_id = ? and role = 'owner' and member_id <> ?",
                id,
                leaving);
        if (others == 0) {
            throw new ConflictException("core.last-owner");
        }
    }

    @Override
    public void changeRole(Caller caller, long id, long member, MembershipRole role) {
        caller.requireMember();
        Sql.write(dataSource, connection -> {
            hold(connection, id);
            requireOwner(connection, id, caller);
            MembershipRole present = role(connection, id, member).orElseThrow(NotFoundException::new);
            if (present == MembershipRole.OWNER && role != MembershipRole.OWNER) {
                keepAnOwner(connection, id, member);
            }
            if (present != role) {
                write(connection, id, member, role);
                note(connection, caller, CHANGED, id, Map.of("member", String.valueOf(member), "role", role.word()));
            }
            return true;
        });
    }

    private static void write(Connection connection, long id, long member, MembershipRole role) throws SQLException {
        Db.update(
                connection,
                "update core_membership set role = ? where organisation_id = ? and member_id = ?",
                role.word(),
                id,
                member);
    }

    @Override
    public void remove(Caller caller, long id, long member) {
        long self = caller.requireMember();
        Sql.write(dataSource, connection -> {
            hold(connection, id);
            Optional<MembershipRole> present = role(connection, id, member);
            if (member != self) {
                MembershipRole own = role(connection, id, self).orElseThrow(ForbiddenException::new);
                boolean may = own == MembershipRole.OWNER
                        || own == MembershipRole.MANAGER
                                && present.orElse(MembershipRole.MEMBER) == MembershipRole.MEMBER;
                if (!may) {
                    throw new ForbiddenException();
                }
            }
            if (present.isEmpty()) {
                return false;
            }
            if (present.get() == MembershipRole.OWNER) {
                keepAnOwner(connection, id, member);
            }
            Db.update(
                    connection, "delete from core_membership where organisation_id = ? and member_id = ?", id, member);
            note(connection, caller, REMOVED, id, Map.of("member", String.valueOf(member)));
            return true;
        });
    }

    @Override
    public void show(Caller caller, long id, boolean shown) {
        long member = caller.requireMember();
        int changed = Sql.write(
                dataSource,
                connection -> Db.update(
                        connection,
                        "update core_membership set shown = ? where organisation_id = ? and member_id = ?",
                        shown,
                        id,
                        member));
        if (changed == 0) {
            throw new NotFoundException();
        }
    }

    @Override
    public void handOver(Caller caller, long id, long member) {
        long self = caller.requireMember();
        Sql.write(dataSource, connection -> {
            hold(connection, id);
            requireOwner(connection, id, caller);
            if (role(connection, id, member).isEmpty() || member == self) {
                throw new NotFoundException();
            }
            write(connection, id, member, MembershipRole.OWNER);
            write(connection, id, self, MembershipRole.MANAGER);
            note(
                    connection,
                    caller,
                    CHANGED,
                    id,
                    Map.of("member", String.valueOf(member), "role", "owner", "before", String.valueOf(self)));
            Letters.Reader reader = Letters.reader(connection, member).orElseThrow(NotFoundException::new);
            String name = read(connection, id).name();
            letters.post(
                    connection,
                    "handed-over:" + id + ":" + ids.next(),
                    reader,
                    "handed-over",
                    Map.of("organisation", name, "name", caller.displayName()),
                    "",
                    "/organisations/" + id);
            return true;
        });
        letters.poke();
    }

    @Override
    public Invitation invite(Caller caller, long id, Invitation.Draft draft) {
        long member = caller.requireMember();
        Instant now = clock.instant();
        String token = Tokens.make();
        Invitation sent = Sql.write(dataSource, connection -> {
            hold(connection, id);
            MembershipRole own =
                    role(connection, id, member).filter(MembershipRole::acts).orElseThrow(ForbiddenException::new);
            Fields fields = new Fields();
            String email = fields.email("email", draft.email());
            String role = fields.oneOf("role", draft.role(), List.of("manager", "member"));
            fields.verify();
            if ("manager".equals(role) && own != MembershipRole.OWNER) {
                throw new ForbiddenException();
            }
            if (Db.number(
                            connection,
                            "select count(*) from core_membership s join core_member m on m.id = s.member_id"
                                    + " where s.organisation_id = ? and m.email = ?",
                            id,
                            email)
                    > 0) {
                fields.add("email", "core.member-already", Map.of());
                fields.verify();
            }
            long lately = Db.number(
                    connection,
                    "select count(*) from core_invitation where organisation_id = ? and id > ?",
                    id,
                    Ids.atOrAfter(now.minus(DAY)));
            if (lately >= Invitation.MAX_A_DAY) {
                throw new TooManyRequestsException("core.too-many-invitations", DAY);
            }
            Db.update(
                    connection,
                    "update core_invitation set state = 'revoked', waiting_for = null, email = '' where organisation_id = ?"
                            + " and waiting_for = ?",
                    id,
                    email);
            long invitation = ids.next();
            Db.update(
                    connection,
                    "insert into core_invitation (id, organisation_id, email, waiting_for, role, token_hash, state, invited_by,"
                            + " created_at, expires_at) values (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)",
                    invitation,
                    id,
                    email,
                    email,
                    role == null ? "member" : role,
                    Tokens.hash(token),
                    member,
                    now,
                    now.plus(Invitation.GOOD_FOR));
            Organisation organisation = read(connection, id);
            // whoever has no account is written to in the language of the one who invites
            Letters.Reader reader = Db.one(
                            connection,
                            "select language, display_name from core_member where email = ?",
                            row -> new Letters.Reader(email, Locale.forLanguageTag(row.getString(1)), row.getString(2)),
                            email)
                    .orElseGet(() -> new Letters.Reader(email, caller.language(), ""));
            letters.post(
                    connection,
                    "invitation:" + invitation,
                    reader,
                    "invitation",
                    Map.of("organisation", organisation.name(), "name", caller.displayName()),
                    "",
                    "/organisations/invitations/" + token);
            note(connection, caller, INVITED, id, Map.of("invitation", String.valueOf(invitation)));
            return Db.one(connection, INVITATIONS + "where i.id = ?", row -> invitation(row, true), invitation)
                    .orElseThrow();
        });
        letters.poke();
        return sent;
    }

    private static Invitation invitation(ResultSet row, boolean inside) throws SQLException {
        return new Invitation(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                inside ? row.getString(4) : "",
                MembershipRole.of(row.getString(5)).orElseThrow(),
                row.getString(6),
                Db.moment(row, "expires_at"));
    }

    @Override
    public List<Invitation> invitations(Caller caller, long id) {
        long member = caller.requireMember();
        return Sql.read(dataSource, connection -> {
            read(connection, id);
            if (!acts(connection, id, member)) {
                throw new ForbiddenException();
            }
            return Db.list(
                    connection,
                    INVITATIONS + "where i.organisation_id = ? and i.state = 'waiting' and i.expires_at > ?"
                            + " order by i.id desc fetch first 100 rows only",
                    row -> invitation(row, true),
                    id,
                    clock.instant());
        });
    }

    @Override
    public void revoke(Caller caller, long id, long invitation) {
        long member = caller.requireMember();
        Sql.write(dataSource, connection -> {
            read(connection, id);
            if (!acts(connection, id, member)) {
                throw new ForbiddenException();
            }
            return Db.update(
                    connection,
                    "update core_invitation set state = 'revoked', waiting_for = null, email = '' where id = ?"
                            + " and organisation_id = ? and state = 'waiting'",
                    invitation,
                    id);
        });
    }

    @Override
    public Invitation invitation(String token) {
        return Sql.read(dataSource, connection -> good(connection, token));
    }

    private Invitation good(Connection connection, String token) throws SQLException {
        return Db.one(
                        connection,
                        INVITATIONS + "where i.token_hash = ? and i.state = 'waiting' and i.expires_at > ?",
                        row -> invitation(row, false),
                        Tokens.hash(token),
                        clock.instant())
                .orElseThrow(() -> new NotFoundException("core.invitation-not-good"));
    }

    @Override
    public Organisation accept(Caller caller, String token, boolean shown) {
        long member = caller.requireMember();
        return Sql.write(dataSource, connection -> {
            long id = Db.one(
                            connection,
                            "select organisation_id from core_invitation where token_hash = ?",
                            row -> row.getLong(1),
                            Tokens.hash(token))
                    .orElseThrow(() -> new NotFoundException("core.invitation-not-good"));
            hold(connection, id);
            if (Db.number(
                            connection,
                            "select count(*) from core_invitation where token_hash = ? and state = 'accepted' and answered_by = ?",
                            Tokens.hash(token),
                            member)
                    > 0) {
                return read(connection, id);
            }
            Invitation invitation = good(connection, token);
            answer(connection, token, "accepted", member);
            // whoever belongs to it already keeps the place that may more
            Optional<MembershipRole> present = role(connection, invitation.organisation(), member);
            if (present.isEmpty()) {
                Db.update(
                        connection,
                        "insert into core_membership (organisation_id, member_id, role, shown) values (?, ?, ?, ?)",
                        invitation.organisation(),
                        member,
                        invitation.role().word(),
                        shown);
            } else if (invitation.role().compareTo(present.get()) < 0) {
                write(connection, invitation.organisation(), member, invitation.role());
            }
            note(
                    connection,
                    caller,
                    JOINED,
                    invitation.organisation(),
                    Map.of(
                            "invitation",
                            String.valueOf(invitation.id()),
                            "role",
                            invitation.role().word()));
            return read(connection, invitation.organisation());
        });
    }

    /** One answer an invitation, whoever comes at once. */
    private void answer(Connection connection, String token, String state, @Nullable Long member) throws SQLException {
        int answered = Db.update(
                connection,
                "update core_invitation set state = ?, waiting_for = null, email = '', answered_by = ? where token_hash = ?"
                        + " and state = 'waiting' and expires_at > ?",
                state,
                member,
                Tokens.hash(token),
                clock.instant());
        if (answered == 0) {
            throw new NotFoundException("core.invitation-not-good");
        }
    }

    @Override
    public void decline(String token) {
        Sql.write(dataSource, connection -> {
            answer(connection, token, "declined", null);
            return true;
        });
    }

    @Override
    public boolean mayActFor(Caller caller, Actor actor) {
        return caller.signedIn()
                && switch (actor.kind()) {
                    case MEMBER -> actor.id() == caller.memberId();
                    case ORGANISATION ->
                        Sql.read(dataSource, connection -> acts(connection, actor.id(), caller.memberId()));
                };
    }

    @Override
    public List<NamedActor> actors(Caller caller) {
        if (!caller.signedIn()) {
            return List.of();
        }
        List<NamedActor> actors = new ArrayList<>();
        actors.add(new NamedActor(Actor.member(caller.memberId()), caller.displayName()));
        for (Membership membership : mine(caller)) {
            if (membership.role().acts()) {
                actors.add(
                        new NamedActor(Actor.organisation(membership.organisation()), membership.organisationName()));
            }
        }
        return actors;
    }

    @Override
    public Map<Actor, String> names(Collection<Actor> actors) {
        return Sql.read(dataSource, connection -> names(connection, actors));
    }

    static Map<Actor, String> names(Connection connection, Collection<Actor> actors) throws SQLException {
        Map<Actor, String> names = new HashMap<>();
        for (Actor.Kind kind : Actor.Kind.values()) {
            List<Long> ids = actors.stream()
                    .filter(actor -> actor.kind() == kind)
                    .map(Actor::id)
                    .distinct()
                    .toList();
            if (!ids.isEmpty()) {
                String sql = kind == Actor.Kind.MEMBER
                        ? "select id, display_name from core_member where id in ("
                        : "select id, name from core_organisation where id in (";
                Db.list(
                        connection,
                        sql + Db.marks(ids) + ")",
                        row -> names.put(new Actor(kind, row.getLong(1)), row.getString(2)),
                        ids.toArray());
            }
        }
        return names;
    }

    @Override
    public Set<Long> acting(long id) {
        return Set.copyOf(Sql.read(dataSource, connection -> acting(connection, id)));
    }

    static List<Long> acting(Connection connection, long id) throws SQLException {
        return Db.list(
                connection,
                "select member_id from core_membership where organisation_id = ? and role in ('owner', 'manager')",
                row -> row.getLong(1),
                id);
    }
}
