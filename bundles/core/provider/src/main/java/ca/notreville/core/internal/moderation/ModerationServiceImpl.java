// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.PermissionTable;
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
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.api.moderation.ModeratedContent.Item;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.core.internal.jpa.CaseTable.Row;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Immediate: a hub must be up before what it collects. */
@Component(
        immediate = true,
        service = {ModerationService.class, ModerationServiceImpl.class})
public final class ModerationServiceImpl implements ModerationService {

    private static final int MONTHS = 12;

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final PermissionTable permissions;
    private final TerritoryService territory;
    private final MemberService members;
    private final ContributionsImpl contributions;
    private final AuditLog audit;
    private final Mailer mailer;
    private final ModerationLetters letters;
    private final Map<String, ModeratedContent> contents = new ConcurrentHashMap<>();

    @Activate
    public ModerationServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference PermissionTable permissions,
            @Reference TerritoryService territory,
            @Reference MemberService members,
            @Reference ContributionsImpl contributions,
            @Reference AuditLog audit,
            @Reference Mailer mailer,
            @Reference ModerationLetters letters) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.permissions = permissions;
        this.territory = territory;
        this.members = members;
        this.contributions = contributions;
        this.audit = audit;
        this.mailer = mailer;
        this.letters = letters;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addContent(ModeratedContent content) {
        contents.put(content.kind(), content);
    }

    void removeContent(ModeratedContent content) {
        contents.remove(content.kind(), content);
    }

    @Override
    public boolean reportable(String kind) {
        return contents.containsKey(kind);
    }

    @Override
    public Item item(Caller caller, Initiative item) {
        return content(item).describe(item.id()).orElseThrow(NotFoundException::new);
    }

    private ModeratedContent content(Initiative item) {
        ModeratedContent content = contents.get(item.kind());
        if (content == null) {
            throw new NotFoundException();
        }
        return content;
    }

    @Override
    public void report(Caller caller, Initiative reported, @Nullable String reason, @Nullable String note) {
        access.require(caller, REPORT);
        long reporter = caller.requireMember();
        Item item = item(caller, reported);
        Fields fields = new Fields();
        String why = fields.choice("reason", reason, Reason.words());
        String more = fields.text("note", note, Reason.OTHER.word().equals(reason) ? MIN_REASON : 0, MAX_NOTE);
        fields.verify();
        if (item.author() == reporter) {
            throw new ConflictException("core.own-report");
        }
        if (Sql.read(dataSource, c -> CaseTable.reported(c, reported, reporter))) {
            return;
        }
        // the note is for moderators only, so that it may name what it reports
        contributions.check(caller, "report", "note", "");
        Sql.write(dataSource, connection -> {
            long inCase = CaseTable.open(connection, ids.next(), item, "report", List.of(), clock.instant());
            CaseTable.report(connection, ids.next(), inCase, item, reporter, why, more, clock.instant());
            return true;
        });
    }

    @Override
    public Slice<Case> queue(Caller caller, Filter filter, Paging paging) {
        return list(caller, true, filter, paging);
    }

    @Override
    public Slice<Case> decided(Caller caller, Filter filter, Paging paging) {
        return list(caller, false, filter, paging);
    }

    private Slice<Case> list(Caller caller, boolean waiting, Filter filter, Paging paging) {
        Collection<String> places = places(caller);
        Fields fields = new Fields();
        fields.oneOf("source", filter.source(), Filter.SOURCES);
        fields.verify();
        Long key = paging.after().isEmpty() ? null : paging.after().get(0);
        long after = paging.after().isEmpty() ? 0 : paging.after().get(1);
        List<Case> read =
                Sql.read(dataSource, c -> CaseTable.list(c, waiting, filter, places, key, after, paging.limit() + 1));
        return paging.slice(read, one -> Paging.cursor(sortedBy(one, waiting).toEpochMilli(), one.id()));
    }

    private static Instant sortedBy(Case one, boolean waiting) {
        Instant at = waiting ? one.waitingSince() : one.decidedAt();
        return at == null ? Instant.EPOCH : at;
    }

    /**
     * The neighbourhoods that the caller looks after, {@code null} for the whole town.
     *
     * @throws ForbiddenException for nobody's moderator
     */
    private @Nullable Collection<String> places(Caller caller) {
        if (access.allows(caller, MODERATE)) {
            return null;
        }
        requireSomewhere(caller);
        return territory.neighbourhoods().stream()
                .map(Neighbourhood::id)
                .filter(place -> access.allows(caller, MODERATE, Scope.in(place)))
                .toList();
    }

    /** Whoever moderates nowhere is not told whether there is such a case. */
    private void requireSomewhere(Caller caller) {
        if (!access.allowsSomewhere(caller, MODERATE)) {
            throw caller.signedIn() ? new ForbiddenException() : new UnauthenticatedException();
        }
    }

    @Override
    public Case get(Caller caller, long id) {
        caller.requireMember();
        Case found = row(id).known();
        boolean authors = found.author() == caller.memberId() && found.decision() != null;
        if (!authors && !moderates(caller, found)) {
            throw new NotFoundException();
        }
        return found;
    }

    private boolean moderates(Caller caller, Case one) {
        return access.allows(caller, MODERATE, Scope.in(one.neighbourhood()));
    }

    private Row row(long id) {
        return Sql.read(dataSource, c -> CaseTable.find(c, id)).orElseThrow(NotFoundException::new);
    }

    @Override
    public List<Report> reports(Caller caller, long id) {
        requireSomewhere(caller);
        access.require(caller, MODERATE, Scope.in(row(id).known().neighbourhood()));
        return Sql.read(dataSource, c -> CaseTable.reports(c, id));
    }

    @Override
    public Case decide(
            Caller caller, long id, @Nullable String decision, @Nullable String reason, @Nullable Integer days) {
        requireSomewhere(caller);
        Row seen = row(id);
        Case found = seen.known();
        access.require(caller, MODERATE, Scope.in(found.neighbourhood()));
        long moderator = caller.requireMember();
        Fields fields = new Fields();
        String word = fields.choice("decision", decision, Decision.words());
        boolean needsReason = !word.equals(Decision.DISMISS.word()) && !word.equals(Decision.RESTORE.word());
        String why = fields.text("reason", reason, needsReason ? MIN_REASON : 0, MAX_REASON);
        if (word.equals(Decision.SUSPEND.word()) && (days == null || !SUSPENSION_DAYS.contains(days))) {
            fields.add("days", "not-one-of", Map.of("allowed", "1, 7, 30, 90"));
        }
        fields.verify();
        if (found.author() == moderator) {
            throw new ConflictException("core.case-own");
        }
        if (!found.state().waiting()) {
            throw decided(found);
        }
        if (found.state() == State.APPEALED && found.decidedBy() == moderator && anotherModerates(found, moderator)) {
            throw new ConflictException("core.case-appeal");
        }
        Decision what = Decision.valueOf(word.toUpperCase(Locale.ROOT));
        Instant now = clock.instant();
        Instant until = what == Decision.SUSPEND && days != null ? now.plus(days, ChronoUnit.DAYS) : null;
        ModeratedContent content = content(found.item());
        Sql.write(dataSource, connection -> {
            // of the version that the moderator read: whoever comes second changes nothing and is told
            if (!CaseTable.decide(connection, seen, what, why, moderator, now, until)) {
                throw decided(CaseTable.find(connection, id).orElseThrow().known());
            }
            carryOut(connection, content, found, what, until);
            audit.append(
                    connection,
                    caller,
                    found.state() == State.APPEALED ? "core.moderation-appeal" : "core.moderation-" + word,
                    found.item().toString(),
                    details(found, word, why, until));
            letters.decided(connection, found, what, why, until);
            return true;
        });
        content.changed(found.item().id());
        contributions.suspended(found.author());
        mailer.poke();
        return row(id).known();
    }

    private static Map<String, String> details(Case found, String word, String why, @Nullable Instant until) {
        Map<String, String> details = new HashMap<>();
        details.put("case", String.valueOf(found.id()));
        details.put("decision", word);
        details.put("author", String.valueOf(found.author()));
        if (!why.isEmpty()) {
            details.put("reason", why);
        }
        if (until != null) {
            details.put("until", until.toString());
        }
        return details;
    }

    private static void carryOut(
            Connection connection, ModeratedContent content, Case found, Decision what, @Nullable Instant until)
            throws SQLException {
        long item = found.item().id();
        if (found.state() == State.APPEALED) {
            // what was decided first no more holds
            CaseTable.unsuspend(connection, found.id());
        }
        switch (what) {
            case HIDE -> content.hide(connection, item);
            case SUSPEND -> {
                content.hide(connection, item);
                if (found.author() != 0 && until != null) {
                    CaseTable.suspend(connection, found.author(), found.id(), until);
                }
            }
            // nothing speaks against it: what was held for that, or hidden before an appeal, is shown
            case RESTORE, WARN, DISMISS -> {
                if (what == Decision.RESTORE || found.source().equals("held") || found.state() == State.APPEALED) {
                    content.restore(connection, item);
                }
            }
            default -> throw new IllegalStateException(what.toString());
        }
    }

    private ConflictException decided(Case found) {
        String by = members.displayNames(List.of(found.decidedBy())).getOrDefault(found.decidedBy(), "");
        return new ConflictException("core.case-decided", Map.of("by", by.isEmpty() ? "?" : by));
    }

    private boolean anotherModerates(Case found, long moderator) {
        List<String> roles = permissions.permissions(Caller.operator()).stream()
                .filter(permission -> permission.action().equals(MODERATE))
                .flatMap(permission -> permission.roles().stream())
                .map(Role::word)
                .toList();
        return Sql.read(dataSource, c -> CaseTable.anotherHolds(c, moderator, roles, found.neighbourhood()));
    }

    @Override
    public Case appeal(Caller caller, long id, @Nullable String text) {
        long member = caller.requireMember();
        Row seen = row(id);
        Case found = seen.known();
        Instant decidedAt = found.decidedAt();
        if (found.author() != member || decidedAt == null) {
            throw new NotFoundException();
        }
        Fields fields = new Fields();
        String appeal = fields.text("appeal", text, MIN_REASON, MAX_APPEAL);
        fields.verify();
        if (found.state() != State.DECIDED || !found.appeal().isEmpty()) {
            throw new ConflictException("core.appeal-once");
        }
        Instant now = clock.instant();
        if (now.isAfter(decidedAt.plus(Duration.ofDays(APPEAL_DAYS)))) {
            throw new ConflictException("core.appeal-too-late");
        }
        Sql.write(dataSource, connection -> {
            if (!CaseTable.appeal(connection, seen, appeal, now)) {
                throw new ConflictException("core.appeal-once");
            }
            audit.append(
                    connection, caller, "core.appeal", found.item().toString(), Map.of("case", String.valueOf(id)));
            return true;
        });
        return row(id).known();
    }

    @Override
    public boolean hidden(Initiative item) {
        return Sql.read(dataSource, c -> CaseTable.hidden(c, item));
    }

    @Override
    public Numbers numbers() {
        LocalDate since = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusMonths(MONTHS);
        Instant from = since.atStartOfDay(ZoneOffset.UTC).toInstant();
        return Sql.read(dataSource, connection -> {
            Map<String, Integer> decisions = CaseTable.tally(
                    connection,
                    "select decision, count(*) from core_case where decided_at >= ? group by decision",
                    from);
            CaseTable.tally(
                            connection,
                            "select first_decision, count(*) from core_case where first_at >= ? group by first_decision",
                            from)
                    .forEach((decision, n) -> decisions.merge(decision, n, Integer::sum));
            Map<String, Integer> sources = CaseTable.tally(
                    connection, "select source, count(*) from core_case where opened_at >= ? group by source", from);
            Map<String, Integer> appeals = CaseTable.tally(
                    connection,
                    "select case when first_decision is null or first_decision = decision then 'same' else 'other' end,"
                            + " count(*) from core_case where appealed_at >= ?"
                            + " group by case when first_decision is null or first_decision = decision then 'same' else 'other' end",
                    from);
            Map<String, Integer> waiting = CaseTable.tally(
                    connection, "select 'waiting', count(*) from core_case where waiting_since >= ?", Instant.EPOCH);
            return new Numbers(
                    since,
                    CaseTable.tally(
                            connection,
                            "select reason, count(*) from core_report where reported_at >= ? group by reason",
                            from),
                    decisions,
                    sources.getOrDefault("held", 0),
                    appeals.values().stream().mapToInt(n -> n).sum(),
                    appeals.getOrDefault("other", 0),
                    median(CaseTable.durations(connection, from)),
                    waiting.getOrDefault("waiting", 0));
        });
    }

    private static Optional<Integer> median(List<Long> millis) {
        List<Long> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty()
                ? Optional.empty()
                : Optional.of((int) Math.ceil(
                        Duration.ofMillis(sorted.get(sorted.size() / 2)).toMinutes() / 60.0));
    }

    @Override
    public List<BlockedWord> words(Caller caller) {
        access.require(caller, WORDS);
        return Sql.read(dataSource, CaseTable::words);
    }

    @Override
    public void block(Caller caller, @Nullable String word, boolean refuse) {
        access.require(caller, WORDS);
        Fields fields = new Fields();
        String clean = fields.line("word", word, 2, MAX_WORD);
        String folded = WordList.fold(clean);
        if (folded.isEmpty() && !clean.isEmpty()) {
            fields.add("word", "core.no-word", Map.of());
        }
        fields.verify();
        Sql.write(dataSource, connection -> {
            CaseTable.block(connection, folded, clean, refuse, clock.instant());
            audit.append(
                    connection,
                    caller,
                    "core.block-word",
                    "word",
                    Map.of("word", clean, "refuse", String.valueOf(refuse)));
            return true;
        });
        contributions.wordsChanged();
    }

    @Override
    public void unblock(Caller caller, String word) {
        access.require(caller, WORDS);
        Sql.write(dataSource, connection -> {
            if (CaseTable.unblock(connection, WordList.fold(word))) {
                audit.append(connection, caller, "core.unblock-word", "word", Map.of("word", word));
            }
            return true;
        });
        contributions.wordsChanged();
    }
}
