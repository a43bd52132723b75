// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.member;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.member.Credentials;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.Session;
import ca.notreville.core.api.member.SessionService;
import ca.notreville.core.api.member.SignUp;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.core.internal.jpa.SessionEntity;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.aries.jpa.template.JpaTemplate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Sessions in the database, looked up by the hash of their token. What was looked up is remembered for
 * {@link #REMEMBERED}, which is also how long a session closed on another node may still be good here.
 */
@Component
public final class SessionServiceImpl implements SessionService {

    static final Duration LASTS = Duration.ofDays(30);
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int MAX_REMEMBERED = 50_000;
    private static final int MAX_TOKEN = 100;

    private final JpaTemplate jpa;
    private final Clock clock;
    private final SignInLimit limit;
    private final PasswordHasher passwords;

    /** By token; the key is as secret as the request it came with and never leaves memory. */
    private final Cache<String, Known> remembered = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(REMEMBERED)
            .build();

    private record Known(Caller caller, Instant expiresAt) {}

    @Activate
    public SessionServiceImpl(
            @Reference(target = "(osgi.unit.name=core)") JpaTemplate jpa,
            @Reference Clock clock,
            @Reference SignInLimit limit,
            @Reference PasswordHasher passwords) {
        this.jpa = jpa;
        this.clock = clock;
        this.limit = limit;
        this.passwords = passwords;
    }

    @Override
    public Session open(Credentials credentials) {
        Fields fields = new Fields();
        String email = fields.email("email", credentials.email());
        String password = credentials.password() == null ? "" : credentials.password();
        if (password.isEmpty()) {
            fields.add("password", "required", Map.of());
        } else if (password.length() > 2 * SignUp.MAX_PASSWORD) {
            fields.add("password", "too-long", Map.of("max", SignUp.MAX_PASSWORD, "length", password.length()));
        }
        fields.verify();
        limit.attempt(email, credentials.address());
        MemberEntity member = find(email).orElse(null);
        if (!passwords.matches(password, member == null ? null : member.password()) || member == null) {
            throw new UnauthenticatedException("core.bad-credentials");
        }
        limit.succeeded(email, credentials.address());
        return openFor(member.toMember());
    }

    @Override
    public Session openFor(Member member) {
        String token = Tokens.make();
        Instant now = clock.instant();
        Instant expires = now.plus(LASTS);
        jpa.tx(em -> em.persist(
                new SessionEntity(Tokens.hash(token), em.getReference(MemberEntity.class, member.id()), now, expires)));
        return new Session(token, expires, member);
    }

    @Override
    public Optional<Caller> resolve(String token) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        Known known = remembered.getIfPresent(token);
        if (known == null) {
            known = read(token).orElse(null);
            if (known == null) {
                return Optional.empty();
            }
            remembered.put(token, known);
        }
        return known.expiresAt.isAfter(clock.instant()) ? Optional.of(known.caller) : Optional.empty();
    }

    @Override
    public void close(String token) {
        jpa.tx(em -> em.createQuery("delete from Session s where s.tokenHash = :hash")
                .setParameter("hash", Tokens.hash(token))
                .executeUpdate());
        remembered.invalidate(token);
    }

    private Optional<MemberEntity> find(String email) {
        List<MemberEntity> found = jpa.txExpr(em -> em.createQuery(
                        "select m from Member m left join fetch m.roles where m.email = :email", MemberEntity.class)
                .setParameter("email", email)
                .getResultList());
        return found.stream().findFirst();
    }

    private Optional<Known> read(String token) {
        return jpa.txExpr(em -> {
            SessionEntity session = em.find(SessionEntity.class, Tokens.hash(token));
            if (session == null) {
                return Optional.empty();
            }
            Member member = session.member().toMember();
            return Optional.of(new Known(
                    Caller.member(member.id(), member.displayName(), member.roles(), member.language()),
                    session.expiresAt()));
        });
    }
}
