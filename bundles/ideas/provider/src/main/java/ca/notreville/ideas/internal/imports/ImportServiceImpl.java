// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.audit.AuditLog;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.Fields;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.ImportDraft;
import ca.notreville.ideas.api.ImportMapping;
import ca.notreville.ideas.api.ImportPreview;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.internal.jpa.ImportEntity;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.LockModeType;
import javax.sql.DataSource;
import org.apache.aries.jpa.template.JpaTemplate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Takes files that are whole, and leaves the rest to {@link ImportJob}. */
@Component
public final class ImportServiceImpl implements ImportService {

    static final String PROPOSALS = "file";
    static final String COMMENTS = "comments";

    private static final String NOT_WAITING = "ideas.import-not-waiting";

    private final JpaTemplate jpa;
    private final DataSource dataSource;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Jobs jobs;
    private final AuditLog audit;

    @Activate
    public ImportServiceImpl(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference(target = "(osgi.jndi.service.name=notreville.ideas)") DataSource dataSource,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Jobs jobs,
            @Reference AuditLog audit) {
        this.jpa = jpa;
        this.dataSource = dataSource;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.jobs = jobs;
        this.audit = audit;
    }

    @Override
    public Import start(Caller caller, ImportDraft draft) {
        access.require(caller, IMPORT);
        if (draft.ideas() == null) {
            throw InvalidException.of(PROPOSALS, "required");
        }
        try (Spooled ideas = Spooled.of(draft.ideas(), PROPOSALS);
                Spooled comments = draft.comments() == null ? null : Spooled.of(draft.comments(), COMMENTS)) {
            ImportMapping mapping = mapping(draft);
            Checked file = check(ideas, mapping == null ? Columns.KNOWN : Columns.of(mapping));
            if (!file.missing.isEmpty() && !draft.ask()) {
                throw new InvalidException(List.of(new FieldError(
                        PROPOSALS,
                        "ideas.import-missing-columns",
                        Map.of("columns", String.join(", ", file.missing)))));
            }
            int rows = file.rows + (comments == null ? 0 : checkComments(comments));
            ImportEntity entity = new ImportEntity(
                    ids.next(),
                    file.missing.isEmpty() ? Import.State.QUEUED : Import.State.WAITING,
                    caller.memberId(),
                    draft.dryRun(),
                    mapping == null ? "" : Mappings.write(mapping),
                    mapping == null ? "" : mapping.name(),
                    rows,
                    clock.instant());
            jpa.tx(em -> {
                em.persist(entity);
                Sql.on(em, connection -> {
                    sweep(connection);
                    ideas.store(connection, entity.id(), PROPOSALS);
                    if (comments != null) {
                        comments.store(connection, entity.id(), COMMENTS);
                    }
                    if (mapping != null && draft.mapping() != null) {
                        Mappings.save(connection, mapping, clock.instant());
                    }
                    if (!entity.waiting()) {
                        enqueue(connection, caller, entity);
                    }
                });
            });
            jobs.poke();
            return entity.toImport(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void enqueue(Connection connection, Caller caller, ImportEntity entity) throws SQLException {
        jobs.enqueue(connection, ImportJob.KIND, String.valueOf(entity.id()));
        if (!entity.dryRun()) {
            audit.append(
                    connection,
                    caller,
                    IMPORT,
                    "import:" + entity.id(),
                    Map.of("rows", String.valueOf(entity.total()), "mapping", entity.mappingName()));
        }
    }

    private @Nullable ImportMapping mapping(ImportDraft draft) throws IOException {
        if (draft.mapping() != null) {
            return Mappings.read(draft.mapping());
        }
        String name = draft.saved();
        if (name == null) {
            return null;
        }
        return Sql.read(dataSource, connection -> Mappings.find(connection, name))
                .orElseThrow(() -> InvalidException.of("saved", "unknown"));
    }

    /** What was read of a file of ideas: how many rows, and the fields that have no column. */
    private record Checked(int rows, List<String> missing) {}

    private static Checked check(Spooled file, Columns columns) throws IOException {
        try (Table table = file.open()) {
            boolean empty = !table.hasNext() && table.columns().isEmpty();
            List<String> needed = columns.source().isEmpty()
                    ? List.of("id", "title", "proposal")
                    : List.copyOf(columns.names().keySet());
            List<String> missing = empty
                    ? List.of()
                    : needed.stream()
                            .filter(field -> !columns.has(table.columns(), field))
                            .map(field -> String.join(" / ", columns.names().getOrDefault(field, List.of())))
                            .toList();
            return new Checked(count(table, PROPOSALS), missing);
        }
    }

    private static int checkComments(Spooled file) throws IOException {
        try (Table table = file.open()) {
            List<String> missing = Decidim.COMMENT_COLUMNS.stream()
                    .filter(c -> !table.columns().isEmpty() && !table.columns().contains(c))
                    .toList();
            if (!missing.isEmpty()) {
                throw new InvalidException(List.of(new FieldError(
                        COMMENTS,
                        "ideas.import-missing-comment-columns",
                        Map.of("columns", String.join(", ", missing)))));
            }
            return count(table, COMMENTS);
        }
    }

    /** Reads the file through. */
    private static int count(Table table, String field) {
        int rows = 0;
        while (table.hasNext()) {
            table.next();
            if (++rows > MAX_ROWS) {
                throw new InvalidException(
                        List.of(new FieldError(field, "ideas.import-too-many-rows", Map.of("max", MAX_ROWS))));
            }
        }
        return rows;
    }

    /** Files that nobody came back for go. */
    private void sweep(Connection connection) throws SQLException {
        Timestamp before = Timestamp.from(clock.instant().minus(Duration.ofHours(KEPT_HOURS)));
        String waiting = " where files_kept = 1 and created_at < ? and state = 'waiting'";
        String trial = " where files_kept = 1 and created_at < ? and dry_run = 1 and state = 'done'";
        for (String sql : List.of(
                "delete from ideas_import_chunk where import_id in (select id from ideas_import" + waiting + ")",
                "delete from ideas_import" + waiting,
                "delete from ideas_import_chunk where import_id in (select id from ideas_import" + trial + ")",
                "update ideas_import set files_kept = 0, version = version + 1" + trial)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setTimestamp(1, before);
                statement.executeUpdate();
            }
        }
    }

    @Override
    public ImportPreview preview(Caller caller, long id) {
        access.require(caller, IMPORT);
        if (!find(id).waiting()) {
            throw new ConflictException(NOT_WAITING);
        }
        try (InputStream in = ImportFiles.open(dataSource, id, PROPOSALS);
                Table table = Table.open(in, PROPOSALS)) {
            List<String> columns = columns(table);
            List<List<String>> rows = new ArrayList<>();
            while (table.hasNext() && rows.size() < ImportPreview.ROWS) {
                Row row = table.next();
                rows.add(columns.stream()
                        .map(column -> Decidim.cut(row.cell(column), ImportPreview.MAX_CELL))
                        .toList());
            }
            return new ImportPreview(columns, rows, new ImportMapping("", Columns.guess(columns), Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> columns(Table table) {
        return table.columns().stream()
                .filter(column -> !column.isEmpty() && column.length() <= ImportMapping.MAX_COLUMN)
                .limit(ImportPreview.MAX_COLUMNS)
                .toList();
    }

    @Override
    public Import map(Caller caller, long id, ImportMapping mapping, boolean dryRun) {
        access.require(caller, IMPORT);
        if (!find(id).waiting()) {
            throw new ConflictException(NOT_WAITING);
        }
        ImportMapping checked = Mappings.checked(mapping, "");
        try (InputStream in = ImportFiles.open(dataSource, id, PROPOSALS);
                Table table = Table.open(in, PROPOSALS)) {
            Fields fields = new Fields();
            checked.columns()
                    .forEach((field, names) -> names.forEach(name -> fields.oneOf(field, name, columns(table))));
            fields.verify();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Import mapped = Sql.again(() -> jpa.txExpr(em -> {
            ImportEntity entity = em.find(ImportEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
            if (entity == null || !entity.waiting()) {
                throw new ConflictException(NOT_WAITING);
            }
            entity.mapped(Mappings.write(checked), checked.name(), dryRun);
            Sql.on(em, connection -> {
                Mappings.save(connection, checked, clock.instant());
                enqueue(connection, caller, entity);
            });
            return entity.toImport(List.of());
        }));
        jobs.poke();
        return mapped;
    }

    private ImportEntity find(long id) {
        ImportEntity entity = jpa.txExpr(em -> em.find(ImportEntity.class, id));
        if (entity == null) {
            throw new NotFoundException();
        }
        return entity;
    }

    @Override
    public Import inEarnest(Caller caller, long id) {
        access.require(caller, IMPORT);
        find(id);
        Import started = Sql.again(() -> jpa.txExpr(em -> {
            ImportEntity trial = em.find(ImportEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
            if (trial == null || !trial.ready()) {
                throw new ConflictException("ideas.import-files-gone");
            }
            trial.filesGone();
            ImportEntity entity = new ImportEntity(
                    ids.next(),
                    Import.State.QUEUED,
                    caller.memberId(),
                    false,
                    trial.mapping(),
                    trial.mappingName(),
                    trial.total(),
                    clock.instant());
            em.persist(entity);
            Sql.on(em, connection -> {
                ImportFiles.move(connection, id, entity.id());
                enqueue(connection, caller, entity);
            });
            return entity.toImport(List.of());
        }));
        jobs.poke();
        return started;
    }

    @Override
    public List<ImportMapping> mappings(Caller caller) {
        access.require(caller, IMPORT);
        return Sql.read(dataSource, connection -> Mappings.all(connection, MAX_MAPPINGS));
    }

    @Override
    public void forget(Caller caller, String mapping) {
        access.require(caller, IMPORT);
        Sql.write(dataSource, connection -> {
            Mappings.delete(connection, mapping);
            return true;
        });
    }

    @Override
    public Import get(Caller caller, long id) {
        access.require(caller, IMPORT);
        return find(id).toImport(refusals(caller, id, null, Import.MAX_REFUSED));
    }

    @Override
    public List<Refusal> refusals(Caller caller, long id, @Nullable Refusal after, int limit) {
        access.require(caller, IMPORT);
        find(id);
        String further = after == null ? "" : " and (part < ? or (part = ? and line > ?))";
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select part, line, field, reason, detail from ideas_import_refusal"
                            + " where import_id = ?" + further + " order by part desc, line fetch first "
                            + Math.max(1, Math.min(Import.MAX_REFUSED, limit)) + " rows only")) {
                select.setLong(1, id);
                if (after != null) {
                    select.setString(2, after.file());
                    select.setString(3, after.file());
                    select.setLong(4, after.line());
                }
                List<Refusal> refusals = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        refusals.add(new Refusal(
                                row.getString(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5)));
                    }
                }
                return refusals;
            }
        });
    }

    @Override
    public List<Import> latest(Caller caller) {
        access.require(caller, IMPORT);
        return jpa
                .txExpr(em -> em.createQuery("select i from Import i order by i.id desc", ImportEntity.class)
                        .setMaxResults(LATEST)
                        .getResultList())
                .stream()
                .map(entity -> entity.toImport(List.of()))
                .toList();
    }
}
