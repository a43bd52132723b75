// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.RoleService;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.jpa.OrganisationEntity;
import ca.notreville.core.internal.people.KindListing;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = {RoleService.class, RoleServiceImpl.class})
public final class RoleServiceImpl implements RoleService {

    static final String GRANT = "core.role-grant";
    static final String REVOKE = "core.role-revoke";

    private final JpaTemplate jpa;
    private final Clock clock;
    private final AccessControl access;
    private final TerritoryService territory;
    private final AuditLog audit;
    private final Outbox outbox;

    @Activate
    public RoleServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference TerritoryService territory,
            @Reference AuditLog audit,
            @Reference Outbox outbox) {
        this.jpa = jpa;
        this.clock = clock;
        this.access = access;
        this.territory = territory;
        this.audit = audit;
        this.outbox = outbox;
    }

    @Override
    public Set<Grant> of(long member) {
        return jpa.txExpr(em -> {
            MemberEntity entity = em.find(MemberEntity.class, member);
            return entity == null ? Set.of() : entity.toMember().grants();
        });
    }

    @Override
    public List<Holder> holders(Caller caller) {
        access.require(caller, ROLES);
        return jpa.txExpr(
                em -> em
                        .createQuery("select distinct m from Member m join m.roles r", MemberEntity.class)
                        .getResultList()
                        .stream()
                        .flatMap(RoleServiceImpl::holders)
                        .sorted(Comparator.comparing(Holder::since).reversed())
                        .toList());
    }

    private static java.util.stream.Stream<Holder> holders(MemberEntity member) {
        var known = member.toMember();
        return member.grants().stream().flatMap(held -> held.toGrant().stream()
                .map(grant -> new Holder(known.id(), known.displayName(), grant, held.grantedAt())));
    }

    @Override
    public void grant(Caller caller, long member, Grant grant) {
        access.require(caller, ROLES);
        if (!Role.grantable().contains(grant.role())) {
            throw InvalidException.of("role", "not-one-of");
        }
        Sql.again(() -> jpa.txExpr(em -> {
            MemberEntity entity = member(em, member);
            if (!exists(em, grant)) {
                throw InvalidException.of("where", "unknown");
            }
            boolean granted = entity.grant(grant, clock.instant());
            if (granted) {
                changed(em, caller, GRANT, member, grant);
            }
            return granted;
        }));
        outbox.poke();
    }

    /**
     * Grants in a transaction that somebody else began, who has asked whether the caller may; granting twice changes nothing.
     */
    public void grant(Connection connection, Caller caller, long member, Grant grant) throws SQLException {
        String place = grant.limit() == Grant.Limit.TOWN ? "-" : grant.where();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_member_role (member_id, role, limit_kind, limit_id, granted_at)"
                        + " select m.id, cast(? as varchar(20)), cast(? as varchar(20)), cast(? as varchar(60)), cast(? as timestamp) from core_member m where m.id = ? and not exists"
                        + " (select 1 from core_member_role r where r.member_id = m.id and r.role = ? and r.limit_kind = ? and r.limit_id = ?)")) {
            insert.setString(1, grant.role().word());
            insert.setString(2, grant.limit().word());
            insert.setString(3, place);
            insert.setTimestamp(4, Timestamp.from(clock.instant()));
            insert.setLong(5, member);
            insert.setString(6, grant.role().word());
            insert.setString(7, grant.limit().word());
            insert.setString(8, place);
            if (insert.executeUpdate() == 1) {
                KindListing.refresh(connection, member);
                audit.append(connection, caller, GRANT, "member:" + member, details(grant));
                outbox.append(connection, SessionService.CHANGED, "member:" + member);
            }
        }
    }

    private boolean exists(EntityManager em, Grant grant) {
        return switch (grant.limit()) {
            case TOWN -> true;
            case BOROUGH -> territory.boroughs().stream().anyMatch(b -> b.id().equals(grant.where()));
            case NEIGHBOURHOOD -> territory.neighbourhood(grant.where()).isPresent();
            case ORGANISATION ->
                grant.where().matches("[0-9]{1,18}")
                        && em.find(OrganisationEntity.class, Long.valueOf(grant.where())) != null;
        };
    }

    @Override
    public void revoke(Caller caller, long member, Grant grant) {
        access.require(caller, ROLES);
        Sql.again(() -> jpa.txExpr(em -> {
            if (grant.equals(Grant.everywhere(Role.ADMINISTRATOR))) {
                keepOne(em, member);
            }
            boolean revoked = member(em, member).revoke(grant);
            if (revoked) {
                changed(em, caller, REVOKE, member, grant);
            }
            return revoked;
        }));
        outbox.poke();
    }

    /** Two administrators who revoke each other at once: the rows of all are locked, in one order, before they are counted. */
    private static void keepOne(EntityManager em, long leaving) {
        List<Long> ids = em.createQuery(
                        "select m.id from Member m join m.roles r where r.role = :role and r.kind = :kind order by m.id",
                        Long.class)
                .setParameter("role", Role.ADMINISTRATOR.word())
                .setParameter("kind", Grant.Limit.TOWN.word())
                .getResultList();
        List<MemberEntity> locked = ids.stream()
                .map(id -> em.find(MemberEntity.class, id, LockModeType.PESSIMISTIC_WRITE))
                .toList();
        locked.forEach(em::refresh);
        Set<Long> administrators = locked.stream()
                .map(MemberEntity::toMember)
                .filter(m -> m.roles().contains(Role.ADMINISTRATOR))
                .map(m -> m.id())
                .collect(Collectors.toSet());
        if (administrators.equals(Set.of(leaving))) {
            throw new ConflictException("core.last-administrator");
        }
    }

    private static MemberEntity member(EntityManager em, long id) {
        MemberEntity member = em.find(MemberEntity.class, id);
        if (member == null) {
            throw new NotFoundException();
        }
        return member;
    }

    private void changed(EntityManager em, Caller caller, String action, long member, Grant grant) {
        String subject = "member:" + member;
        Sql.on(em, connection -> {
            KindListing.refresh(connection, member);
            audit.append(connection, caller, action, subject, details(grant));
            outbox.append(connection, SessionService.CHANGED, subject);
        });
    }

    private static Map<String, String> details(Grant grant) {
        return Map.of("role", grant.role().word(), "limit", grant.limit().word(), "where", grant.where());
    }
}
