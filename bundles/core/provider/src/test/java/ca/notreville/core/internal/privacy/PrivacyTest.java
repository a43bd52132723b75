// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.mail.Letter;
import ca.notreville.core.api.mail.Mailer;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.api.privacy.Consent;
import ca.notreville.core.api.privacy.ConsentService;
import ca.notreville.core.api.privacy.PersonalData;
import ca.notreville.core.api.privacy.PrivacyService;
import ca.notreville.core.internal.document.Blobs;
import ca.notreville.core.internal.document.Samples;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.MemberColumns;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import ca.notreville.web.api.Messages;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

@OnDatabase
class PrivacyTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong NUMBERS = new AtomicLong(5_000);
    private static final Ids IDS = NUMBERS::incrementAndGet;

    private Path folder;
    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final AuditLog audit = Mockito.mock(AuditLog.class);
    private final Mailer mailer = Mockito.mock(Mailer.class);
    private final Jobs jobs = Mockito.mock(Jobs.class);
    private final MemberService members = Mockito.mock(MemberService.class);
    private final List<PersonalData> modules = new ArrayList<>();
    private final AtomicBoolean other = new AtomicBoolean(true);
    private Caller ana;
    private Blobs blobs;
    private PrivacyServiceImpl privacy;
    private ConsentServiceImpl consents;
    private ErasureJob erasures;
    private ArchiveJob archives;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        database.execute("delete from core_erasure");
        database.execute("delete from core_export");
        database.execute("delete from core_blob");
        blobs = Samples.blobs(database.dataSource(), folder, clock);
        Messages messages = Mockito.mock(Messages.class);
        Mockito.when(messages.text(Mockito.any(), Mockito.any(), Mockito.any()))
                .thenAnswer(call -> call.getArgument(1));
        privacy = new PrivacyServiceImpl(database.dataSource(), IDS, clock, members, audit, mailer, jobs, blobs)
                .with(messages);
        consents = new ConsentServiceImpl(database.dataSource(), IDS, clock);
        modules.clear();
        modules.add(new CorePersonalData(database.dataSource()));
        PersonalDataModules all = new PersonalDataModules(modules);
        erasures = new ErasureJob(database.dataSource(), clock, all, audit, blobs);
        archives = new ArchiveJob(database.dataSource(), clock, all, blobs);
        ana = member("Ana");
    }

    private Caller member(String name) {
        long id = NUMBERS.incrementAndGet();
        database.jpa("core").tx(em -> {
            MemberEntity entity = new MemberEntity(
                    id,
                    "m" + id + "@example.org",
                    "$argon2id$secret",
                    name,
                    Profile.CITIZEN,
                    null,
                    Locale.FRENCH,
                    clock.instant());
            em.persist(entity);
            Mockito.when(members.find(id)).thenReturn(Optional.of(entity.toMember()));
        });
        return Caller.member(id, name, Set.of(), Locale.FRENCH);
    }

    private static void comment(long author, long id) {
        database.execute("insert into core_comment (id, kind, initiative_id, thread_id, author_id, author_name, body,"
                + " created_at) values (" + id + ", 'idea', 1, " + id + ", " + author
                + ", 'Ana', 'Une bonne idée', {ts '2026-05-01 12:00:00'})");
    }

    private void end(Caller caller) throws Exception {
        privacy.requestErasure(caller);
        clock.advance(Duration.ofDays(30));
        erasures.run(Mockito.mock(Job.class));
        clock.advance(ErasureJob.QUIET);
        erasures.run(Mockito.mock(Job.class));
    }

    private static long count(String table, String column, Caller of) {
        return database.number("select count(*) from " + table + " where " + column + " = " + of.memberId());
    }

    @Test
    void everyColumnThatNamesAMemberSaysWhatBecomesOfIt() {
        Set<String> declared = new TreeSet<>(CorePersonalData.COLUMNS.names());
        declared.remove("core_member.id");
        assertThat(declared).isEqualTo(MemberColumns.of(database, "core"));
    }

    @Test
    void anAccountEndsAfterThirtyDaysAndWhatWasGivenToEverybodyStays() throws Exception {
        long comment = NUMBERS.incrementAndGet();
        comment(ana.memberId(), comment);
        decide(Consent.Kind.EMAIL, true);
        database.execute("insert into core_session (token_hash, member_id, created_at, expires_at) values ('h"
                + comment + "', " + ana.memberId()
                + ", {ts '2026-05-01 12:00:00'}, {ts '2026-09-01 12:00:00'})");
        privacy.requestErasure(ana);
        clock.advance(Duration.ofDays(29));
        erasures.run(Mockito.mock(Job.class));
        assertThat(count("core_session", "member_id", ana))
                .as("nothing happens before")
                .isEqualTo(1);

        clock.advance(Duration.ofDays(1));
        erasures.run(Mockito.mock(Job.class));
        assertThat(count("core_session", "member_id", ana)).isZero();
        assertThat(database.number(
                        "select count(*) from core_member where password is not null and id = " + ana.memberId()))
                .isZero();
        assertThat(count("core_member", "id", ana))
                .as("the rest waits until nobody can act any more")
                .isEqualTo(1);

        clock.advance(ErasureJob.QUIET);
        erasures.run(Mockito.mock(Job.class));
        clock.advance(ErasureJob.QUIET);
        erasures.run(Mockito.mock(Job.class));
        erasures.run(Mockito.mock(Job.class));

        assertThat(count("core_member", "id", ana)).isZero();
        assertThat(count("core_consent", "member_id", ana)).isZero();
        assertThat(database.number("select count(*) from core_comment where id = " + comment
                        + " and author_id is null and author_name = '' and body = 'Une bonne idée'"))
                .isEqualTo(1);
        assertThat(database.number("select count(*) from core_erasure where erased_at is not null and member_id = "
                        + ana.memberId()))
                .isEqualTo(1);
        Mockito.verify(audit)
                .append(
                        Mockito.any(),
                        Mockito.any(),
                        Mockito.eq(ErasureJob.ERASED),
                        Mockito.eq("member:" + ana.memberId()),
                        Mockito.any());
    }

    @Test
    void whoChangesTheirMindKeepsTheAccount() throws Exception {
        PrivacyService.Erasure first = privacy.requestErasure(ana);
        assertThat(privacy.requestErasure(ana)).isEqualTo(first);
        Mockito.verify(mailer, Mockito.times(1)).post(Mockito.any(), Mockito.any(Letter.class));
        privacy.cancelErasure(ana);
        privacy.cancelErasure(ana);
        assertThat(privacy.erasure(ana)).isEmpty();

        clock.advance(Duration.ofDays(60));
        erasures.run(Mockito.mock(Job.class));
        assertThat(count("core_member", "id", ana)).isEqualTo(1);
    }

    @Test
    void theJobGoesOnWhereItWasKilled() throws Exception {
        List<String> asked = new ArrayList<>();
        modules.add(new PersonalData() {
            @Override
            public String module() {
                return "ideas";
            }

            @Override
            public Map<String, List<Map<String, Object>>> export(long member) {
                return Map.of();
            }

            @Override
            public long erase(long member) {
                asked.add("ideas");
                if (other.getAndSet(false)) {
                    throw new IllegalStateException("killed");
                }
                return 0;
            }
        });
        end(ana);
        assertThat(count("core_member", "id", ana)).as("the core is asked last").isEqualTo(1);
        assertThat(database.number(
                        "select count(*) from core_erasure where erased_at is null and member_id = " + ana.memberId()))
                .isEqualTo(1);

        erasures.run(Mockito.mock(Job.class));
        clock.advance(ErasureJob.QUIET);
        erasures.run(Mockito.mock(Job.class));

        assertThat(asked).as("once more after the member was gone").hasSize(3);
        assertThat(count("core_member", "id", ana)).isZero();
        assertThat(database.number(
                        "select count(*) from core_erasure where erased_at is null and member_id = " + ana.memberId()))
                .isZero();
    }

    @Test
    void aContributionThatComesWhileTheMemberIsErasedIsRefusedOrLosesItsAuthor() throws Exception {
        for (int round = 0; round < 15; round++) {
            Caller bo = member("Bo");
            long comment = NUMBERS.incrementAndGet();
            privacy.requestErasure(bo);
            clock.advance(Duration.ofDays(30));
            erasures.run(Mockito.mock(Job.class));
            clock.advance(ErasureJob.QUIET);
            AtOnce.run(2, i -> {
                if (i == 0) {
                    erasures.run(Mockito.mock(Job.class));
                } else {
                    try {
                        comment(bo.memberId(), comment);
                    } catch (IllegalStateException e) {
                        assertThat(ca.notreville.persistence.api.Violations.isForeignKey(e)
                                        || ca.notreville.persistence.api.Violations.isRollback(e))
                                .isTrue();
                    }
                }
                return true;
            });
            erasures.run(Mockito.mock(Job.class));
            assertThat(count("core_comment", "author_id", bo)).isZero();
            assertThat(count("core_member", "id", bo)).isZero();
        }
    }

    @Test
    void anArchiveHasEverythingAndNoSecretAndExpires() throws Exception {
        comment(ana.memberId(), NUMBERS.incrementAndGet());
        database.execute("update core_comment set at_counter = 1 where author_id = " + ana.memberId());
        decide(Consent.Kind.TERMS, true);
        PrivacyService.Archive asked = privacy.requestArchive(ana);
        assertThat(privacy.requestArchive(ana).id()).isEqualTo(asked.id());
        assertThatThrownBy(() -> privacy.openArchive(ana)).isInstanceOf(NotFoundException.class);
        Job job = Mockito.mock(Job.class);
        Mockito.when(job.payload()).thenReturn(String.valueOf(asked.id()));

        archives.run(job);
        archives.run(job);

        Map<String, JsonNode> files = new TreeMap<>();
        StringBuilder all = new StringBuilder();
        try (InputStream in = privacy.openArchive(ana);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String text = new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                all.append(text);
                files.put(entry.getName(), new ObjectMapper().readTree(text));
            }
        }
        assertThat(files.keySet())
                .contains(
                        "core/core_member.id.json",
                        "core/core_comment.author_id.json",
                        "core/core_consent.member_id.json");
        assertThat(files.getOrDefault("core/core_comment.author_id.json", MissingNode.getInstance())
                        .at("/0/body")
                        .asText())
                .isEqualTo("Une bonne idée");
        assertThat(files.getOrDefault("core/core_comment.author_id.json", MissingNode.getInstance())
                        .at("/0/at_counter")
                        .asInt())
                .isEqualTo(1);
        assertThat(files.getOrDefault("core/core_member.id.json", MissingNode.getInstance())
                        .at("/0/email")
                        .asText())
                .isEqualTo("m" + ana.memberId() + "@example.org");
        assertThat(all).doesNotContain("argon2id");

        clock.advance(Duration.ofDays(8));
        assertThatThrownBy(() -> privacy.openArchive(ana)).isInstanceOf(NotFoundException.class);
        erasures.run(Mockito.mock(Job.class));
        assertThat(privacy.archive(ana).orElseThrow().state()).isEqualTo("expired");
        assertThat(blobs.verify(true).waiting())
                .as("the bytes are gone with it")
                .isZero();
    }

    @Test
    void anApiTokenReachesNobodysData() {
        Caller token = ana.only(Set.of("core.comment"));
        assertThatThrownBy(() -> privacy.requestArchive(token)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> privacy.requestErasure(token)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void theLastAdministratorStaysEvenIfTwoGoAtOnce() {
        database.execute("delete from core_member_role");
        Caller bo = member("Bo");
        for (Caller one : List.of(ana, bo)) {
            database.jpa("core").tx(em -> em.find(MemberEntity.class, one.memberId())
                    .grant(Grant.everywhere(Role.ADMINISTRATOR), clock.instant()));
        }
        List<Boolean> gone = AtOnce.run(2, i -> {
            try {
                privacy.requestErasure(i == 0 ? ana : bo);
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });
        assertThat(gone).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void theLatestDecisionOfAKindHolds() {
        assertThat(consents.holds(ana.memberId(), Consent.Kind.EMAIL)).isFalse();
        decide(Consent.Kind.EMAIL, true);
        clock.advance(Duration.ofDays(1));
        assertThat(consents.holds(ana.memberId(), Consent.Kind.EMAIL)).isTrue();
        decide(Consent.Kind.EMAIL, false);
        assertThat(consents.holds(ana.memberId(), Consent.Kind.EMAIL)).isFalse();
        assertThat(consents.mine(ana)).extracting(Consent::given).containsExactly(false, true);
    }

    private void decide(Consent.Kind kind, boolean given) {
        Sql.write(database.dataSource(), connection -> {
            consents.record(connection, ana.memberId(), kind, ConsentService.EDITION, given);
            return true;
        });
    }
}
