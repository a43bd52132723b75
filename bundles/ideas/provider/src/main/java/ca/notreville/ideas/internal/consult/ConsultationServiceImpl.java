// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.DomainException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.ideas.api.Ballot;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.Consultation.Option;
import ca.notreville.ideas.api.Consultation.Phase;
import ca.notreville.ideas.api.ConsultationDraft;
import ca.notreville.ideas.api.ConsultationResults;
import ca.notreville.ideas.api.ConsultationResults.Progress;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.api.VotingRule;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.internal.jpa.ConsultationTable;
import ca.notreville.ideas.internal.jpa.ConsultationTable.Row;
import ca.notreville.ideas.internal.receipt.Entry;
import ca.notreville.ideas.internal.receipt.Receipt;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.ReadCache;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Consultations by plain SQL. */
@Component(
        service = {ConsultationService.class, ConsultationServiceImpl.class},
        configurationPid = ZoneConfig.PID)
public final class ConsultationServiceImpl implements ConsultationService {

    /** An address of an idea here, or what the list of votes calls it. */
    private static final Pattern IDEA = Pattern.compile("(?:https?://[^/\\s]+)?/?(?:ideas/|idea:)([1-9][0-9]{0,17})");

    private static final int REMEMBERED = 1 << 8;
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Counted NOTHING = new Counted(0, List.of(), Map.of());

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final AuditLog audit;
    private final MemberService members;
    private final VerificationService residences;
    private final TerritoryService territory;
    private final IdeaService ideas;
    private final Register register;
    private final ZoneId zone;

    private final ReadCache<Counted> remembered = new ReadCache<>(REMEMBERED, FRESH, NOTHING);

    /** What all ballots come to, whether it is told or not. */
    private record Counted(int ballots, List<VotingRule.Standing> standings, Map<String, Long> turnout) {}

    /** In the order of service ranking, the highest last. */
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    volatile List<VotingRule> installed = List.of();

    @Activate
    public ConsultationServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference AuditLog audit,
            @Reference MemberService members,
            @Reference VerificationService residences,
            @Reference TerritoryService territory,
            @Reference IdeaService ideas,
            @Reference Register register,
            ZoneConfig config) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.members = members;
        this.residences = residences;
        this.territory = territory;
        this.ideas = ideas;
        this.register = register;
        zone = ZoneId.of(config.timeZone());
    }

    @Override
    public List<VotingRule> rules() {
        Map<String, VotingRule> rules = new LinkedHashMap<>();
        installed.forEach(rule -> rules.put(rule.id(), rule));
        return rules.values().stream()
                .sorted(Comparator.comparingInt(VotingRule::rank).thenComparing(VotingRule::id))
                .toList();
    }

    private Optional<VotingRule> rule(String id) {
        return rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    @Override
    public Consultation create(Caller caller, ConsultationDraft draft) {
        access.require(caller, HOLD);
        Consultation made = checked(caller, draft);
        Sql.write(dataSource, connection -> {
            ConsultationTable.insert(connection, made, caller.memberId());
            audit.append(
                    connection,
                    caller,
                    "ideas.consultation-announced",
                    subject(made.id()),
                    Map.of("title", made.title(), "rule", made.rule()));
            return made;
        });
        return made;
    }

    private Consultation checked(Caller caller, ConsultationDraft draft) {
        Fields fields = new Fields();
        String title = fields.line("title", draft.title(), ConsultationDraft.MIN_TITLE, ConsultationDraft.MAX_TITLE);
        String description = fields.text("description", draft.description(), 0, ConsultationDraft.MAX_DESCRIPTION);
        List<Option> options = options(fields, caller, draft.options());
        List<String> known = rules().stream().map(VotingRule::id).toList();
        String ruleId =
                Optional.ofNullable(fields.oneOf("rule", draft.rule(), known)).orElse(ForAgainst.ID);
        VotingRule rule = rule(ruleId).orElse(null);
        int usual = rule == null ? 0 : rule.usualLimit(options.size());
        int limit = usual == 0 ? 0 : number(fields, "limit", draft.limit(), 1, ConsultationDraft.MAX_LIMIT, usual);
        Instant now = now();
        Instant opens =
                Optional.ofNullable(moment(fields, "opensAt", draft.opensAt())).orElse(now);
        Instant closes = moment(fields, "closesAt", draft.closesAt());
        if (opens.isBefore(now)) {
            fields.add("opensAt", "ideas.consultation-past", Map.of());
        }
        if (closes == null) {
            if (draft.closesAt() == null || draft.closesAt().isBlank()) {
                fields.add("closesAt", "required", Map.of());
            }
            closes = now;
        } else if (!closes.isAfter(opens) || closes.isAfter(opens.plus(Duration.ofDays(ConsultationDraft.MAX_DAYS)))) {
            fields.add("closesAt", "ideas.consultation-closes", Map.of("days", ConsultationDraft.MAX_DAYS));
        }
        Residence.Level level = Optional.ofNullable(fields.oneOf(
                        "level",
                        draft.level(),
                        List.of(Residence.Level.values()).stream()
                                .map(Residence.Level::word)
                                .toList()))
                .flatMap(Residence.Level::of)
                .orElse(Residence.Level.NONE);
        List<String> places = new ArrayList<>();
        List<String> all =
                territory.neighbourhoods().stream().map(Neighbourhood::id).toList();
        for (String place : draft.places() == null ? List.<String>of() : draft.places()) {
            String one = fields.oneOf("places", place, all);
            if (one != null && !places.contains(one)) {
                places.add(one);
            }
        }
        int threshold = number(fields, "threshold", draft.threshold(), 0, ConsultationDraft.MAX_THRESHOLD, 0);
        fields.verify();
        return new Consultation(
                ids.next(),
                title,
                description,
                ruleId,
                limit,
                options,
                opens,
                closes,
                Boolean.TRUE.equals(draft.hidden()),
                level,
                places.stream().sorted().toList(),
                threshold,
                opens.isAfter(now) ? Phase.COMING : Phase.OPEN);
    }

    private List<Option> options(Fields fields, Caller caller, @Nullable String typed) {
        String text = Fields.clean(typed);
        List<Option> options = new ArrayList<>();
        for (String line : text.split("\n", ConsultationDraft.MAX_OPTIONS * 4)) {
            if (line.isBlank()) {
                continue;
            }
            Matcher idea = IDEA.matcher(line.strip());
            if (idea.matches()) {
                Idea known = idea(caller, Long.parseLong(idea.group(1)));
                if (known == null) {
                    fields.add("options", "ideas.consultation-no-idea", Map.of("line", line.strip()));
                } else {
                    options.add(new Option(options.size() + 1, known.title(), known.id()));
                }
            } else {
                options.add(new Option(
                        options.size() + 1, fields.line("options", line, 1, ConsultationDraft.MAX_OPTION), 0));
            }
        }
        if (options.size() < ConsultationDraft.MIN_OPTIONS || options.size() > ConsultationDraft.MAX_OPTIONS) {
            fields.add(
                    "options",
                    "ideas.consultation-options",
                    Map.of("min", ConsultationDraft.MIN_OPTIONS, "max", ConsultationDraft.MAX_OPTIONS));
        }
        return options;
    }

    private @Nullable Idea idea(Caller caller, long id) {
        try {
            Idea idea = ideas.get(caller, id);
            return idea.state().listed() ? idea : null;
        } catch (NotFoundException e) {
            return null;
        }
    }

    private static int number(Fields fields, String field, @Nullable String text, int min, int max, int missing) {
        if (text == null || text.isBlank()) {
            return missing;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        fields.add(field, "ideas.consultation-number", Map.of("min", min, "max", max));
        return missing;
    }

    private @Nullable Instant moment(Fields fields, String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            String given = text.strip();
            Instant moment = given.endsWith("Z")
                    ? Instant.parse(given)
                    : LocalDateTime.parse(given).atZone(zone).toInstant();
            return moment.truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            fields.add(field, "ideas.consultation-no-time", Map.of());
            return null;
        }
    }

    @Override
    public Consultation close(Caller caller, long id) {
        access.require(caller, HOLD);
        Instant now = now();
        return Sql.write(dataSource, connection -> {
            Consultation known = find(connection, id);
            if (!ConsultationTable.close(connection, id, now)) {
                throw new ConflictException(
                        known.phase() == Phase.COMING ? "ideas.consultation-coming" : "ideas.consultation-closed");
            }
            audit.append(connection, caller, "ideas.consultation-closed", subject(id), Map.of("title", known.title()));
            return find(connection, id);
        });
    }

    private Consultation find(Connection connection, long id) throws SQLException {
        return ConsultationTable.find(connection, id, now()).orElseThrow(NotFoundException::new);
    }

    @Override
    public Consultation get(long id) {
        return Sql.read(dataSource, connection -> find(connection, id));
    }

    @Override
    public Slice<Consultation> list(Paging paging) {
        return Sql.read(dataSource, connection -> {
            List<Consultation> found = ConsultationTable.list(
                    connection,
                    paging.after().isEmpty() ? Optional.empty() : Optional.of(paging.after()),
                    paging.limit() + 1,
                    now());
            return paging.slice(found, one -> Paging.cursor(one.opensAt().toEpochMilli(), one.id()));
        });
    }

    @Override
    public Optional<String> obstacle(Caller caller, long id) {
        if (!caller.signedIn()) {
            return Optional.of("sign-in-required");
        }
        try {
            access.require(caller, VotingService.VOTE);
        } catch (DomainException e) {
            return Optional.of(e.code());
        }
        return obstacle(caller.memberId(), get(id));
    }

    private Optional<String> obstacle(long member, Consultation consultation) {
        if (residences.of(member).level().compareTo(consultation.level()) < 0) {
            return Optional.of("ideas.consultation-level");
        }
        return consultation.places().isEmpty()
                        || place(member).filter(consultation.places()::contains).isPresent()
                ? Optional.empty()
                : Optional.of("ideas.consultation-place");
    }

    private Optional<String> place(long member) {
        return members.find(member).map(Member::neighbourhood);
    }

    @Override
    public Ballot vote(Caller caller, long id, Map<Integer, Integer> values) {
        access.require(caller, VotingService.VOTE);
        long member = caller.requireMember();
        Consultation consultation = get(id);
        requireOpen(consultation);
        obstacle(member, consultation).ifPresent(code -> {
            throw new ForbiddenException(code);
        });
        String content = Content.of(accepted(consultation, values));
        Optional<String> place = place(member);
        Ballot cast = Sql.write(dataSource, connection -> {
            hold(connection, id);
            while (true) {
                Receipt receipt = register.receipt();
                Row row = new Row(content, receipt.text(), now());
                Row so = ConsultationTable.ballot(connection, id, member).orElse(null);
                if (so == null) {
                    ConsultationTable.insertBallot(connection, id, member, row, place);
                    Register.cast(connection, receipt, subject(id), content, consultation.hidden());
                    return ballot(id, row);
                }
                if (so.content().equals(content)) {
                    return ballot(id, so);
                }
                // not if it was changed or withdrawn since it was read
                if (ConsultationTable.updateBallot(connection, id, member, so.receipt(), row, place)) {
                    Register.replace(
                            connection,
                            receipt,
                            VoteAct.CHANGED,
                            so.receipt(),
                            subject(id),
                            content,
                            consultation.hidden());
                    return ballot(id, row);
                }
            }
        });
        changed(id);
        return cast;
    }

    Map<Integer, Integer> accepted(Consultation consultation, Map<Integer, Integer> values) {
        VotingRule rule = rule(consultation.rule()).orElseThrow(() -> new ConflictException("ideas.rule-away"));
        if (values.isEmpty()) {
            throw InvalidException.of("ballot", "ideas.ballot-empty");
        }
        int options = consultation.options().size();
        List<Integer> allowed = rule.values(options, consultation.limit());
        values.forEach((option, value) -> {
            if (option < 1 || option > options || !allowed.contains(value)) {
                throw InvalidException.of("ballot", "ideas.ballot-unknown");
            }
        });
        if (!rule.accepts(values, options, consultation.limit())) {
            throw new InvalidException(List.of(
                    new FieldError("ballot", "ideas.rule-" + rule.id(), Map.of("limit", consultation.limit()))));
        }
        return values;
    }

    private static void requireOpen(Consultation consultation) {
        if (consultation.phase() != Phase.OPEN) {
            throw new ConflictException(
                    consultation.phase() == Phase.COMING ? "ideas.consultation-coming" : "ideas.consultation-closed");
        }
    }

    /** The database decides, whatever was read before. */
    private void hold(Connection connection, long id) throws SQLException {
        if (!ConsultationTable.holdOpen(connection, id, now())) {
            requireOpen(find(connection, id));
            throw new ConflictException("ideas.consultation-closed");
        }
    }

    @Override
    public Optional<String> withdraw(Caller caller, long id) {
        access.require(caller, VotingService.VOTE);
        long member = caller.requireMember();
        boolean hidden = get(id).hidden();
        Optional<String> withdrawn = Sql.write(dataSource, connection -> {
            hold(connection, id);
            while (true) {
                Row so = ConsultationTable.ballot(connection, id, member).orElse(null);
                if (so == null) {
                    return Optional.empty();
                }
                if (ConsultationTable.deleteBallot(connection, id, member, so.receipt())) {
                    Receipt receipt = register.receipt();
                    Register.replace(
                            connection, receipt, VoteAct.WITHDRAWN, so.receipt(), subject(id), Entry.NOTHING, hidden);
                    return Optional.of(receipt.text());
                }
            }
        });
        changed(id);
        return withdrawn;
    }

    @Override
    public Optional<Ballot> find(Caller caller, long id) {
        if (!caller.signedIn()) {
            return Optional.empty();
        }
        return Sql.read(dataSource, connection -> ConsultationTable.ballot(connection, id, caller.memberId()))
                .map(row -> ballot(id, row));
    }

    @Override
    public ConsultationResults results(long id) {
        Consultation consultation = get(id);
        Counted counted = remembered
                .get(List.of(id), missing -> Map.of(id, count(consultation)))
                .getOrDefault(id, NOTHING);
        boolean told = consultation.phase() == Phase.CLOSED || !consultation.hidden();
        return new ConsultationResults(
                counted.ballots, told ? counted.standings : List.of(), progress(consultation, counted.turnout));
    }

    /** Call after a ballot of this consultation is committed. */
    void changed(long id) {
        remembered.changed(id);
    }

    private Counted count(Consultation consultation) {
        VotingRule rule = rule(consultation.rule()).orElseThrow(() -> new ConflictException("ideas.rule-away"));
        Map<Map<Integer, Integer>, Long> ballots = new HashMap<>();
        Sql.read(dataSource, connection -> ConsultationTable.ballots(connection, consultation.id()))
                .forEach((content, times) -> ballots.put(Content.values(content), times));
        long cast = ballots.values().stream().mapToLong(Long::longValue).sum();
        return new Counted(
                (int) cast,
                rule.count(consultation.options().size(), consultation.limit(), ballots),
                Sql.read(dataSource, connection -> ConsultationTable.turnout(connection, consultation.id())));
    }

    private List<Progress> progress(Consultation consultation, Map<String, Long> turnout) {
        if (consultation.threshold() == 0) {
            return List.of();
        }
        return territory.neighbourhoods().stream()
                .map(Neighbourhood::id)
                .filter(place ->
                        consultation.places().isEmpty() || consultation.places().contains(place))
                .map(place ->
                        new Progress(place, turnout.getOrDefault(place, 0L).intValue(), consultation.threshold()))
                .toList();
    }

    private static Ballot ballot(long id, Row row) {
        return new Ballot(id, Content.values(row.content()), row.receipt(), row.castAt());
    }

    /** What the list calls a consultation. */
    static String subject(long id) {
        return KIND + ':' + id;
    }

    /** To what every database keeps. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
