// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.privacy.PersonalData;
import ca.notreville.core.api.privacy.PrivacyService;
import ca.notreville.core.internal.document.Blobs;
import ca.notreville.persistence.api.Job;
import ca.notreville.persistence.api.JobHandler;
import ca.notreville.persistence.api.JobInterruptedException;
import ca.notreville.persistence.api.Jobs;
import ca.notreville.persistence.api.Sql;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Makes one member's archive: a folder for each module, a JSON file for each kind of record. Begun anew when it was killed. */
@Component
public final class ArchiveJob implements JobHandler {

    static final String KIND = "core.archive";

    private final DataSource dataSource;
    private final Clock clock;
    private final PersonalDataModules modules;
    private final Blobs blobs;
    private final ObjectMapper mapper = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    @Activate
    public ArchiveJob(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference Clock clock,
            @Reference PersonalDataModules modules,
            @Reference Blobs blobs) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.modules = modules;
        this.blobs = blobs;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void run(Job job) throws IOException {
        long id = Long.parseLong(job.payload());
        Optional<Long> member = member(id);
        if (member.isEmpty()) {
            // the account has ended meanwhile, or an earlier attempt was done and could not say so
            return;
        }
        Path file = Files.createTempFile("notreville-archive-", ".zip");
        try {
            write(job, id, member.get(), file);
            finish(id, "done", blobs.keep(file));
        } catch (JobInterruptedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (job.attempt() >= Jobs.MAX_ATTEMPTS) {
                finish(id, "failed", null);
            }
            throw e;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Optional<Long> member(long id) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select member_id from core_export where id = ? and state = 'running'")) {
                select.setLong(1, id);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
                }
            }
        });
    }

    private void write(Job job, long id, long member, Path file) throws IOException {
        List<PersonalData> all = modules.inOrder();
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            int done = 0;
            for (PersonalData module : all) {
                if (job.stopping()) {
                    throw new JobInterruptedException();
                }
                progress(id, all.size(), done++);
                for (Map.Entry<String, List<Map<String, Object>>> kind :
                        module.export(member).entrySet()) {
                    zip.putNextEntry(new ZipEntry(module.module() + "/" + kind.getKey() + ".json"));
                    mapper.writeValue(zip, kind.getValue());
                    zip.closeEntry();
                }
            }
        }
    }

    private void progress(long id, int steps, int done) {
        Sql.write(dataSource, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("update core_export set steps = ?, steps_done = ? where id = ?")) {
                update.setInt(1, Math.max(1, steps));
                update.setInt(2, done);
                update.setLong(3, id);
                update.executeUpdate();
            }
            return true;
        });
    }

    private void finish(long id, String state, Blobs.@Nullable Kept kept) {
        Instant now = clock.instant();
        Sql.write(dataSource, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update core_export set state = ?, steps_done = steps, sha256 = ?, bytes = ?, finished_at = ?,"
                            + " expires_at = ? where id = ? and state = 'running'")) {
                update.setString(1, state);
                update.setString(2, kept == null ? null : kept.sha256());
                update.setLong(3, kept == null ? 0 : kept.size());
                update.setTimestamp(4, Timestamp.from(now));
                update.setTimestamp(5, Timestamp.from(now.plus(PrivacyService.ARCHIVE_DAYS, ChronoUnit.DAYS)));
                update.setLong(6, id);
                update.executeUpdate();
            }
            return true;
        });
    }
}
