// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.jpa.ClaimEntity;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.language.Languages;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Violations;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = {MemberService.class, MemberServiceImpl.class})
public final class MemberServiceImpl implements MemberService {

    private static final int NAMES_REMEMBERED = 1 << 15;

    private final JpaTemplate jpa;
    private final Ids ids;
    private final Clock clock;
    private final TerritoryService territory;
    private final PasswordHasher passwords;
    private final Languages languages;
    private final ReadCache<String> names = new ReadCache<>(NAMES_REMEMBERED, Duration.ofSeconds(30), "");

    @Activate
    public MemberServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference TerritoryService territory,
            @Reference PasswordHasher passwords,
            @Reference Languages languages) {
        this.jpa = jpa;
        this.ids = ids;
        this.clock = clock;
        this.territory = territory;
        this.passwords = passwords;
        this.languages = languages;
    }

    @Override
    public Member signUp(Caller caller, SignUp draft) {
        MemberEntity entity = checked(caller, draft, true);
        entity.confirm(clock.instant());
        return insert(em -> em.persist(entity), entity);
    }

    @Override
    public Optional<Member> find(long id) {
        return Optional.ofNullable(jpa.txExpr(em -> em.find(MemberEntity.class, id)))
                .map(MemberEntity::toMember);
    }

    @Override
    public Optional<Member> findByEmail(String email) {
        return jpa
                .txExpr(em -> em
                        .createQuery("select m from Member m where m.email = :email", MemberEntity.class)
                        .setParameter("email", email.strip().toLowerCase(Locale.ROOT))
                        .getResultList()
                        .stream()
                        .map(MemberEntity::toMember)
                        .toList())
                .stream()
                .findFirst();
    }

    @Override
    public Map<Long, String> displayNames(Collection<Long> wanted) {
        Map<Long, String> found = names.get(
                wanted,
                missing -> jpa.txExpr(em -> {
                    Map<Long, String> read = new HashMap<>();
                    em.createQuery("select m.id, m.displayName from Member m where m.id in :ids", Object[].class)
                            .setParameter("ids", missing)
                            .getResultList()
                            .forEach(row -> read.put((Long) row[0], (String) row[1]));
                    return read;
                }));
        found.values().removeIf(String::isEmpty);
        return found;
    }

    /** Call after the commit that changed a name: this node then shows it at once. */
    public void renamed(long member) {
        names.changed(member);
    }

    @Override
    public Member claimAdministration(Caller caller, String token, SignUp draft) {
        if (!administrationClaimable(token)) {
            throw new NotFoundException("core.claim-not-good");
        }
        MemberEntity entity = checked(caller, draft, true);
        // the operator vouches for the first administrator, whose letters may not even be sent yet
        entity.confirm(clock.instant());
        entity.grant(Grant.everywhere(Role.ADMINISTRATOR), clock.instant());
        try {
            return insert(
                    em -> {
                        ClaimEntity claim = em.find(ClaimEntity.class, Tokens.hash(token));
                        if (claim == null || claim.used()) {
                            throw new NotFoundException("core.claim-not-good");
                        }
                        claim.use(clock.instant());
                        em.persist(entity);
                    },
                    entity);
        } catch (PersistenceException e) {
            // somebody else used it between the look at it and the commit
            if (!administrationClaimable(token)) {
                throw new NotFoundException("core.claim-not-good");
            }
            throw e;
        }
    }

    /** Opens the account of an administrator; the role comes with it in one transaction, or neither does. */
    Member openAdministration(Caller caller, SignUp draft) {
        MemberEntity entity = checked(caller, draft, true);
        // the operator vouches for the first administrator, whose letters may not even be sent yet
        entity.confirm(clock.instant());
        entity.grant(Grant.everywhere(Role.ADMINISTRATOR), clock.instant());
        return insert(em -> em.persist(entity), entity);
    }

    @Override
    public boolean administrationClaimable(String token) {
        ClaimEntity claim = jpa.txExpr(em -> em.find(ClaimEntity.class, Tokens.hash(token)));
        return claim != null && !claim.used();
    }

    /** @param tellTaken whether it may be told that the address has an account */
    MemberEntity checked(Caller caller, SignUp draft, boolean tellTaken) {
        Fields fields = new Fields();
        String email = fields.email("email", draft.email());
        String name = fields.line("displayName", draft.displayName(), SignUp.MIN_NAME, SignUp.MAX_NAME);
        String profile = fields.oneOf("profile", draft.profile(), Profile.words());
        String language = fields.oneOf("language", draft.language(), languages.codes());
        String neighbourhood = fields.oneOf(
                "neighbourhood",
                draft.neighbourhood(),
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList());
        String password = checkedPassword(fields, draft.password(), email, name);
        if (tellTaken && !email.isEmpty() && taken(email)) {
            fields.add("email", "core.email-taken", Map.of());
        }
        fields.verify();
        return new MemberEntity(
                ids.next(),
                email,
                passwords.hash(password),
                name,
                profile == null ? Profile.CITIZEN : Profile.valueOf(profile.toUpperCase(Locale.ROOT)),
                neighbourhood,
                language == null ? caller.language() : Locale.forLanguageTag(language),
                clock.instant());
    }

    /** The password that is to be set, for the account of this address and name. */
    static String checkedPassword(Fields fields, @Nullable String password, String email, String name) {
        if (password == null || password.isEmpty()) {
            fields.add("password", "required", Map.of());
            return "";
        }
        int length = password.codePointCount(0, password.length());
        if (length < SignUp.MIN_PASSWORD) {
            fields.add("password", "too-short", Map.of("min", SignUp.MIN_PASSWORD));
        } else if (length > SignUp.MAX_PASSWORD) {
            fields.add("password", "too-long", Map.of("max", SignUp.MAX_PASSWORD, "length", length));
        } else if (password.equalsIgnoreCase(email) || password.equalsIgnoreCase(name)) {
            fields.add("password", "core.password-is-name", Map.of());
        }
        return password;
    }

    /** Codes of the languages that a member may choose. */
    List<String> languages() {
        return languages.codes();
    }

    boolean taken(String email) {
        return jpa.txExpr(em -> !em.createQuery("select m.id from Member m where m.email = :email", Long.class)
                .setParameter("email", email)
                .getResultList()
                .isEmpty());
    }

    /** The unique key has the last word on the address: of two who sign up with it at once, one is told that it is taken. */
    Member insert(java.util.function.Consumer<EntityManager> work, MemberEntity entity) {
        try {
            jpa.tx(work::accept);
        } catch (RuntimeException e) {
            if (Violations.isUnique(e)) {
                throw new InvalidException(List.of(new FieldError("email", "core.email-taken", Map.of())));
            }
            throw e;
        }
        return entity.toMember();
    }
}
