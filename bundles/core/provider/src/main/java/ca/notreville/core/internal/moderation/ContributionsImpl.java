// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.Contributions;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.ReadCache;
import ca.notreville.persistence.api.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = {Contributions.class, ContributionsImpl.class})
public final class ContributionsImpl implements Contributions {

    private static final Duration SHORT = Duration.ofMinutes(10);
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration NEW = Duration.ofDays(7);
    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final int SUSPENSIONS_REMEMBERED = 1 << 12;
    private static final int FINGERPRINT = 32;

    /** Contributions of one kind: in ten minutes and in a day, for accounts of less than a week and for the others. */
    private record Limit(int newShort, int newLong, int shortly, int daily) {}

    private static final Map<String, Limit> LIMITS = Map.of(
            "comment", new Limit(5, 20, 20, 200),
            "idea", new Limit(5, 10, 10, 30),
            "report", new Limit(5, 10, 20, 60));
    private static final Limit OTHERS = new Limit(5, 20, 20, 100);

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final MemberService members;
    private final Rates rates;
    private final ReadCache<Instant> suspensions = new ReadCache<>(SUSPENSIONS_REMEMBERED, FRESH, Instant.EPOCH);
    private volatile @Nullable Words words;

    private record Words(WordList list, long readAt) {}

    @Activate
    public ContributionsImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference MemberService members,
            @Reference Rates rates) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.members = members;
        this.rates = rates;
    }

    @Override
    public Verdict check(Caller caller, String kind, String field, String text) {
        requireActive(caller);
        if (access.allowsSomewhere(caller, ModerationService.MODERATE)) {
            return Verdict.PASS;
        }
        Duration age = members.find(caller.requireMember())
                .map(Member::createdAt)
                .map(since -> Duration.between(since, clock.instant()))
                .orElse(Duration.ZERO);
        Optional<Boolean> blocked = words().find(text);
        if (blocked.orElse(false)) {
            throw InvalidException.of(field, "core.blocked-word");
        }
        limit(caller, kind, age);
        SpamScore score = SpamScore.of(age, text, repeated(caller, age, text));
        List<String> signs = new ArrayList<>(score.held() ? score.signs() : List.of());
        if (blocked.isPresent()) {
            signs.add(0, "blocked-word");
        }
        return signs.isEmpty() ? Verdict.PASS : new Verdict(true, signs);
    }

    private void limit(Caller caller, String kind, Duration age) {
        Limit limit = LIMITS.getOrDefault(kind, OTHERS);
        boolean isNew = age.compareTo(NEW) < 0;
        String subject = kind + ":" + caller.memberId();
        count(subject + ":10m", SHORT, isNew ? limit.newShort : limit.shortly);
        count(subject + ":1d", LONG, isNew ? limit.newLong : limit.daily);
    }

    private void count(String subject, Duration window, int max) {
        Rates.Count count = rates.count(subject, window);
        if (count.times() > max) {
            throw new TooManyRequestsException("core.too-many-contributions", count.left());
        }
    }

    private boolean repeated(Caller caller, Duration age, String text) {
        if (age.compareTo(SpamScore.SETTLED) >= 0) {
            return false;
        }
        return rates.count("same:" + caller.memberId() + ":" + fingerprint(WordList.fold(text)), LONG)
                        .times()
                > 1;
    }

    private static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void requireActive(Caller caller) {
        if (caller.signedIn() && suspendedUntil(caller.memberId()).isAfter(clock.instant())) {
            throw new ForbiddenException("core.suspended");
        }
    }

    private Instant suspendedUntil(long member) {
        return Objects.requireNonNull(suspensions
                .get(List.of(member), missing -> Sql.read(dataSource, c -> CaseTable.suspensions(c, missing)))
                .get(member));
    }

    /** Call after a suspension was committed. */
    void suspended(long member) {
        suspensions.changed(member);
    }

    @Override
    public void hold(Connection connection, Item item, Verdict verdict) throws SQLException {
        CaseTable.open(connection, ids.next(), item, "held", verdict.signs(), clock.instant());
    }

    private WordList words() {
        Words known = words;
        if (known == null || System.nanoTime() - known.readAt > FRESH.toNanos()) {
            known = new Words(new WordList(Sql.read(dataSource, CaseTable::foldedWords)), System.nanoTime());
            words = known;
        }
        return known.list;
    }

    /** Call after the list of words was changed. */
    void wordsChanged() {
        words = null;
    }
}
