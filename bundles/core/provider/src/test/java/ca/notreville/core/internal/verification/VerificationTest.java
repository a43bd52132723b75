// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import ca.notreville.core.api.access.Action;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.module.CommunityModule;
import ca.notreville.core.api.privacy.PrivacyRegister;
import ca.notreville.core.api.territory.TerritoryService;
import ca.notreville.core.api.verification.PostalAddress;
import ca.notreville.core.api.verification.Residence.Level;
import ca.notreville.core.api.verification.Residence.Way;
import ca.notreville.core.api.verification.ResidentClaim;
import ca.notreville.core.api.verification.VerificationAdmin;
import ca.notreville.core.api.verification.VerificationService;
import ca.notreville.core.internal.access.AccessControlImpl;
import ca.notreville.core.internal.access.PermissionStore;
import ca.notreville.core.internal.access.ResidenceStore;
import ca.notreville.core.internal.paper.LetterSheet;
import ca.notreville.core.internal.paper.Papers;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnDatabase
class VerificationTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong LAST_ID = new AtomicLong(1_000);
    private static final PostalAddress HOME =
            new PostalAddress("Ana Tremblay", "12, rue du Quai", "", "Val-aux-Hérons", "g0x1a0");

    private final Caller ana = Caller.member(7, "Ana", Set.of(), Locale.FRENCH);
    private final Caller bea = Caller.member(8, "Bea", Set.of(), Locale.FRENCH);
    private final Caller staff = Caller.member(9, "Léo", Set.of(Role.STAFF), Locale.FRENCH);
    private final Caller boss = Caller.member(10, "Max", Set.of(Role.ADMINISTRATOR), Locale.FRENCH);
    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final AuditLog audit = mock(AuditLog.class);
    private final PrivacyRegister register = mock(PrivacyRegister.class);
    private final Papers papers = mock(Papers.class);
    private final List<LetterSheet> printed = new ArrayList<>();
    private ResidenceStore store;
    private AccessControlImpl access;
    private VerificationService verification;
    private VerificationAdmin admin;

    private record Module(String id, Set<Action> actions) implements CommunityModule {}

    @BeforeEach
    void start() {
        for (String table : List.of(
                "core_residence",
                "core_residence_rule",
                "core_residence_setting",
                "core_residence_letter",
                "core_resident",
                "core_resident_list",
                "core_resident_try",
                "core_member")) {
            database.execute("delete from " + table);
        }
        for (int id = 7; id <= 10; id++) {
            database.execute("insert into core_member (id, version, email, display_name, profile, language, created_at)"
                    + " values (" + id + ", 1, 'm" + id + "@example.org', 'M', 'citizen', 'fr', current_timestamp)");
        }
        store = new ResidenceStore(database.dataSource(), clock);
        access = new AccessControlImpl(new PermissionStore(database.jpa("core")), mock(TerritoryService.class), store);
        access.addModule(new Module(
                "core",
                Set.of(
                        Action.of("core.comment", Role.MEMBER),
                        Action.of(VerificationAdmin.VERIFY, Role.STAFF, Role.ADMINISTRATOR),
                        Action.of(VerificationAdmin.RULES, Role.ADMINISTRATOR))));
        Pepper.Config config = mock(Pepper.Config.class);
        when(config.pepperFile()).thenReturn("");
        Pepper pepper = new Pepper(database.dataSource(), config);
        verification = new VerificationServiceImpl(
                database.dataSource(), LAST_ID::incrementAndGet, clock, store, pepper, audit);
        when(papers.letters(anyList())).thenAnswer(call -> {
            printed.addAll(call.getArgument(0));
            return new byte[] {1};
        });
        admin = new VerificationAdminImpl(database.dataSource(), clock, access, store, pepper, papers, audit, register);
    }

    @Test
    void nothingIsRequiredUntilTheMunicipalitySaysSoAndThenTheWayIsTold() {
        assertThat(access.allows(ana, "core.comment")).isTrue();

        admin.require(boss, "core.comment", Level.SELF_DECLARED);
        assertThat(access.allows(ana, "core.comment")).isFalse();
        assertThatThrownBy(() -> access.require(ana, "core.comment"))
                .isInstanceOf(ForbiddenException.class)
                .hasMessage("core.verification-needed");

        assertThat(verification.declare(ana).level()).isEqualTo(Level.SELF_DECLARED);
        assertThat(access.allows(ana, "core.comment")).isTrue();

        admin.require(boss, "core.comment", Level.VERIFIED);
        assertThat(access.allows(ana, "core.comment")).isFalse();
        admin.require(boss, "core.comment", Level.NONE);
        assertThat(access.allows(ana, "core.comment")).isTrue();
        assertThat(admin.rules(boss)).containsEntry("core.comment", Level.NONE);
    }

    @Test
    void theActsByWhichRulesAreChangedNeedNothingAndOnlyThoseWhoMayChangeThem() {
        assertThatThrownBy(() -> admin.require(boss, VerificationAdmin.RULES, Level.VERIFIED))
                .isInstanceOf(ConflictException.class)
                .hasMessage("core.verification-locks-out");
        assertThatThrownBy(() -> admin.require(boss, "core.fly", Level.VERIFIED))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> admin.require(staff, "core.comment", Level.VERIFIED))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.verify(ana, 7)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.waiting(ana)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.print(ana, List.of(1L))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.importList(ana, csv("name;postal_code"))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> admin.revoke(ana, 7, "x")).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void staffVerifyAtTheCounterForAsLongAsItIsToHoldAndTakeItBackWithAReason() throws Exception {
        admin.set(boss, new VerificationAdmin.Settings(false, 12, ""));

        assertThat(admin.verify(staff, 7).level()).isEqualTo(Level.VERIFIED);
        assertThat(verification.of(7).by()).isEqualTo(9);
        assertThat(verification.of(7).way()).isEqualTo(Way.COUNTER);
        org.mockito.Mockito.verify(audit)
                .append(any(), eq(staff), eq("core.residence-verified"), eq("member:7"), any());

        clock.advance(Duration.ofDays(366));
        assertThat(verification.of(7).level()).isEqualTo(Level.SELF_DECLARED);

        assertThatThrownBy(() -> admin.revoke(staff, 7, " ")).isInstanceOf(InvalidException.class);
        admin.revoke(staff, 7, "a déménagé");
        assertThat(verification.of(7).level()).isEqualTo(Level.NONE);
        assertThatThrownBy(() -> admin.verify(staff, 4_711)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aLetterIsAskedForPrintedAndItsCodeEnteredAndThenTheAddressIsForgotten() {
        assertThatThrownBy(() -> verification.requestLetter(ana, HOME))
                .isInstanceOf(ConflictException.class)
                .hasMessage("core.verification-way-closed");
        byLetter();
        assertThat(admin.waiting(staff)).singleElement().satisfies(waiting -> {
            assertThat(waiting.name()).isEqualTo("Ana Tremblay");
            assertThat(waiting.place()).isEqualTo("Val-aux-Hérons G0X 1A0");
            verify(register).seen(staff, ana.memberId(), "address");
        });

        String code = print();
        assertThat(admin.waiting(staff)).isEmpty();
        assertThat(database.number("select count(*) from core_residence_letter where code_hash like '%"
                        + code.substring(0, 4) + "%'"))
                .isZero();

        assertThat(verification
                        .enterCode(ana, code.toLowerCase(Locale.ROOT).replace("-", " "))
                        .level())
                .isEqualTo(Level.VERIFIED);
        assertThat(database.number("select count(*) from core_residence_letter where address is not null"))
                .isZero();
        assertThatThrownBy(() -> verification.enterCode(ana, code)).hasMessage("core.verification-no-letter");
    }

    @Test
    void afterThreeWrongCodesTheRightOneIsGoodNoMore() {
        byLetter();
        String code = print();
        for (int i = 0; i < VerificationService.MAX_TRIES; i++) {
            assertThatThrownBy(() -> verification.enterCode(ana, "AAAA-AAAA"))
                    .isInstanceOf(InvalidException.class)
                    .hasMessageContaining("core.verification-code-wrong");
        }
        assertThatThrownBy(() -> verification.enterCode(ana, code))
                .isInstanceOf(ConflictException.class)
                .hasMessage("core.verification-no-letter");
        assertThat(verification.letter(ana)).isEmpty();
    }

    @Test
    void ofManyCodesThatAreTriedAtOnceThreeAreLookedAt() {
        byLetter();
        print();

        List<String> answers = AtOnce.run(12, i -> {
            try {
                verification.enterCode(ana, "AAAA-AAA" + (char) ('A' + i));
                return "taken";
            } catch (InvalidException e) {
                return "wrong";
            } catch (ConflictException e) {
                return e.code();
            }
        });

        assertThat(answers).filteredOn("wrong"::equals).hasSize(VerificationService.MAX_TRIES);
        assertThat(answers).doesNotContain("taken");
    }

    @Test
    void aCodeIsGoodForSomeWeeksAndPrintedAnewTheFormerOneIsWorthless() {
        byLetter();
        long id = admin.waiting(staff).get(0).id();
        admin.print(staff, List.of(id));
        admin.print(staff, List.of(id));
        String former = printed.get(0).code();
        String latter = printed.get(1).code();

        assertThatThrownBy(() -> verification.enterCode(ana, former)).isInstanceOf(InvalidException.class);
        clock.advance(Duration.ofDays(VerificationService.CODE_DAYS));
        assertThatThrownBy(() -> verification.enterCode(ana, latter)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> verification.enterCode(bea, latter)).isInstanceOf(ConflictException.class);
    }

    @Test
    void oneLetterWaitsForAMemberHoweverOftenItIsAskedForAndThreeInAQuarter() {
        admin.set(boss, new VerificationAdmin.Settings(true, 0, ""));
        List<String> answers = AtOnce.run(6, i -> {
            try {
                verification.requestLetter(ana, HOME);
                return "asked";
            } catch (ConflictException e) {
                return e.code();
            }
        });
        assertThat(answers).filteredOn("asked"::equals).hasSize(1);
        assertThat(answers)
                .filteredOn("core.verification-letter-waiting"::equals)
                .hasSize(5);

        print();
        verification.requestLetter(ana, HOME);
        print();
        verification.requestLetter(ana, HOME);
        print();
        assertThatThrownBy(() -> verification.requestLetter(ana, HOME)).isInstanceOf(TooManyRequestsException.class);
    }

    @Test
    void everyFieldOfAnAddressHasItsLimitAndAllOfThemAreTold() {
        admin.set(boss, new VerificationAdmin.Settings(true, 0, ""));
        assertThatThrownBy(() -> verification.requestLetter(
                        ana, new PostalAddress(null, "x".repeat(81), "y".repeat(81), " ", "12345")))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(error -> error.field() + " " + error.code())
                        .containsExactly(
                                "name required",
                                "street too-long",
                                "unit too-long",
                                "city required",
                                "postalCode core.postal-code"));
    }

    @Test
    void whoIsOnTheListIsFoundHoweverTheNameIsWrittenAndByOneAccount() {
        var list = admin.importList(
                staff,
                csv("Nom;Prenom;Date_Naissance;Code_Postal\nTREMBLAY;Anaïs;1990-12-31;g0x 1a0\n"
                        + "Roy;Léo;31 dec;G0X1A0\n;;;\nTremblay;Anais;1990/12/31;G0X1A0\n"));
        assertThat(list.people()).isEqualTo(1);
        assertThat(list.refused()).isEqualTo(2);
        assertThat(list.firstRefused()).containsExactly(3, 4);
        assertThat(verification.ways().birthDate()).isTrue();

        assertThat(verification
                        .match(ana, new ResidentClaim("anais  Tremblay", "1990-12-31", "G0X-1A0"))
                        .way())
                .isEqualTo(Way.LIST);
        assertThatThrownBy(() -> verification.match(bea, new ResidentClaim("Tremblay, Anaïs", "19901231", "G0X 1A0")))
                .isInstanceOf(ConflictException.class)
                .hasMessage("core.verification-used-elsewhere");

        // the same person on the next list is still the same person
        admin.importList(staff, csv("name,birth_date,postal_code\nAnaïs Tremblay,1990-12-31,G0X 1A0\n"));
        assertThatThrownBy(() -> verification.match(bea, new ResidentClaim("Anaïs Tremblay", "1990-12-31", "G0X 1A0")))
                .hasMessage("core.verification-used-elsewhere");
    }

    @Test
    void ofTwoAccountsThatClaimTheSamePersonAtOnceOneIsVerified() {
        admin.importList(staff, csv("name,postal_code\nAna Tremblay,G0X 1A0\n"));

        List<String> answers = AtOnce.run(2, i -> {
            try {
                verification.match(i == 0 ? ana : bea, new ResidentClaim("Ana Tremblay", null, "G0X 1A0"));
                return "verified";
            } catch (ConflictException e) {
                return e.code();
            }
        });

        assertThat(answers).containsExactlyInAnyOrder("verified", "core.verification-used-elsewhere");
    }

    @Test
    void nothingOfAListIsKeptThatCouldBeReadAndTheSameListHasOtherHashes() {
        String list = "name,postal_code\nAna Tremblay,G0X 1A0\n";
        admin.importList(staff, csv(list));
        long before = database.number("select count(*) from core_resident where hash like '%tremblay%'");
        assertThat(before).isZero();
        String salt = first("select salt from core_resident_list");
        String hash = first("select hash from core_resident");

        admin.importList(staff, csv(list));

        assertThat(first("select salt from core_resident_list")).isNotEqualTo(salt);
        assertThat(first("select hash from core_resident")).isNotEqualTo(hash);
        admin.dropList(staff);
        assertThat(database.number("select count(*) from core_resident")).isZero();
        assertThat(admin.list(staff)).isNull();
    }

    @Test
    void whoIsNotFoundMayTryAFewTimesADay() {
        admin.importList(staff, csv("name,postal_code\nAna Tremblay,G0X 1A0\n"));
        ResidentClaim wrong = new ResidentClaim("Autre Personne", null, "G0X 1A0");
        for (int i = 0; i < VerificationService.MAX_MATCHES; i++) {
            assertThatThrownBy(() -> verification.match(ana, wrong))
                    .isInstanceOf(InvalidException.class)
                    .hasMessageContaining("core.verification-not-on-list");
        }
        assertThatThrownBy(() -> verification.match(ana, new ResidentClaim("Ana Tremblay", null, "G0X 1A0")))
                .isInstanceOf(TooManyRequestsException.class);
        clock.advance(Duration.ofDays(1));
        assertThat(verification
                        .match(ana, new ResidentClaim("Ana Tremblay", null, "G0X 1A0"))
                        .level())
                .isEqualTo(Level.VERIFIED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|core.resident-list-empty",
                "name,postal_code|core.resident-list-empty",
                "name,phone\\nAna,1|core.resident-list-columns",
                "postal_code,birth_date\\nG0X 1A0,1990-01-01|core.resident-list-columns",
                "name,postal_code\\nAna,12345|core.resident-list-empty",
            })
    void aListThatCannotBeUsedIsRefusedAndTheFormerOneStays(String file, String code) {
        admin.importList(staff, csv("name,postal_code\nAna Tremblay,G0X 1A0\n"));

        assertThatThrownBy(() -> admin.importList(staff, csv(file.replace("\\n", "\n"))))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        e -> assertThat(e.errors().get(0).code()).isEqualTo(code));
        assertThatThrownBy(() -> admin.importList(
                        staff, new ByteArrayInputStream("name,postal_code\né,x".getBytes(StandardCharsets.ISO_8859_1))))
                .hasMessageContaining("core.resident-list-encoding");
        assertThat(database.number("select count(*) from core_resident")).isEqualTo(1);
    }

    @Test
    void anIdentityThatVouchesVerifiesOneAccount() {
        assertThat(verification.vouch(7, "https://id.example", "42").way()).isEqualTo(Way.SINGLE_SIGN_ON);
        assertThat(verification.vouch(7, "https://id.example", "42").level()).isEqualTo(Level.VERIFIED);
        assertThatThrownBy(() -> verification.vouch(8, "https://id.example", "42"))
                .hasMessage("core.verification-used-elsewhere");
        assertThatThrownBy(() -> verification.vouch(4_711, "https://id.example", "43"))
                .isInstanceOf(NotFoundException.class);
    }

    private void byLetter() {
        admin.set(boss, new VerificationAdmin.Settings(true, 0, ""));
        verification.requestLetter(ana, HOME);
    }

    private String print() {
        admin.print(staff, admin.waiting(staff).stream().map(w -> w.id()).toList());
        return printed.get(printed.size() - 1).code();
    }

    private static ByteArrayInputStream csv(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String first(String sql) {
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
