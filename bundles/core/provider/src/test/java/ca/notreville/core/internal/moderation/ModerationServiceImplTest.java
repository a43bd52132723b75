// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.PermissionTable;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.Member;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.moderation.Contributions.Verdict;
import ca.notreville.core.api.moderation.ModeratedContent;
import ca.notreville.core.api.moderation.ModerationService;
import ca.notreville.core.api.moderation.ModerationService.Case;
import ca.notreville.core.api.moderation.ModerationService.Decision;
import ca.notreville.core.api.moderation.ModerationService.Filter;
import ca.notreville.core.api.moderation.ModerationService.State;
import ca.notreville.core.api.territory.Neighbourhood;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.internal.audit.AuditLogImpl;
import ca.notreville.core.internal.jpa.CaseTable;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Messages;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import org.mockito.Mockito;

@OnDatabase
class ModerationServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong IDS = new AtomicLong(10_000);
    private static final long AUTHOR = 1;
    private static final long MODERATOR = 50;
    private static final long OTHER_MODERATOR = 51;
    private static final String REASON = "C’est une insulte.";

    private static final AccessControl ACCESS = new AccessControl() {
        @Override
        public boolean allows(Caller caller, String action, Scope where) {
            return action.equals("core.report")
                    ? caller.signedIn()
                    : caller.has(Role.MODERATOR)
                            || caller.limited().stream()
                                    .anyMatch(grant -> grant.where().equals(where.neighbourhood()));
        }

        @Override
        public boolean allowsSomewhere(Caller caller, String action) {
            return allows(caller, action) || !caller.limited().isEmpty();
        }
    };

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final List<Letter> letters = new ArrayList<>();
    private final Caller moderator = moderator(MODERATOR);
    private final Caller other = moderator(OTHER_MODERATOR);
    private final Fake content = new Fake();
    private boolean mailFails;
    private ContributionsImpl contributions;
    private ModerationServiceImpl moderation;
    private Initiative item;

    /** Content that is hidden by a row. */
    private static final class Fake implements ModeratedContent {
        private @Nullable String place = "rapides";
        private long author = AUTHOR;

        @Override
        public String kind() {
            return "comment";
        }

        @Override
        public Optional<Item> describe(long id) {
            Initiative item = new Initiative("comment", id);
            return id < 5_000
                    ? Optional.empty()
                    : Optional.of(new Item(item, "Un titre", "Un texte", "/t", author, place, false));
        }

        @Override
        public void hide(Connection connection, long id) throws java.sql.SQLException {
            CaseTable.hide(connection, new Initiative("comment", id));
        }

        @Override
        public void restore(Connection connection, long id) throws java.sql.SQLException {
            CaseTable.restore(connection, new Initiative("comment", id));
        }
    }

    @BeforeEach
    void start() {
        for (String table : List.of(
                "core_report",
                "core_suspension",
                "core_hidden",
                "core_case",
                "core_rate",
                "core_session",
                "core_member_role",
                "core_audit_link",
                "core_audit",
                "core_member")) {
            database.execute("delete from " + table);
        }
        for (long id : new long[] {1, 2, 3, 4, 5, 6, 7, 8, 50, 51}) {
            database.execute("insert into core_member (id, version, email, display_name, profile, language, created_at)"
                    + " values (" + id + ", 1, 'm" + id
                    + "@example.org', 'Membre " + id + "', 'citizen', 'fr', '2026-01-01 00:00:00')");
        }
        holds(MODERATOR);
        holds(OTHER_MODERATOR);
        item = new Initiative("comment", IDS.incrementAndGet());
        contributions = contributions();
        moderation = moderation();
    }

    private static void holds(long member) {
        database.execute("insert into core_member_role (member_id, role, limit_kind, limit_id) values (" + member
                + ", 'moderator', 'town', '-')");
    }

    private MemberService members() {
        MemberService members = Mockito.mock(MemberService.class);
        Mockito.when(members.find(Mockito.anyLong())).thenAnswer(call -> {
            long id = call.getArgument(0);
            return Optional.of(new Member(
                    id,
                    "Membre " + id,
                    "m" + id + "@example.org",
                    Profile.CITIZEN,
                    null,
                    Locale.FRENCH,
                    "",
                    Set.of(),
                    id == 8 ? clock.instant() : Instant.parse("2026-01-01T00:00:00Z")));
        });
        Mockito.when(members.displayNames(Mockito.any()))
                .thenReturn(Map.of(MODERATOR, "Modération", OTHER_MODERATOR, "Autre"));
        return members;
    }

    private ContributionsImpl contributions() {
        return new ContributionsImpl(
                database.dataSource(),
                IDS::incrementAndGet,
                clock,
                ACCESS,
                members(),
                new Rates(database.dataSource(), clock));
    }

    private ModerationServiceImpl moderation() {
        Ids ids = IDS::incrementAndGet;
        PermissionTable permissions = Mockito.mock(PermissionTable.class);
        Mockito.when(permissions.permissions(Mockito.any()))
                .thenReturn(List.of(new PermissionTable.Permission(
                        ModerationService.MODERATE, "core", Set.of(Role.MODERATOR), Set.of(Role.MODERATOR))));
        TerritoryService territory = Mockito.mock(TerritoryService.class);
        Mockito.when(territory.neighbourhoods())
                .thenReturn(List.of(
                        new Neighbourhood(1, "rapides", "nord", "Les Rapides", Map.of(), List.of()),
                        new Neighbourhood(2, "centre", "nord", "Centre", Map.of(), List.of())));
        Mailer mailer = new Mailer() {
            @Override
            public synchronized void post(Connection connection, Letter letter) {
                if (mailFails) {
                    throw new IllegalStateException("no letter");
                }
                letters.add(letter);
            }

            @Override
            public void poke() {}
        };
        Messages messages = Mockito.mock(Messages.class);
        Mockito.when(messages.text(Mockito.any(), Mockito.any(), Mockito.any()))
                .thenAnswer(call -> call.getArgument(1) + " " + call.getArgument(2));
        MemberService members = members();
        ModerationServiceImpl service = new ModerationServiceImpl(
                database.dataSource(),
                ids,
                clock,
                ACCESS,
                permissions,
                territory,
                members,
                contributions,
                new AuditLogImpl(database.dataSource(), ids, clock, Mockito.mock(Outbox.class), ACCESS),
                mailer,
                new ModerationLetters(mailer, members).with(messages));
        service.addContent(content);
        return service;
    }

    @Test
    void whatIsReportedWaitsOnceHoweverManyReportIt() {
        AtOnce.run(6, i -> {
            moderation.report(member(2 + i % 3), item, "insult", "");
            return true;
        });

        List<Case> waiting = queue();
        assertThat(waiting).hasSize(1);
        assertThat(waiting.get(0).reports()).isEqualTo(3);
        assertThat(waiting.get(0).item()).isEqualTo(item);
        assertThat(moderation.reports(moderator, waiting.get(0).id()))
                .extracting(ModerationService.Report::reason)
                .containsOnly("insult");
        assertThat(hidden()).isFalse();
    }

    @Test
    void onlyMembersReportAndNotWhatIsTheirOwn() {
        assertThatThrownBy(() -> moderation.report(Caller.visitor(Locale.FRENCH), item, "spam", ""))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> moderation.report(member(AUTHOR), item, "spam", ""))
                .hasMessageContaining("core.own-report");
        assertThatThrownBy(() -> moderation.report(member(2), new Initiative("comment", 7), "spam", ""))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> moderation.report(member(2), new Initiative("poem", 7_000), "spam", ""))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aReportSaysWhy() {
        assertThatThrownBy(() -> moderation.report(member(2), item, null, ""))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> moderation.report(member(2), item, "boring", ""))
                .isInstanceOf(InvalidException.class);
        assertThatThrownBy(() -> moderation.report(member(2), item, "other", ""))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("note");
        assertThatThrownBy(() -> moderation.report(member(2), item, "spam", "x".repeat(ModerationService.MAX_NOTE + 1)))
                .hasMessageContaining("too-long");
    }

    @Test
    void whoReportsALotIsAskedToWait() {
        for (int i = 0; i < 5; i++) {
            moderation.report(member(8), new Initiative("comment", IDS.incrementAndGet()), "spam", "");
        }

        assertThatThrownBy(() ->
                        moderation.report(member(8), new Initiative("comment", IDS.incrementAndGet()), "spam", ""))
                .isInstanceOf(TooManyRequestsException.class);
        clock.advance(Duration.ofMinutes(11));
        moderation.report(member(8), new Initiative("comment", IDS.incrementAndGet()), "spam", "");
    }

    @Test
    void whatHasWaitedLongestComesFirst() {
        List<Long> reported = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Initiative one = new Initiative("comment", IDS.incrementAndGet());
            moderation.report(member(2), one, "spam", "");
            reported.add(one.id());
            clock.advance(Duration.ofMinutes(i % 2));
        }

        List<Long> read = new ArrayList<>();
        String cursor = null;
        do {
            var slice = moderation.queue(moderator, Filter.ALL, Paging.of("2", cursor, ModerationService.CURSOR_SIZE));
            slice.items().forEach(one -> read.add(one.item().id()));
            cursor = slice.next();
        } while (cursor != null);

        assertThat(read).isEqualTo(reported);
    }

    @Test
    void aModeratorOfANeighbourhoodSeesAndDecidesOnlyThere() {
        Caller local = Caller.holding(
                6, "Local", Set.of(new Grant(Role.MODERATOR, Grant.Limit.NEIGHBOURHOOD, "centre")), Locale.FRENCH);
        Case elsewhere = reported();
        content.place = "centre";
        item = new Initiative("comment", IDS.incrementAndGet());
        Case here = reported();

        assertThat(moderation.queue(local, Filter.ALL, Paging.first(20)).items())
                .extracting(Case::id)
                .containsExactly(here.id());
        assertThatThrownBy(() -> moderation.get(local, elsewhere.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> moderation.decide(local, elsewhere.id(), "hide", REASON, null))
                .isInstanceOf(ForbiddenException.class);
        assertThat(moderation.decide(local, here.id(), "hide", REASON, null).state())
                .isEqualTo(State.DECIDED);
        assertThatThrownBy(() -> moderation.queue(member(2), Filter.ALL, Paging.first(20)))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void theQueueIsFilteredByKindSourceAndPlace() {
        reported();

        assertThat(filtered(new Filter("comment", "report", "rapides"))).hasSize(1);
        assertThat(filtered(new Filter("idea", null, null))).isEmpty();
        assertThat(filtered(new Filter(null, "held", null))).isEmpty();
        assertThat(filtered(new Filter(null, "appeal", null))).isEmpty();
        assertThat(filtered(new Filter(null, null, "centre"))).isEmpty();
        assertThatThrownBy(() -> filtered(new Filter(null, "dream", null))).isInstanceOf(InvalidException.class);
    }

    @Test
    void whatIsHiddenIsToldToTheAuthorAndTheAuditLogWithTheReason() {
        Case known = reported();

        Case decided = moderation.decide(moderator, known.id(), "hide", REASON, null);

        assertThat(decided.decision()).isEqualTo(Decision.HIDE);
        assertThat(decided.decidedBy()).isEqualTo(MODERATOR);
        assertThat(hidden()).isTrue();
        assertThat(queue()).isEmpty();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).to()).isEqualTo("m1@example.org");
        assertThat(String.join(" ", letters.get(0).paragraphs()))
                .contains(REASON)
                .contains("letter.appeal");
        assertThat(audited("core.moderation-hide")).isEqualTo(1);
    }

    @Test
    void aDecisionIsDoneWholeOrNotAtAll() {
        Case known = reported();
        mailFails = true;

        assertThatThrownBy(() -> moderation.decide(moderator, known.id(), "hide", REASON, null))
                .hasMessageContaining("no letter");

        assertThat(hidden()).isFalse();
        assertThat(queue()).hasSize(1);
        assertThat(audited("core.moderation-hide")).isZero();
    }

    @Test
    void ofTwoWhoDecideAtOnceOneIsHeardAndTheOtherIsTold() {
        Case known = reported();

        List<String> outcomes = AtOnce.run(6, i -> {
            try {
                moderation.decide(
                        i % 2 == 0 ? moderator : other, known.id(), i % 2 == 0 ? "hide" : "warn", REASON, null);
                return "heard";
            } catch (ConflictException e) {
                return e.code();
            }
        });

        assertThat(outcomes).containsOnlyOnce("heard");
        assertThat(outcomes.stream().filter("core.case-decided"::equals)).hasSize(5);
        assertThat(letters).hasSize(1);
        assertThat(database.number("select count(*) from core_audit")).isEqualTo(1);
        assertThat(hidden()).isEqualTo(moderation.get(moderator, known.id()).decision() == Decision.HIDE);
    }

    @Test
    void nobodyDecidesAboutTheirOwn() {
        content.author = MODERATOR;
        Case known = reported();

        assertThatThrownBy(() -> moderation.decide(moderator, known.id(), "dismiss", "", null))
                .hasMessageContaining("core.case-own");
    }

    @Test
    void aDecisionNeedsAReasonUnlessItChangesNothingForTheWorse() {
        Case known = reported();

        for (String decision : List.of("hide", "warn", "suspend")) {
            assertThatThrownBy(() -> moderation.decide(moderator, known.id(), decision, " ", 7))
                    .isInstanceOf(InvalidException.class)
                    .hasMessageContaining("reason");
        }
        assertThatThrownBy(() -> moderation.decide(moderator, known.id(), "suspend", REASON, 12))
                .hasMessageContaining("days");
        assertThatThrownBy(() -> moderation.decide(moderator, known.id(), "ban", REASON, null))
                .hasMessageContaining("decision");
        assertThat(moderation.decide(moderator, known.id(), "dismiss", "", null).decision())
                .isEqualTo(Decision.DISMISS);
        assertThat(letters).isEmpty();
    }

    @Test
    void whoIsSuspendedIsSignedOutAndContributesNothingUntilItEnds() {
        Caller author = member(AUTHOR);
        contributions.requireActive(author);
        database.execute("insert into core_session (token_hash, member_id, created_at, expires_at) values"
                + " ('x', 1, '2026-01-01 00:00:00', '2027-01-01 00:00:00')");
        Case known = reported();

        Case decided = moderation.decide(moderator, known.id(), "suspend", REASON, 7);

        assertThat(decided.suspendedUntil()).isEqualTo(Instant.parse("2026-05-08T12:00:00Z"));
        assertThat(hidden()).isTrue();
        assertThat(database.number("select count(*) from core_session")).isZero();
        assertThatThrownBy(() -> contributions.check(author, "comment", "body", "Bonjour"))
                .isInstanceOf(ForbiddenException.class)
                .hasMessageContaining("core.suspended");
        assertThat(moderation.get(author, known.id()).decision()).isEqualTo(Decision.SUSPEND);
        clock.advance(Duration.ofDays(7).plusSeconds(1));
        contributions.requireActive(author);
    }

    @Test
    void anAuthorAppealsOnceAndAnotherModeratorDecides() {
        Case known = reported();
        Caller author = member(AUTHOR);
        moderation.decide(moderator, known.id(), "suspend", REASON, 30);
        clock.advance(Duration.ofHours(1));

        Case appealed = moderation.appeal(author, known.id(), "Ce n’était pas une insulte.");

        assertThat(appealed.state()).isEqualTo(State.APPEALED);
        assertThat(queue()).extracting(Case::id).containsExactly(known.id());
        assertThat(filtered(new Filter(null, "appeal", null))).hasSize(1);
        assertThatThrownBy(() -> moderation.appeal(author, known.id(), "Encore une fois."))
                .hasMessageContaining("core.appeal-once");
        assertThatThrownBy(() -> moderation.decide(moderator, known.id(), "restore", "", null))
                .hasMessageContaining("core.case-appeal");

        Case closed = moderation.decide(other, known.id(), "restore", "Vous aviez raison.", null);

        assertThat(closed.state()).isEqualTo(State.CLOSED);
        assertThat(closed.first()).isEqualTo(Decision.SUSPEND);
        assertThat(hidden()).isFalse();
        contributions.requireActive(author);
        assertThat(letters).hasSize(2);
        assertThat(audited("core.moderation-appeal")).isEqualTo(1);
        assertThat(audited("core.appeal")).isEqualTo(1);
        assertThatThrownBy(() -> moderation.appeal(author, known.id(), "Et encore une fois."))
                .hasMessageContaining("core.appeal-once");
    }

    @Test
    void whereThereIsNoOtherModeratorTheFirstLooksAgain() {
        database.execute("delete from core_member_role where member_id = " + OTHER_MODERATOR);
        Case known = reported();
        moderation.decide(moderator, known.id(), "hide", REASON, null);
        moderation.appeal(member(AUTHOR), known.id(), "Ce n’était pas une insulte.");

        assertThat(moderation
                        .decide(moderator, known.id(), "hide", "C’en était une.", null)
                        .state())
                .isEqualTo(State.CLOSED);
        assertThat(hidden()).isTrue();
    }

    @Test
    void onlyTheAuthorAppealsAndForThirtyDays() {
        Case known = reported();
        assertThatThrownBy(() -> moderation.appeal(member(AUTHOR), known.id(), "Trop tôt pour cela."))
                .isInstanceOf(NotFoundException.class);
        moderation.decide(moderator, known.id(), "hide", REASON, null);

        assertThatThrownBy(() -> moderation.appeal(member(2), known.id(), "Je ne suis pas l’auteur."))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> moderation.get(member(2), known.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> moderation.appeal(member(AUTHOR), known.id(), "court"))
                .isInstanceOf(InvalidException.class);
        clock.advance(Duration.ofDays(ModerationService.APPEAL_DAYS).plusSeconds(1));
        assertThatThrownBy(() -> moderation.appeal(member(AUTHOR), known.id(), "Je reviens de voyage."))
                .hasMessageContaining("core.appeal-too-late");
    }

    @Test
    void aDecidedThingCanBeReportedByOthersAgain() {
        Case first = reported();
        moderation.decide(moderator, first.id(), "dismiss", "", null);

        moderation.report(member(2), item, "spam", "");
        assertThat(queue()).isEmpty();
        moderation.report(member(3), item, "spam", "");
        assertThat(queue()).hasSize(1);
    }

    @Test
    void whatIsHeldWaitsAndIsShownWhenNothingSpeaksAgainstIt() {
        Sql.write(database.dataSource(), connection -> {
            content.hide(connection, item.id());
            contributions.hold(
                    connection,
                    content.describe(item.id()).orElseThrow(),
                    new Verdict(true, List.of("links", "new-account")));
            return true;
        });

        Case held = queue().get(0);
        assertThat(held.source()).isEqualTo("held");
        assertThat(held.signs()).containsExactly("links", "new-account");
        moderation.decide(moderator, held.id(), "dismiss", "", null);
        assertThat(hidden()).isFalse();
        assertThat(letters).hasSize(1);
    }

    @Test
    void blockedWordsAreRefusedOrHeldFromTheNextTextOn() {
        assertThat(contributions
                        .check(member(2), "comment", "body", "Quel saligaud")
                        .held())
                .isFalse();
        moderation.block(moderator, "Saligaud", false);
        assertThat(contributions
                        .check(member(2), "comment", "body", "Quel SALIG4UD")
                        .signs())
                .containsExactly("blocked-word");
        moderation.block(moderator, "saligaud", true);
        assertThatThrownBy(() -> contributions.check(member(2), "comment", "body", "Quel saligaud"))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("core.blocked-word");
        assertThat(moderation.words(moderator))
                .filteredOn(w -> w.word().equals("saligaud"))
                .hasSize(1);
        moderation.unblock(moderator, "saligaud");
        assertThat(contributions
                        .check(member(2), "comment", "body", "Quel saligaud")
                        .held())
                .isFalse();
        assertThat(audited("core.block-word")).isEqualTo(2);
        assertThatThrownBy(() -> moderation.block(moderator, "?!", false)).hasMessageContaining("word");
        assertThatThrownBy(() -> moderation.block(member(2), "mot", false)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void newAccountsAreHeldToFewerContributionsThanOthersOnAllNodesTogether() {
        List<Boolean> passed = AtOnce.run(12, i -> {
            try {
                contributions().check(member(8), "comment", "body", "Bonjour " + i);
                return true;
            } catch (TooManyRequestsException e) {
                return false;
            }
        });

        assertThat(passed.stream().filter(p -> p)).hasSize(5);
        for (int i = 0; i < 20; i++) {
            contributions.check(member(2), "comment", "body", "Bonjour " + i);
        }
        assertThatThrownBy(() -> contributions.check(member(2), "comment", "body", "Bonjour"))
                .isInstanceOf(TooManyRequestsException.class);
        for (int i = 0; i < 30; i++) {
            contributions.check(moderator, "comment", "body", "Bonjour");
        }
    }

    @Test
    void theSameTextTwiceOfANewAccountIsHeld() {
        assertThat(contributions
                        .check(member(8), "comment", "body", "Venez voir ma boutique!")
                        .held())
                .isFalse();
        assertThat(contributions
                        .check(member(8), "comment", "body", "venez voir MA boutique")
                        .held())
                .isTrue();
    }

    @Test
    void numbersCountReportsDecisionsAndAppeals() {
        Case known = reported();
        clock.advance(Duration.ofMinutes(90));
        moderation.decide(moderator, known.id(), "hide", REASON, null);
        moderation.appeal(member(AUTHOR), known.id(), "Ce n’était pas une insulte.");
        moderation.decide(other, known.id(), "restore", "", null);
        item = new Initiative("comment", IDS.incrementAndGet());
        reported();

        var numbers = moderation.numbers();

        assertThat(numbers.reports()).isEqualTo(Map.of("insult", 2));
        assertThat(numbers.decisions()).isEqualTo(Map.of("hide", 1, "restore", 1));
        assertThat(numbers.appeals()).isEqualTo(1);
        assertThat(numbers.overturned()).isEqualTo(1);
        assertThat(numbers.medianHours()).contains(2);
        assertThat(numbers.waiting()).isEqualTo(1);
        clock.advance(Duration.ofDays(400));
        assertThat(moderation.numbers().reports()).isEmpty();
    }

    private Case reported() {
        moderation.report(member(2), item, "insult", "");
        return queue().stream()
                .filter(one -> one.item().equals(item))
                .findFirst()
                .orElseThrow();
    }

    private List<Case> queue() {
        return filtered(Filter.ALL);
    }

    private List<Case> filtered(Filter filter) {
        return moderation.queue(moderator, filter, Paging.first(50)).items();
    }

    private boolean hidden() {
        return moderation.hidden(item);
    }

    private static long audited(String action) {
        return database.number("select count(*) from core_audit where action = '" + action + "'");
    }

    private static Caller member(long id) {
        return Caller.member(id, "Membre " + id, Set.of(), Locale.FRENCH);
    }

    private static Caller moderator(long id) {
        return Caller.member(id, "Membre " + id, Set.of(Role.MODERATOR), Locale.FRENCH);
    }
}
