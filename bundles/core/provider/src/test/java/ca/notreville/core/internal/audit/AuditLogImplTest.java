// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.audit.AuditLog.Entry;
import ca.notreville.core.api.audit.AuditLog.Filter;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.list.Paging;
import ca.notreville.persistence.api.Outbox;
import ca.notreville.persistence.api.OutboxRow;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnDatabase
class AuditLogImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AccessControl ACCESS = (caller, action, where) -> caller.has(Role.ADMINISTRATOR);
    private static final Caller OPERATOR = Caller.operator();
    private static final AtomicLong IDS = new AtomicLong(1_000);

    private final Outbox outbox = new Outbox() {
        @Override
        public void append(Connection connection, String topic, String item) {}

        @Override
        public void poke() {}
    };
    private AuditLog audit;
    private AuditChain chain;

    @BeforeEach
    void start() {
        database.execute("delete from core_audit_link");
        database.execute("delete from core_audit");
        audit = new AuditLogImpl(
                database.dataSource(), IDS::incrementAndGet, new TestClock("2026-05-01T12:00:00.123Z"), outbox, ACCESS);
        chain = new AuditChain(database.dataSource());
    }

    @Test
    void anEntryIsThereExactlyIfWhatItTellsWasCommitted() throws Exception {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            audit.append(connection, OPERATOR, "core.role-grant", "member:7", Map.of("role", "staff"));
            connection.rollback();
            audit.append(connection, OPERATOR, "core.role-grant", "member:8", Map.of("role", "staff"));
            connection.commit();
        }

        assertThat(audit.list(OPERATOR, Filter.ALL, Paging.first(10)).items())
                .extracting(Entry::subject)
                .containsExactly("member:8");
    }

    @Test
    void entriesThatManyWriteAtOnceAllGetAPlaceWithoutGaps() {
        AtOnce.run(20, i -> {
            write("thing:" + i);
            link();
            return i;
        });
        link();

        AuditLog.Verification verified = audit.verify(OPERATOR);

        assertThat(verified.faults()).isEmpty();
        assertThat(verified.entries()).isEqualTo(20);
        assertThat(verified.waiting()).isZero();
        assertThat(verified.head()).hasSize(64);
    }

    @Test
    void aChangedEntryBreaksTheChain() {
        write("thing:1");
        write("thing:2");
        write("thing:3");
        link();

        database.execute("update core_audit set actor_id = 99 where subject = 'thing:2'");

        assertThat(audit.verify(OPERATOR).faults()).singleElement().asString().startsWith("entry 2 ");
    }

    @Test
    void aRemovedEntryBreaksTheChain() {
        write("thing:1");
        write("thing:2");
        write("thing:3");
        link();

        database.execute("delete from core_audit_link where number = 2");
        database.execute("delete from core_audit where subject = 'thing:2'");

        assertThat(audit.verify(OPERATOR).faults()).anyMatch(fault -> fault.contains("missing"));
    }

    @Test
    void theLogIsReadNewestFirstAndByWhatItIsAbout() {
        write("thing:1");
        write("thing:2");
        write("thing:1");

        assertThat(audit.list(OPERATOR, new Filter(null, "thing:1", null), Paging.first(10))
                        .items())
                .hasSize(2);
        var first = audit.list(OPERATOR, Filter.ALL, Paging.first(2));
        var rest = audit.list(OPERATOR, Filter.ALL, Paging.of("2", first.next(), 1));
        assertThat(first.items()).extracting(Entry::subject).containsExactly("thing:1", "thing:2");
        assertThat(rest.items()).extracting(Entry::subject).containsExactly("thing:1");
        assertThat(rest.next()).isNull();
    }

    @Test
    void onlyWhoMayReadsTheLog() {
        Caller visitor = Caller.visitor(Locale.FRENCH);

        assertThatThrownBy(() -> audit.list(visitor, Filter.ALL, Paging.first(1)))
                .isInstanceOf(UnauthenticatedException.class);
        assertThatThrownBy(() -> audit.verify(visitor)).isInstanceOf(UnauthenticatedException.class);
    }

    private void write(String subject) {
        try (Connection connection = database.dataSource().getConnection()) {
            audit.append(connection, OPERATOR, "core.test", subject, Map.of("b", "2", "a", "é"));
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void link() {
        chain.deliver(List.of(new OutboxRow(1, AuditChain.TOPIC, "1")));
    }
}
