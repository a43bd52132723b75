// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.list.Slice;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.verification.Residence;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.ideas.api.Ballot;
import ca.notreville.ideas.api.Consultation;
import ca.notreville.ideas.api.Consultation.Phase;
import ca.notreville.ideas.api.ConsultationDraft;
import ca.notreville.ideas.api.ConsultationResults;
import ca.notreville.ideas.api.ConsultationResults.Progress;
import ca.notreville.ideas.api.ConsultationService;
import ca.notreville.ideas.api.IdeaService;
import ca.notreville.ideas.api.PaperService.Paper;
import ca.notreville.ideas.api.PaperService.State;
import ca.notreville.ideas.api.VoteAct;
import ca.notreville.ideas.api.VoteReceipt;
import ca.notreville.ideas.api.VotingRule;
import ca.notreville.ideas.api.VotingService;
import ca.notreville.ideas.internal.receipt.ReceiptAudit;
import ca.notreville.ideas.internal.receipt.ReceiptServiceImpl;
import ca.notreville.ideas.internal.receipt.Register;
import ca.notreville.ideas.internal.receipt.Sealing;
import ca.notreville.persistence.api.Ids;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class ConsultationServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("ideas");

    private static final AtomicLong LAST_ID = new AtomicLong();
    private static final Caller STAFF = Caller.member(900, "Agente", Set.of(Role.STAFF), Locale.FRENCH);

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final MemberService members = mock(MemberService.class);
    private final VerificationService residences = mock(VerificationService.class);
    private final AuditLog audit = mock(AuditLog.class);
    private ConsultationServiceImpl consultations;
    private PaperServiceImpl papers;
    private ReceiptServiceImpl receipts;
    private Sealing sealing;

    @BeforeEach
    void start() {
        for (String table : List.of(
                "ideas_paper",
                "ideas_ballot",
                "ideas_consultation_place",
                "ideas_consultation_option",
                "ideas_consultation",
                "ideas_receipt_change",
                "ideas_receipt",
                "ideas_seal")) {
            database.execute("delete from " + table);
        }
        // as real ones, in the order of time: what was hidden is looked for from its opening on
        Ids ids = () -> Ids.atOrAfter(clock.instant()) + LAST_ID.incrementAndGet();
        TerritoryService territory = mock(TerritoryService.class);
        when(territory.neighbourhoods()).thenReturn(List.of(place("centre"), place("rive")));
        when(residences.of(anyLong())).thenReturn(Residence.NONE);
        when(members.find(anyLong())).thenReturn(Optional.empty());
        IdeaService ideas = mock(IdeaService.class);
        when(ideas.get(any(), anyLong())).thenThrow(new NotFoundException());
        ZoneConfig zone = mock(ZoneConfig.class);
        when(zone.timeZone()).thenReturn("America/Toronto");
        AccessControl access =
                (caller, action, where) -> caller.has(action.equals(VotingService.VOTE) ? Role.MEMBER : Role.STAFF);
        consultations = new ConsultationServiceImpl(
                database.dataSource(),
                ids,
                clock,
                access,
                audit,
                members,
                residences,
                territory,
                ideas,
                new Register(ids),
                zone);
        consultations.installed =
                List.of(new Judgment(), new Approval(), new Points(), new ForAgainst(), new Ranking());
        papers = new PaperServiceImpl(
                database.dataSource(), ids, clock, access, audit, consultations, new Register(ids));
        receipts = new ReceiptServiceImpl(database.dataSource());
        sealing = new Sealing(database.dataSource(), clock);
    }

    @Test
    void aConsultationOpensAndClosesByTheServersClock() {
        Consultation made = consultations.create(STAFF, draft("approval", "2", "2026-05-02T08:00", "2026-05-09T20:00"));

        assertThat(made.opensAt()).isEqualTo(Instant.parse("2026-05-02T12:00:00Z"));
        assertThat(made.phase()).isEqualTo(Phase.COMING);
        assertThatThrownBy(() -> vote(1, made, Map.of(1, 1)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ideas.consultation-coming");

        clock.advance(Duration.ofDays(1));
        assertThat(consultations.get(made.id()).phase()).isEqualTo(Phase.OPEN);
        Ballot ballot = vote(1, made, Map.of(1, 1));
        assertThat(consultations.find(member(1), made.id())).contains(ballot);

        clock.advance(Duration.ofDays(8));
        assertThatThrownBy(() -> vote(1, made, Map.of(2, 1))).hasMessageContaining("ideas.consultation-closed");
        assertThatThrownBy(() -> consultations.withdraw(member(1), made.id()))
                .hasMessageContaining("ideas.consultation-closed");
        assertThat(consultations.results(made.id()).ballots()).isEqualTo(1);
    }

    @Test
    void everythingWrongInADraftIsToldAtOnce() {
        ConsultationDraft draft = new ConsultationDraft(
                "x",
                "",
                "unheard-of",
                "0",
                "Un seul",
                "2020-01-01T00:00",
                "bientôt",
                null,
                "noble",
                List.of("lune"),
                "-1");

        assertThatThrownBy(() -> consultations.create(STAFF, draft))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::field)
                        .contains("title", "rule", "options", "opensAt", "closesAt", "level", "places", "threshold"));
        assertThatThrownBy(() -> consultations.create(member(1), draft)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void theSameAgainChangesNothingAndAChangeTakesThePlaceOfTheEarlierBallot() {
        Consultation made = open("points", "5", false);
        Ballot first = vote(1, made, Map.of(1, 3, 2, 2));
        assertThat(vote(1, made, Map.of(2, 2, 1, 3))).isEqualTo(first);

        Ballot changed = vote(1, made, Map.of(3, 5));
        String withdrawn = consultations.withdraw(member(1), made.id()).orElseThrow();
        vote(2, made, Map.of(3, 4));
        sealing.seal();

        assertThat(receipts.check(first.receipt()).replacedBy()).isEqualTo(VoteAct.CHANGED);
        assertThat(receipts.check(changed.receipt()).replacedBy()).isEqualTo(VoteAct.WITHDRAWN);
        assertThat(receipts.check(withdrawn).act()).isEqualTo(VoteAct.WITHDRAWN);
        assertThat(consultations.results(made.id()).standings().get(0)).satisfies(s -> {
            assertThat(s.option()).isEqualTo(3);
            assertThat(s.score()).isEqualTo(4);
        });
        assertThat(new ReceiptAudit(database.dataSource()).audit().wrong()).isEmpty();
    }

    @Test
    void aBallotThatTheRuleDoesNotAcceptIsRefusedAtItsField() {
        Consultation made = open("approval", "2", false);

        assertThatThrownBy(() -> vote(1, made, Map.of(1, 1, 2, 1, 3, 1)))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("ideas.rule-approval");
        assertThatThrownBy(() -> vote(1, made, Map.of())).hasMessageContaining("ideas.ballot-empty");
        assertThatThrownBy(() -> vote(1, made, Map.of(4, 1))).hasMessageContaining("ideas.ballot-unknown");
        assertThatThrownBy(() -> vote(1, made, Map.of(1, 7))).hasMessageContaining("ideas.ballot-unknown");
        assertThat(consultations.results(made.id()).ballots()).isZero();
    }

    @Test
    void whoMayVoteIsToldBeforeTheyTry() {
        Consultation made = consultations.create(
                STAFF,
                new ConsultationDraft(
                        "Une question",
                        "",
                        "approval",
                        null,
                        "Un\nDeux",
                        null,
                        "2026-06-01T00:00",
                        false,
                        "verified",
                        List.of("rive"),
                        null));
        assertThat(consultations.obstacle(Caller.visitor(Locale.FRENCH), made.id()))
                .contains("sign-in-required");
        assertThat(consultations.obstacle(member(1), made.id())).contains("ideas.consultation-level");
        assertThatThrownBy(() -> vote(1, made, Map.of(1, 1)))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("ideas.consultation-level");

        lives(1, "centre", Residence.Level.VERIFIED);
        assertThat(consultations.obstacle(member(1), made.id())).contains("ideas.consultation-place");
        assertThatThrownBy(() -> vote(1, made, Map.of(1, 1))).hasMessageContaining("ideas.consultation-place");

        lives(1, "rive", Residence.Level.VERIFIED);
        assertThat(consultations.obstacle(member(1), made.id())).isEmpty();
        vote(1, made, Map.of(1, 1));
        assertThatThrownBy(() -> consultations.vote(Caller.visitor(Locale.FRENCH), made.id(), Map.of(1, 1)))
                .isInstanceOf(UnauthenticatedException.class);
    }

    @Test
    void whatWasSaidInAHiddenConsultationIsNeitherShownNorInTheListBeforeItIsClosed() {
        Consultation hidden = open("approval", "1", true);
        Consultation shown = open("approval", "1", false);
        Ballot first = vote(1, hidden, Map.of(2, 1));
        vote(1, shown, Map.of(1, 1));
        Ballot changed = vote(1, hidden, Map.of(3, 1));
        sealing.seal();

        assertThat(consultations.results(hidden.id()).ballots()).isEqualTo(1);
        assertThat(consultations.results(hidden.id()).standings()).isEmpty();
        assertThat(receipts.latest().orElseThrow().entries()).isEqualTo(1);
        VoteReceipt waiting = receipts.check(changed.receipt());
        assertThat(waiting.seal()).isNull();
        assertThat(waiting.content()).isEqualTo("3=1");

        clock.advance(Duration.ofDays(60));
        sealing.seal();

        assertThat(consultations.results(hidden.id()).standings().get(0).option())
                .isEqualTo(3);
        assertThat(receipts.check(changed.receipt()).seal()).isNotNull();
        assertThat(receipts.check(first.receipt()).replacedBy()).isEqualTo(VoteAct.CHANGED);
        assertThat(new ReceiptAudit(database.dataSource()).audit())
                .isEqualTo(new ReceiptAudit.Finding(3, 0, List.of()));
    }

    @Test
    void eachNeighbourhoodIsToldHowFarItIs() {
        Consultation made = consultations.create(
                STAFF,
                new ConsultationDraft(
                        "Une question", "", null, null, "Un\nDeux", null, "2026-06-01T00:00", null, null, null, "2"));
        lives(1, "rive", Residence.Level.NONE);
        lives(2, "rive", Residence.Level.NONE);
        lives(3, "centre", Residence.Level.NONE);
        for (long voter = 1; voter <= 4; voter++) {
            vote(voter, made, Map.of(1, 2));
        }

        ConsultationResults results = consultations.results(made.id());

        assertThat(results.ballots()).isEqualTo(4);
        assertThat(results.progress()).containsExactly(new Progress("centre", 1, 2), new Progress("rive", 2, 2));
        assertThat(results.progress()).extracting(Progress::reached).containsExactly(false, true);
    }

    @Test
    void manyAtOnceHaveOneBallotEachAndOneReceiptForTheSame() {
        Consultation made = open("judgment", null, false);

        List<String> same = AtOnce.run(30, i -> vote(1, made, Map.of(1, 5)).receipt());
        AtOnce.run(30, i -> vote(2 + i % 5, made, Map.of(1, i % 3)).receipt());

        assertThat(new HashSet<>(same)).hasSize(1);
        assertThat(consultations.results(made.id()).ballots()).isEqualTo(6);
        assertThat(new ReceiptAudit(database.dataSource()).audit().wrong()).isEmpty();
    }

    /** Whoever got a receipt is counted, whoever did not is not: the row of the consultation decides, not the page. */
    @Test
    void votesThatRaceWithTheClosingAreEitherInOrRefused() {
        Consultation made = open("approval", "1", false);
        clock.advance(Duration.ofMinutes(1));

        List<Boolean> taken = AtOnce.run(20, i -> {
            try {
                if (i == 10) {
                    consultations.close(STAFF, made.id());
                    return false;
                }
                vote(1 + i, made, Map.of(1, 1));
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });

        assertThat(consultations.results(made.id()).ballots())
                .isEqualTo((int) taken.stream().filter(in -> in).count());
        assertThat(consultations.get(made.id()).phase()).isEqualTo(Phase.CLOSED);
        assertThatThrownBy(() -> consultations.close(STAFF, made.id()))
                .hasMessageContaining("ideas.consultation-closed");
    }

    @Test
    void aRuleThatIsInstalledByOthersIsOfferedAndOneThatGoesAwayIsMissed() {
        VotingRule own = mock(VotingRule.class);
        when(own.id()).thenReturn("lottery");
        when(own.rank()).thenReturn(50);
        when(own.values(3, 0)).thenReturn(List.of(1));
        when(own.accepts(any(), org.mockito.ArgumentMatchers.eq(3), org.mockito.ArgumentMatchers.eq(0)))
                .thenReturn(true);
        consultations.installed = List.of(new Approval(), own);
        assertThat(consultations.rules()).extracting(VotingRule::id).containsExactly("lottery", "approval");
        Consultation made = open("lottery", null, false);
        vote(1, made, Map.of(1, 1));

        consultations.installed = List.of(new Approval());

        assertThatThrownBy(() -> vote(2, made, Map.of(1, 1)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("ideas.rule-away");
        assertThat(consultations.get(made.id()).rule()).isEqualTo("lottery");
    }

    @Test
    void theLatestComeFirstAPieceAtATime() {
        for (int i = 0; i < 5; i++) {
            open("approval", null, false);
            clock.advance(Duration.ofHours(1));
        }

        Slice<Consultation> first = consultations.list(Paging.first(3));
        Slice<Consultation> rest = consultations.list(Paging.of("3", first.next(), ConsultationService.CURSOR_SIZE));

        assertThat(first.items()).hasSize(3);
        assertThat(rest.items()).hasSize(2);
        assertThat(rest.next()).isNull();
        assertThat(first.items().get(0).opensAt()).isAfter(rest.items().get(1).opensAt());
    }

    @Test
    void aPaperCountsOnceTwoClerksEnteredTheSameWhicheverWayTheyTypeItsNumber() {
        Consultation made = open("approval", "2", false);

        assertThat(enter(901, made, "a-17", Map.of(1, 1, 2, 1))).isEqualTo(new Paper("A-17", State.ONCE, ""));
        assertThat(enter(901, made, "A-17", Map.of(2, 1, 1, 1)).state())
                .as("one clerk alone does not make it count")
                .isEqualTo(State.ONCE);
        assertThat(consultations.results(made.id()).ballots()).isZero();
        Paper agreed = enter(902, made, " A-17 ", Map.of(1, 1, 2, 1));

        assertThat(agreed.state()).isEqualTo(State.AGREED);
        assertThat(consultations.results(made.id()).ballots()).isEqualTo(1);
        assertThat(receipts.check(agreed.receipt()).content()).isEqualTo("1=1,2=1");
        assertThatThrownBy(() -> enter(903, made, "A-17", Map.of(3, 1))).hasMessageContaining("ideas.paper-agreed");
        assertThat(papers.open(clerk(901), made.id())).isEmpty();
        assertThat(papers.agreed(clerk(901), made.id())).isEqualTo(1);
        assertThat(new ReceiptAudit(database.dataSource()).audit().wrong()).isEmpty();
    }

    @Test
    void whatTwoClerksEnterDifferentlyDoesNotCountUntilItIsSettled() {
        Consultation made = open("approval", "2", false);
        enter(901, made, "1", Map.of(1, 1));

        assertThat(enter(902, made, "1", Map.of(2, 1)).state()).isEqualTo(State.DIFFERENT);
        assertThat(papers.open(clerk(901), made.id())).containsExactly(new Paper("1", State.DIFFERENT, ""));
        assertThat(enter(902, made, "1", Map.of(3, 1)).state()).isEqualTo(State.DIFFERENT);
        assertThat(enter(903, made, "1", Map.of(1, 1)).state()).isEqualTo(State.AGREED);
        assertThat(consultations.results(made.id()).ballots()).isEqualTo(1);
    }

    @Test
    void twoClerksAtOnceMakeOneBallotOfOnePaper() {
        Consultation made = open("approval", "2", false);
        for (int round = 0; round < 10; round++) {
            String number = "N-" + round;

            List<State> states = AtOnce.run(
                    2, i -> enter(901 + i, made, number, Map.of(1, 1)).state());

            assertThat(states).containsExactlyInAnyOrder(State.ONCE, State.AGREED);
        }
        assertThat(consultations.results(made.id()).ballots()).isEqualTo(10);
    }

    @Test
    void papersAreEnteredUntilAWeekAfterTheCloseAndByStaffAlone() {
        Consultation made = open("approval", "2", true);
        enter(901, made, "7", Map.of(1, 1));
        clock.advance(Duration.between(clock.instant(), made.closesAt()).plusDays(1));
        assertThat(enter(902, made, "7", Map.of(1, 1)).state()).isEqualTo(State.AGREED);
        sealing.seal();
        assertThat(receipts.latest().orElseThrow().entries()).isEqualTo(1);

        clock.advance(Duration.ofDays(7));
        assertThatThrownBy(() -> enter(901, made, "8", Map.of(1, 1))).hasMessageContaining("ideas.paper-late");
        assertThatThrownBy(() -> enter(901, made, "n° 8", Map.of(1, 1))).hasMessageContaining("ideas.paper-number");
        assertThatThrownBy(() -> papers.enter(member(1), made.id(), "8", Map.of(1, 1)))
                .isInstanceOf(ForbiddenException.class);
    }

    private Paper enter(long clerk, Consultation made, String number, Map<Integer, Integer> values) {
        return papers.enter(clerk(clerk), made.id(), number, values);
    }

    private static Caller clerk(long id) {
        return Caller.member(id, "Agent " + id, Set.of(Role.STAFF), Locale.FRENCH);
    }

    private Consultation open(String rule, @Nullable String limit, boolean hidden) {
        return consultations.create(
                STAFF,
                new ConsultationDraft(
                        "Que faire de la place?",
                        "Le budget est voté.",
                        rule,
                        limit,
                        "Un jardin\nUne fontaine\nUn marché",
                        null,
                        "2026-06-01T00:00",
                        hidden,
                        null,
                        null,
                        null));
    }

    private static ConsultationDraft draft(String rule, String limit, String opens, String closes) {
        return new ConsultationDraft(
                "Que faire de la place?",
                "",
                rule,
                limit,
                "Un jardin\n\nUne fontaine",
                opens,
                closes,
                false,
                null,
                null,
                null);
    }

    private Ballot vote(long voter, Consultation made, Map<Integer, Integer> values) {
        return consultations.vote(member(voter), made.id(), values);
    }

    private void lives(long member, String place, Residence.Level level) {
        when(members.find(member))
                .thenReturn(Optional.of(new Member(
                        member,
                        "M",
                        "m@example.org",
                        Profile.values()[0],
                        place,
                        Locale.FRENCH,
                        "",
                        Set.of(),
                        Instant.EPOCH)));
        when(residences.of(member)).thenReturn(new Residence(level, null, null, null, 0));
    }

    private static Neighbourhood place(String id) {
        return new Neighbourhood(1, id, "b", id, Map.of(), List.of());
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }
}
