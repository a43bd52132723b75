// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.document.Document;
import ca.notreville.core.api.document.Document.Version;
import ca.notreville.core.api.document.DocumentDraft;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.document.DocumentStore;
import ca.notreville.core.api.document.FileDraft;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.error.UnauthenticatedException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.core.api.member.Profile;
import ca.notreville.core.internal.jpa.MemberEntity;
import ca.notreville.persistence.api.Ids;
import ca.notreville.testing.AtOnce;
import ca.notreville.testing.OnDatabase;
import ca.notreville.testing.TestClock;
import ca.notreville.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

@OnDatabase
class DocumentServiceImplTest {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.with("core");

    private static final AtomicLong NUMBERS = new AtomicLong(1_000);
    private static final Ids IDS = NUMBERS::incrementAndGet;
    private static final DocumentDraft PLAIN = new DocumentDraft("Plan", "Plans", "Le plan", null, false);

    private Path folder;
    private final TestClock clock = new TestClock("2026-05-01T12:00:00Z");
    private final AuditLog audit = Mockito.mock(AuditLog.class);
    private final Initiatives initiatives = Mockito.mock(Initiatives.class);
    private final AccessControl access = (caller, action, where) ->
            caller.has(Role.STAFF) || action.equals(DocumentService.ADD) && caller.signedIn();
    private Caller ana;
    private Caller bo;
    private Caller staff;
    private Initiative idea;
    private FileDocumentStore store;
    private Blobs blobs;
    private DocumentServiceImpl documents;

    @BeforeEach
    void start(@TempDir Path temporary) {
        folder = temporary;
        for (String table : List.of("core_document_version", "core_document", "core_blob")) {
            database.execute("delete from " + table);
        }
        ana = member("Ana");
        bo = member("Bo");
        staff = Caller.member(member("Agente").memberId(), "Agente", Set.of(Role.STAFF), Locale.FRENCH);
        idea = idea(ana);
        store = new FileDocumentStore(folder.resolve("documents"));
        build(store);
    }

    private void build(DocumentStore used) {
        MemberService members = Mockito.mock(MemberService.class);
        Mockito.when(members.displayNames(Mockito.any())).thenReturn(Map.of(ana.memberId(), "Ana"));
        blobs = new Blobs(database.dataSource(), used, clock);
        documents =
                new DocumentServiceImpl(database.dataSource(), IDS, clock, access, initiatives, members, audit, blobs);
    }

    /** A new idea that this member answers for. */
    private Initiative idea(Caller author) {
        Initiative made = new Initiative("idea", NUMBERS.incrementAndGet());
        Mockito.when(initiatives.find(Mockito.any(), Mockito.eq(made)))
                .thenReturn(Optional.of(new InitiativeSummary(
                        made, "Une idée", "/ideas/1", true, "les-rapides", Set.of(author.memberId()))));
        return made;
    }

    private static Caller member(String name) {
        long id = NUMBERS.incrementAndGet();
        database.jpa("core")
                .tx(em -> em.persist(new MemberEntity(
                        id,
                        "m" + id + "@example.org",
                        null,
                        name,
                        Profile.CITIZEN,
                        null,
                        Locale.FRENCH,
                        java.time.Instant.parse("2026-01-01T00:00:00Z"))));
        return Caller.member(id, name, Set.of(), Locale.FRENCH);
    }

    private static FileDraft file(String name, byte[] content) {
        return new FileDraft(name, null, () -> new ByteArrayInputStream(content));
    }

    private static FileDraft text(String content) {
        return file("notes.txt", content.getBytes(StandardCharsets.UTF_8));
    }

    private String content(long id, int number) throws IOException {
        try (InputStream in = documents.open(bo, id, number).stream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFileIsAddedListedAndComesBackAsItWas() throws Exception {
        Document added = documents.addFile(
                bo,
                idea,
                new DocumentDraft(null, " Plans ", "", null, true),
                file("../Plan_de la rue.exe", Samples.PDF));

        assertThat(added.title()).isEqualTo("Plan de la rue");
        assertThat(added.folder()).isEqualTo("Plans");
        assertThat(added.readFirst())
                .as("only who manages documents there says what to read first")
                .isFalse();
        Document listed = documents.list(bo, idea).get(0);
        Version version = listed.versions().get(0);
        assertThat(version.fileName()).isEqualTo("Plan_de la rue.pdf");
        assertThat(version.mediaType()).isEqualTo("application/pdf");
        assertThat(version.size()).isEqualTo(Samples.PDF.length);
        try (InputStream in = documents.open(bo, added.id(), 0).stream()) {
            assertThat(in.readAllBytes()).isEqualTo(Samples.PDF);
        }
    }

    @Test
    void versionsAreCountedAndOldOnesStay() throws Exception {
        long id = documents.addFile(bo, idea, PLAIN, text("un")).id();

        documents.addVersion(
                bo, id, new FileDraft("b.txt", "corrigé", () -> new ByteArrayInputStream("deux".getBytes())));

        Document document = documents.get(ana, id);
        assertThat(document.versions()).extracting(Version::number).containsExactly(2, 1);
        assertThat(document.versions().get(0).note()).isEqualTo("corrigé");
        assertThat(content(id, 0)).isEqualTo("deux");
        assertThat(content(id, 1)).isEqualTo("un");
        assertThatThrownBy(() -> documents.open(bo, id, 3)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void versionsThatComeAtOnceAllGetANumberOfTheirOwn() {
        long id = documents.addFile(bo, idea, PLAIN, text("un")).id();

        AtOnce.run(6, i -> documents.addVersion(bo, id, text("version " + i)));

        assertThat(documents.get(bo, id).versions()).extracting(Version::number).containsExactly(7, 6, 5, 4, 3, 2, 1);
    }

    @Test
    void theSameContentIsKeptOnceAlsoWhenItComesAtOnce() throws Exception {
        AtOnce.run(6, i -> documents.addFile(bo, idea, PLAIN, text("la même chose")));

        List<String> kept = new ArrayList<>();
        store.each(kept::add);
        assertThat(kept).hasSize(1);
        assertThat(documents.list(bo, idea)).hasSize(6);
    }

    @Test
    void whatIsWrongIsToldOfEveryFieldAtOnceAndNothingIsKept() throws Exception {
        assertThatThrownBy(() -> documents.addFile(
                        bo,
                        idea,
                        new DocumentDraft("x".repeat(151), "d".repeat(61), "c".repeat(501), null, false),
                        file("a.png", Samples.latin("<svg onload=alert(1)>"))))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::field)
                        .containsExactlyInAnyOrder("title", "folder", "caption", "file"));
        assertThatThrownBy(() -> documents.addFile(
                        bo,
                        idea,
                        new DocumentDraft("Photo", "", "", null, false),
                        file("a.png", Samples.picture("png", 4, 4))))
                .as("a picture needs words")
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::field)
                        .containsExactly("caption"));
        assertThatThrownBy(() -> documents.addFile(bo, idea, PLAIN, text(""))).isInstanceOf(InvalidException.class);
        assertThat(documents.list(bo, idea)).isEmpty();
        List<String> kept = new ArrayList<>();
        store.each(kept::add);
        assertThat(kept).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsLeftAsSoonAsItIs() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                java.util.Arrays.fill(bytes, from, from + length, (byte) 'x');
                read.addAndGet(length);
                return length;
            }
        };
        assertThatThrownBy(() -> documents.addFile(bo, idea, PLAIN, new FileDraft("a.txt", null, () -> endless)))
                .isInstanceOfSatisfying(InvalidException.class, e -> assertThat(e.errors())
                        .extracting(FieldError::code)
                        .containsExactly("core.document-too-large"));
        assertThat(read.get()).isLessThan(FileDraft.MAX_SIZE + 1024 * 1024);
    }

    @Test
    void linksAreHttpsOnly() {
        Document link = documents.addLink(
                bo, idea, new DocumentDraft("La Ville", "", "", "https://ville.example/page?a=1", false));
        assertThat(documents.get(ana, link.id()).link()).isEqualTo("https://ville.example/page?a=1");
        for (String wrong : List.of(
                "http://ville.example",
                "javascript:alert(1)",
                "https://",
                "https://ville.example@evil.example/",
                "https:evil",
                "/ideas",
                "https://ville.example/\"onclick=")) {
            assertThatThrownBy(() -> documents.addLink(bo, idea, new DocumentDraft("X", "", "", wrong, false)))
                    .as(wrong)
                    .isInstanceOf(InvalidException.class);
        }
        assertThatThrownBy(() -> documents.addVersion(bo, link.id(), text("x"))).isInstanceOf(ConflictException.class);
    }

    @Test
    void whoAddedItWhoAnswersForTheInitiativeAndStaffManageADocumentAndNobodyElse() {
        Caller other = member("Carl");
        long id = documents.addFile(bo, idea, PLAIN, text("un")).id();

        assertThatThrownBy(() -> documents.delete(other, id)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> documents.change(other, id, PLAIN)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> documents.addVersion(other, id, text("x"))).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> documents.deleted(bo, idea)).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> documents.addFile(Caller.visitor(Locale.FRENCH), idea, PLAIN, text("x")))
                .isInstanceOf(UnauthenticatedException.class);
        documents.change(bo, id, new DocumentDraft("A", "", "", null, true));
        assertThat(documents.readFirst(other, idea))
                .as("Bo may not say what to read first")
                .isEmpty();
        documents.change(ana, id, new DocumentDraft("B", "", "", null, true));
        documents.change(staff, id, new DocumentDraft("C", "", "", null, true));
        assertThat(documents.readFirst(other, idea)).extracting(Document::title).containsExactly("C");
        assertThatThrownBy(() -> documents.delete(ana.only(Set.of("core.comment")), id))
                .as("a token does only what it was made for")
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void whatIsDeletedIsHiddenCanBeRestoredAndEndsAfterNinetyDays() throws Exception {
        long id = documents.addFile(bo, idea, PLAIN, text("un")).id();
        documents.delete(ana, id);
        documents.delete(ana, id);

        Mockito.verify(audit)
                .append(
                        Mockito.any(),
                        Mockito.eq(ana),
                        Mockito.eq(DocumentServiceImpl.DELETED),
                        Mockito.eq("document:" + id),
                        Mockito.any());
        Caller other = member("Dan");
        assertThat(documents.list(other, idea)).isEmpty();
        assertThatThrownBy(() -> documents.get(other, id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> documents.open(other, id, 0)).isInstanceOf(NotFoundException.class);
        assertThat(documents.deleted(ana, idea)).extracting(Document::id).containsExactly(id);

        documents.restore(ana, id);
        assertThat(content(id, 0)).isEqualTo("un");

        documents.delete(ana, id);
        clock.advance(Duration.ofDays(91));
        documents.purge();
        blobs.sweep();
        assertThatThrownBy(() -> documents.get(ana, id)).isInstanceOf(NotFoundException.class);
        List<String> kept = new ArrayList<>();
        store.each(kept::add);
        assertThat(kept).isEmpty();
    }

    @Test
    void nobodySendsHundredsOfFilesAnHour() {
        for (int i = 0; i < DocumentService.MAX_PER_HOUR; i++) {
            documents.addFile(bo, idea, PLAIN, text("fichier " + i));
        }
        assertThatThrownBy(() -> documents.addFile(bo, idea, PLAIN, text("de trop")))
                .isInstanceOf(TooManyRequestsException.class);
        clock.advance(Duration.ofMinutes(61));
        documents.addFile(bo, idea, PLAIN, text("plus tard"));
    }

    @Test
    void bytesOfAnUploadThatWasRolledBackAreSweptAfterADayAndNotBefore() throws Exception {
        Path file = java.nio.file.Files.writeString(folder.resolve("f"), "sans suite");
        String sha256 = blobs.keep(file).sha256();

        assertThat(blobs.sweep()).isZero();
        assertThat(blobs.verify(true).waiting()).isEqualTo(1);
        clock.advance(Duration.ofHours(25));
        assertThat(blobs.sweep()).isEqualTo(1);
        assertThat(store.open(sha256)).isEmpty();
        assertThat(blobs.verify(true).missing()).isEmpty();
    }

    @Test
    void whoBringsAContentWhileItIsSweptEndsWithItsBytesInTheStore() {
        for (int round = 0; round < 20; round++) {
            String content = "contenu " + round;
            long first = documents.addFile(bo, idea, PLAIN, text(content)).id();
            documents.delete(bo, first);
            clock.advance(Duration.ofDays(91));
            documents.purge();
            AtOnce.run(2, i -> {
                try {
                    return i == 0 ? blobs.sweep() : documents.addFile(bo, idea, PLAIN, text(content));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        for (Document document : documents.list(bo, idea)) {
            assertThat(documents.open(bo, document.id(), 0).stream()).isNotEmpty();
        }
        assertThat(documents.list(bo, idea)).hasSize(20);
    }

    @Test
    void rowsWithoutBytesAndBytesWithoutARowAreBothFound() throws Exception {
        documents.addFile(bo, idea, PLAIN, text("ici"));
        Document lost = documents.addFile(bo, idea, PLAIN, text("perdu"));
        Document spoilt = documents.addFile(bo, idea, PLAIN, text("abîmé"));
        String lostHash = lost.versions().get(0).sha256();
        String spoiltHash = spoilt.versions().get(0).sha256();
        store.delete(lostHash);
        Path place =
                folder.resolve("documents").resolve(spoiltHash.substring(0, 2)).resolve(spoiltHash);
        java.nio.file.Files.write(place, "abîmè".getBytes(StandardCharsets.UTF_8));
        String stray = Blobs.sha256(java.nio.file.Files.writeString(folder.resolve("s"), "égaré"));
        store.put(stray, folder.resolve("s"));

        assertThat(blobs.verify(false).missing()).containsExactly(lostHash);
        Blobs.Finding found = blobs.verify(true);
        assertThat(found.missing()).containsExactlyInAnyOrder(lostHash, spoiltHash);
        assertThat(found.stray()).containsExactly(stray);
        assertThatThrownBy(() -> documents.open(bo, lost.id(), 0))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.code()).isEqualTo("core.document-missing"));

        blobs.sweep();
        blobs.sweep();
        assertThat(store.open(stray)).isEmpty();
    }

    @Test
    void aStoreThatFailsLeavesNoDocument() throws Exception {
        DocumentStore broken = Mockito.mock(DocumentStore.class);
        Mockito.doThrow(new IOException("full")).when(broken).put(Mockito.any(), Mockito.any());
        build(broken);

        assertThatThrownBy(() -> documents.addFile(bo, idea, PLAIN, text("x")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(documents.list(bo, idea)).isEmpty();
    }
}
