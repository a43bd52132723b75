// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.core.api.privacy.PrivacyRegister;
import ca.notreville.core.api.privacy.PrivacyRegister.Incident;
import ca.notreville.core.api.privacy.PrivacyRegister.IncidentDraft;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;

@OnDatabase
class PrivacyRegisterImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong NUMBERS = new AtomicLong(100);
    private static final AccessControl ACCESS = (caller, action, where) -> caller.has(Role.ADMINISTRATOR);
    private static final Caller STAFF = Caller.member(7, "Agente", Set.of(Role.ADMINISTRATOR), Locale.FRENCH);

    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final AuditLog audit = Mockito.mock(AuditLog.class);
    private PrivacyRegister register;

    @BeforeEach
    void start() {
        database.execute("delete from core_incident");
        database.execute("delete from core_personal_access");
        register = new PrivacyRegisterImpl(database.dataSource(), NUMBERS::incrementAndGet, clock, ACCESS, audit);
    }

    private static IncidentDraft draft(String happened, String noticed, String persons) {
        return new IncidentDraft(happened, noticed, "Un courriel", "Des adresses", persons, true, "", "", "", "");
    }

    @Test
    void anIncidentIsRecordedChangedAndListedNewestFirst() throws Exception {
        Incident first = register.record(STAFF, 0, draft("2026-04-01", "2026-04-02", "12"));
        Incident second = register.record(STAFF, 0, draft("2026-04-03", "2026-04-03", "0"));
        Incident changed = register.record(STAFF, first.id(), draft("2026-04-01", "2026-04-02", "13"));

        assertThat(changed.persons()).isEqualTo(13);
        assertThat(changed.recordedBy()).isEqualTo(7);
        assertThat(register.incidents(STAFF, Paging.first(10)).items())
                .extracting(Incident::id)
                .containsExactly(second.id(), first.id());
        Mockito.verify(audit, Mockito.times(3))
                .append(
                        Mockito.any(),
                        Mockito.eq(STAFF),
                        Mockito.eq(PrivacyRegisterImpl.RECORDED),
                        Mockito.any(),
                        Mockito.any());
        assertThatThrownBy(() -> register.record(STAFF, 1, draft("2026-04-01", "2026-04-02", "1")))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatIsWrongIsToldAtEachField() {
        assertThatThrownBy(() -> register.record(
                        STAFF,
                        0,
                        new IncidentDraft(
                                "hier", "2031-01-01", " ", "x".repeat(2_001), "-3", false, "", "", "1999-01-01", "")))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::field)
                        .containsExactly(
                                "happenedOn",
                                "noticedOn",
                                "circumstances",
                                "information",
                                "persons",
                                "authorityToldOn"));
        assertThatThrownBy(() -> register.record(STAFF, 0, draft("2026-04-02", "2026-04-01", "1")))
                .isInstanceOfSatisfying(
                        InvalidException.class,
                        e -> assertThat(e.errors()).extracting(FieldError::code).containsExactly("core.day-before"));
    }

    @Test
    void aLookIsNotedOnceAnHourAndNeverAtOneself() {
        register.seen(STAFF, 42, "email");
        register.seen(STAFF, 42, "email");
        register.seen(STAFF, 42, "profile");
        register.seen(STAFF, 7, "email");
        assertThat(register.accesses(STAFF, 42L, Paging.first(10)).items()).hasSize(2);
        assertThat(register.accesses(STAFF, null, Paging.first(10)).items()).hasSize(2);
        clock.advance(Duration.ofMinutes(61));
        register.seen(STAFF, 42, "email");
        assertThat(register.accesses(STAFF, 42L, Paging.first(10)).items()).hasSize(3);
    }

    @Test
    void theRegistersAreNotForEverybody() {
        Caller ana = Caller.member(8, "Ana", Set.of(), Locale.FRENCH);
        assertThatThrownBy(() -> register.incidents(ana, Paging.first(1))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> register.accesses(ana, null, Paging.first(1))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> register.record(ana, 0, draft("2026-04-01", "2026-04-02", "1")))
                .isInstanceOf(ForbiddenException.class);
    }
}
