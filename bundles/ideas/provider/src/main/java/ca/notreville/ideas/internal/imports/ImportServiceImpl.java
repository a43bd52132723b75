// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.access.AccessControl;
import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.Import.Refusal;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.ideas.internal.jpa.ImportEntity;
import ca.notreville.persistence.api.Ids;
import ca.notreville.persistence.api.Jobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.persistence.EntityManager;
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

    private final JpaTemplate jpa;
    private final Ids ids;
    private final Clock clock;
    private final AccessControl access;
    private final Jobs jobs;

    @Activate
    public ImportServiceImpl(
            @Reference(target = "(osgi.unit.name=ideas)") JpaTemplate jpa,
            @Reference Ids ids,
            @Reference Clock clock,
            @Reference AccessControl access,
            @Reference Jobs jobs) {
        this.jpa = jpa;
        this.ids = ids;
        this.clock = clock;
        this.access = access;
        this.jobs = jobs;
    }

    @Override
    public Import start(Caller caller, @Nullable InputStream proposals, @Nullable InputStream comments) {
        access.require(caller, IMPORT);
        if (proposals == null) {
            throw InvalidException.of(PROPOSALS, "required");
        }
        try {
            byte[] file = read(proposals, PROPOSALS);
            byte[] remarks = comments == null ? null : read(comments, COMMENTS);
            int rows = check(file, PROPOSALS, Decidim.PROPOSAL_COLUMNS)
                    + (remarks == null ? 0 : check(remarks, COMMENTS, Decidim.COMMENT_COLUMNS));
            ImportEntity entity = new ImportEntity(ids.next(), caller.memberId(), rows, clock.instant());
            long id = entity.toImport(List.of()).id();
            jpa.tx(em -> {
                em.persist(entity);
                em.flush();
                Connection connection = em.unwrap(Connection.class);
                try {
                    ImportFiles.write(connection, id, PROPOSALS, new ByteArrayInputStream(file));
                    if (remarks != null) {
                        ImportFiles.write(connection, id, COMMENTS, new ByteArrayInputStream(remarks));
                    }
                    jobs.enqueue(connection, ImportJob.KIND, String.valueOf(id));
                } catch (SQLException | IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            jobs.poke();
            return entity.toImport(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(InputStream in, String field) throws IOException {
        byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new InvalidException(
                    List.of(new FieldError(field, "ideas.import-too-large", Map.of("max", MAX_BYTES / (1024 * 1024)))));
        }
        return bytes;
    }

    /** Reads the file through once. @return how many rows it has */
    private static int check(byte[] file, String field, List<String> columns) throws IOException {
        try (CsvTable table = new CsvTable(new ByteArrayInputStream(file), field)) {
            List<String> missing = columns.stream().filter(c -> !table.has(c)).toList();
            if (!missing.isEmpty()) {
                throw new InvalidException(List.of(new FieldError(
                        field, "ideas.import-missing-columns", Map.of("columns", String.join(", ", missing)))));
            }
            int rows = 0;
            while (table.hasNext()) {
                table.next();
                rows++;
            }
            return rows;
        }
    }

    @Override
    public Import get(Caller caller, long id) {
        access.require(caller, IMPORT);
        return jpa.txExpr(em -> {
            ImportEntity entity = em.find(ImportEntity.class, id);
            if (entity == null) {
                throw new NotFoundException();
            }
            return entity.toImport(refusals(em, id));
        });
    }

    private static List<Refusal> refusals(EntityManager em, long id) {
        try (PreparedStatement select = em.unwrap(Connection.class)
                .prepareStatement(
                        "select part, line, field, reason, detail from ideas_import_refusal where import_id = ?"
                                + " order by part desc, line fetch first " + Import.MAX_REFUSED + " rows only")) {
            select.setLong(1, id);
            List<Refusal> refusals = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    refusals.add(new Refusal(
                            row.getString(1), row.getLong(2), row.getString(3), row.getString(4), row.getString(5)));
                }
            }
            return refusals;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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
