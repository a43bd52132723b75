// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.access.Scope;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.document.Document;
import ca.notreville.core.api.document.Document.Version;
import ca.notreville.core.api.document.DocumentDraft;
import ca.notreville.core.api.document.DocumentService;
import ca.notreville.core.api.document.FileDraft;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.core.api.error.TooManyRequestsException;
import ca.notreville.core.api.initiative.Initiative;
import ca.notreville.core.api.initiative.InitiativeSummary;
import ca.notreville.core.api.initiative.Initiatives;
import ca.notreville.core.api.member.MemberService;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.Collator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component(service = {DocumentService.class, DocumentServiceImpl.class})
public final class DocumentServiceImpl implements DocumentService {

    static final String FILE = "file";
    static final String DELETED = "core.document-delete";
    static final String RESTORED = "core.document-restore";
    static final String CHANGED = "core.document-change";

    private static final int BUFFER = 64 * 1024;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String ORGANISATION = "organisation";

    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Initiatives initiatives;
    private final MemberService members;
    private final AuditLog audit;
    private final Blobs blobs;

    /** A file that was taken, before there is a row that refers to it. */
    private record Taken(String fileName, FileType type, Blobs.Kept kept, int width, int height) {}

    @Activate
    public DocumentServiceImpl(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Initiatives initiatives,
            @Reference MemberService members,
            @Reference AuditLog audit,
            @Reference Blobs blobs) {
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.initiatives = initiatives;
        this.members = members;
        this.audit = audit;
        this.blobs = blobs;
    }

    @Override
    public List<Document> list(Caller caller, Initiative initiative) {
        visible(caller, initiative);
        Collator collator = Collator.getInstance(Locale.CANADA_FRENCH);
        return named(Sql.read(dataSource, connection -> DocumentTable.of(connection, initiative, false))).stream()
                .sorted(Comparator.comparing(Document::folder, collator).thenComparing(Document::title, collator))
                .toList();
    }

    @Override
    public List<Document> readFirst(Caller caller, Initiative initiative) {
        if (initiatives.find(caller, initiative).isEmpty()) {
            return List.of();
        }
        return Sql.read(dataSource, connection -> DocumentTable.of(connection, initiative, false)).stream()
                .filter(Document::readFirst)
                .sorted(Comparator.comparingLong(Document::id))
                .toList();
    }

    @Override
    public List<Document> deleted(Caller caller, Initiative initiative) {
        caller.requireMember();
        InitiativeSummary summary = visible(caller, initiative);
        if (!manages(caller, summary)) {
            access.require(caller, MANAGE, where(summary));
        }
        return named(Sql.read(dataSource, connection -> DocumentTable.of(connection, initiative, true)));
    }

    @Override
    public Document get(Caller caller, long id) {
        Document document = find(caller, id);
        if (document.deletedAt() != null && !mayManage(caller, document)) {
            throw new NotFoundException();
        }
        return named(List.of(document)).get(0);
    }

    private Document find(Caller caller, long id) {
        Document document = Sql.read(dataSource, connection -> DocumentTable.find(connection, id))
                .orElseThrow(NotFoundException::new);
        visible(caller, document.initiative());
        return document;
    }

    /** With the names that people go by today. */
    private List<Document> named(List<Document> documents) {
        Map<Long, String> names = members.displayNames(documents.stream()
                .map(Document::addedBy)
                .filter(id -> id != 0)
                .distinct()
                .toList());
        return documents.stream()
                .map(d -> new Document(
                        d.id(),
                        d.initiative(),
                        d.folder(),
                        d.title(),
                        d.caption(),
                        d.link(),
                        d.readFirst(),
                        d.versions(),
                        d.addedBy(),
                        names.getOrDefault(d.addedBy(), ""),
                        d.createdAt(),
                        d.deletedAt()))
                .toList();
    }

    @Override
    public Document addFile(Caller caller, Initiative initiative, DocumentDraft draft, FileDraft file) {
        InitiativeSummary summary = adding(caller, initiative);
        requireCalm(caller);
        Fields fields = new Fields();
        Said said = Said.of(fields, draft, false, false);
        Taken taken = take(fields, file, said.caption());
        String note = fields.line("note", file.note(), 0, FileDraft.MAX_NOTE);
        fields.verify();
        Taken good = Objects.requireNonNull(taken);
        String title = said.title().isEmpty() ? titleOf(good.fileName) : said.title();
        Instant now = now();
        long member = caller.requireMember();
        Document document = new Document(
                ids.next(),
                initiative,
                said.folder(),
                title,
                said.caption(),
                null,
                draft.readFirst() && manages(caller, summary),
                List.of(version(1, good, note, member, now)),
                member,
                caller.displayName(),
                now,
                null);
        insert(document);
        return document;
    }

    private static String titleOf(String fileName) {
        String title = fileName.substring(0, fileName.lastIndexOf('.'))
                .replace('_', ' ')
                .strip();
        return title.isEmpty() ? fileName : title;
    }

    private static Version version(int number, Taken taken, String note, long member, Instant now) {
        return new Version(
                number,
                taken.fileName,
                taken.type.mediaType,
                taken.kept.size(),
                taken.kept.sha256(),
                taken.width,
                taken.height,
                note,
                member,
                now);
    }

    @Override
    public Document addLink(Caller caller, Initiative initiative, DocumentDraft draft) {
        InitiativeSummary summary = adding(caller, initiative);
        Fields fields = new Fields();
        Said said = Said.of(fields, draft, true, true);
        fields.verify();
        Document document = new Document(
                ids.next(),
                initiative,
                said.folder(),
                said.title(),
                said.caption(),
                said.link(),
                draft.readFirst() && manages(caller, summary),
                List.of(),
                caller.requireMember(),
                caller.displayName(),
                now(),
                null);
        insert(document);
        return document;
    }

    private void insert(Document document) {
        Sql.write(dataSource, connection -> {
            if (DocumentTable.count(connection, document.initiative()) >= MAX_DOCUMENTS) {
                throw new ConflictException("core.documents-full");
            }
            DocumentTable.insert(connection, document);
            for (Version version : document.versions()) {
                DocumentTable.insert(connection, document.id(), version);
            }
            return true;
        });
    }

    @Override
    public Document addVersion(Caller caller, long id, FileDraft file) {
        Document document = managed(caller, id);
        if (document.link() != null) {
            throw new ConflictException("core.document-is-link");
        }
        requireCalm(caller);
        Fields fields = new Fields();
        Taken taken = take(fields, file, document.caption());
        String note = fields.line("note", file.note(), 0, FileDraft.MAX_NOTE);
        fields.verify();
        Taken good = Objects.requireNonNull(taken);
        long member = caller.requireMember();
        // of two at once one is told of the number's unique key, looks again and takes the next
        Sql.write(dataSource, connection -> {
            Version last = DocumentTable.find(connection, id)
                    .filter(found -> found.deletedAt() == null)
                    .orElseThrow(NotFoundException::new)
                    .current();
            int number = 1 + Objects.requireNonNull(last).number();
            if (number > MAX_VERSIONS) {
                throw new ConflictException("core.documents-full");
            }
            DocumentTable.insert(connection, id, version(number, good, note, member, now()));
            return true;
        });
        return get(caller, id);
    }

    @Override
    public Document change(Caller caller, long id, DocumentDraft draft) {
        Document before = managed(caller, id);
        Fields fields = new Fields();
        Said said = Said.of(fields, draft, before.link() != null, true);
        Version current = before.current();
        if (current != null && current.picture() && said.caption().isEmpty()) {
            fields.add("caption", "core.document-caption", Map.of());
        }
        fields.verify();
        Document changed = new Document(
                id,
                before.initiative(),
                said.folder(),
                said.title(),
                said.caption(),
                said.link(),
                mayManage(caller, before.initiative()) ? draft.readFirst() : before.readFirst(),
                before.versions(),
                before.addedBy(),
                before.addedByName(),
                before.createdAt(),
                null);
        Sql.write(dataSource, connection -> {
            DocumentTable.update(connection, changed);
            if (caller.memberId() != before.addedBy()) {
                note(connection, caller, CHANGED, before);
            }
            return true;
        });
        return changed;
    }

    @Override
    public void delete(Caller caller, long id) {
        Document document = managedOrDeleted(caller, id);
        Sql.write(dataSource, connection -> {
            if (DocumentTable.delete(connection, id, now())) {
                note(connection, caller, DELETED, document);
            }
            return true;
        });
    }

    @Override
    public void restore(Caller caller, long id) {
        Document document = managedOrDeleted(caller, id);
        Sql.write(dataSource, connection -> {
            if (DocumentTable.delete(connection, id, null)) {
                note(connection, caller, RESTORED, document);
            }
            return true;
        });
    }

    private void note(Connection connection, Caller caller, String action, Document document) throws SQLException {
        audit.append(
                connection,
                caller,
                action,
                "document:" + document.id(),
                Map.of("initiative", document.initiative().toString(), "title", document.title()));
    }

    @Override
    public Content open(Caller caller, long id, int number) {
        Document document = get(caller, id);
        Version version = document.versions().stream()
                .filter(v -> number == 0 || v.number() == number)
                .findFirst()
                .orElseThrow(NotFoundException::new);
        InputStream stream =
                blobs.open(version.sha256()).orElseThrow(() -> new NotFoundException("core.document-missing"));
        return new Content(document, version, stream);
    }

    @Override
    public boolean mayAdd(Caller caller, Initiative initiative) {
        return caller.signedIn()
                && initiatives
                        .find(caller, initiative)
                        .filter(s -> adds(caller, s))
                        .isPresent();
    }

    @Override
    public boolean mayManage(Caller caller, Initiative initiative) {
        return initiatives
                .find(caller, initiative)
                .filter(s -> manages(caller, s))
                .isPresent();
    }

    @Override
    public boolean mayManage(Caller caller, Document document) {
        boolean own =
                caller.signedIn() && caller.memberId() == document.addedBy() && mayAdd(caller, document.initiative());
        return own || mayManage(caller, document.initiative());
    }

    /** Members have documents of their own nowhere: what is beside a person is that person's profile. */
    private InitiativeSummary visible(Caller caller, Initiative initiative) {
        if (initiative.kind().equals("member")) {
            throw new NotFoundException();
        }
        return initiatives.find(caller, initiative).orElseThrow(NotFoundException::new);
    }

    private InitiativeSummary adding(Caller caller, Initiative initiative) {
        caller.requireMember();
        InitiativeSummary summary = visible(caller, initiative);
        if (!adds(caller, summary)) {
            access.require(caller, ADD, where(summary));
        }
        return summary;
    }

    private Document managed(Caller caller, long id) {
        Document document = managedOrDeleted(caller, id);
        if (document.deletedAt() != null) {
            throw new NotFoundException();
        }
        return document;
    }

    private Document managedOrDeleted(Caller caller, long id) {
        caller.requireMember();
        Document document = find(caller, id);
        if (!mayManage(caller, document)) {
            access.require(caller, MANAGE, where(visible(caller, document.initiative())));
        }
        return document;
    }

    private boolean adds(Caller caller, InitiativeSummary summary) {
        return access.allows(caller, ADD, where(summary)) || manages(caller, summary);
    }

    /** An API token does for a responsible member only what it was made for. */
    private boolean manages(Caller caller, InitiativeSummary summary) {
        boolean answers = caller.signedIn()
                && summary.responsible().contains(caller.memberId())
                && (caller.actions() == null || caller.actions().contains(MANAGE));
        return answers || access.allows(caller, MANAGE, where(summary));
    }

    private static Scope where(InitiativeSummary summary) {
        Initiative initiative = summary.initiative();
        return new Scope(summary.neighbourhood(), initiative.kind().equals(ORGANISATION) ? initiative.id() : 0);
    }

    private void requireCalm(Caller caller) {
        Instant since = clock.instant().minus(HOUR);
        int sent =
                Sql.read(dataSource, connection -> DocumentTable.sentSince(connection, caller.requireMember(), since));
        if (sent >= MAX_PER_HOUR) {
            throw new TooManyRequestsException("core.documents-too-many", HOUR);
        }
    }

    /** Looks into the file and keeps it, unless anything is wrong with it or with what was said of it. */
    private @Nullable Taken take(Fields fields, FileDraft draft, String caption) {
        Path file = null;
        Path kept = null;
        try {
            file = Files.createTempFile("notreville-document-", "");
            long size = spool(draft, file);
            if (size > FileDraft.MAX_SIZE) {
                fields.add(FILE, "core.document-too-large", Map.of("max", FileDraft.MAX_SIZE >> 20));
                return null;
            }
            if (size == 0) {
                fields.add(FILE, "required", Map.of());
                return null;
            }
            Examiner.Found found = Examiner.examine(file, draft.name());
            kept = found.file();
            if (found.width() > 0 && caption.isEmpty()) {
                fields.add("caption", "core.document-caption", Map.of());
            }
            if (fields.failed()) {
                return null;
            }
            return new Taken(
                    found.type().name(name(draft.name())),
                    found.type(),
                    blobs.keep(kept),
                    found.width(),
                    found.height());
        } catch (RefusedFileException e) {
            fields.add(FILE, e.code(), Map.of());
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
            delete(kept);
            delete(file == null ? null : file.resolveSibling(file.getFileName() + ".clean"));
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the size, or more than is allowed as soon as it is */
    private static long spool(FileDraft draft, Path to) throws IOException {
        long size = 0;
        byte[] bytes = new byte[BUFFER];
        try (InputStream in = draft.opener().open();
                OutputStream out = Files.newOutputStream(to)) {
            for (int n = in.read(bytes); n >= 0 && size <= FileDraft.MAX_SIZE; n = in.read(bytes)) {
                size += n;
                out.write(bytes, 0, n);
            }
        }
        return size;
    }

    /** What is left of a name once everything is gone that means something to a computer. */
    private static String name(String sent) {
        String base = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
        String clean = Fields.clean(base)
                .replaceAll("[\\p{Cntrl}\\p{Cf}\"*:<>?|;%\\\\/]+", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("^[. ]+|[. ]+$", "");
        if (clean.isEmpty()) {
            return "document";
        }
        int length = clean.codePointCount(0, clean.length());
        if (length <= FileDraft.MAX_NAME) {
            return clean;
        }
        int dot = clean.lastIndexOf('.');
        String ending = dot > 0 && clean.length() - dot <= 6 ? clean.substring(dot) : "";
        return clean.substring(0, clean.offsetByCodePoints(0, FileDraft.MAX_NAME - ending.length())) + ending;
    }

    /** Ends what was deleted long enough ago. */
    void purge() {
        Instant before = now().minus(KEPT_DAYS, ChronoUnit.DAYS);
        for (long id : Sql.read(dataSource, connection -> DocumentTable.deletedBefore(connection, before))) {
            Sql.write(dataSource, connection -> {
                DocumentTable.purge(connection, id, before);
                return true;
            });
        }
    }

    /** To what every database keeps. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** What was said of a document, cleaned. */
    private record Said(
            String title,
            String folder,
            String caption,
            @Nullable String link) {

        static Said of(Fields fields, DocumentDraft draft, boolean isLink, boolean titled) {
            String title = fields.line("title", draft.title(), titled ? 1 : 0, DocumentDraft.MAX_TITLE);
            String folder = fields.line("folder", draft.folder(), 0, DocumentDraft.MAX_FOLDER);
            String caption = fields.text("caption", draft.caption(), 0, DocumentDraft.MAX_CAPTION);
            String link = isLink ? fields.line("link", draft.link(), 1, DocumentDraft.MAX_LINK) : null;
            if (link != null && !link.isEmpty() && !https(link)) {
                fields.add("link", "core.document-link", Map.of());
            }
            return new Said(title, folder, caption, link);
        }

        /** With a host, and without a name and password before it, which only mislead people. */
        private static boolean https(String link) {
            try {
                URI uri = new URI(link);
                return "https".equalsIgnoreCase(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && Stream.of('<', '>', '"').noneMatch(c -> link.indexOf(c) >= 0);
            } catch (java.net.URISyntaxException e) {
                return false;
            }
        }
    }
}
