// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import ca.notreville.core.api.document.DocumentStore;
import ca.notreville.persistence.api.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Contents in the store, each with a row that is committed before its bytes are put there and deleted after they are gone. Bytes
 * that nothing refers to, as when what should refer to them was rolled back, stay for {@link #GRACE} and are then swept; the row
 * is locked meanwhile, so that who brings the same content just then waits and brings it anew.
 */
@Component(service = Blobs.class)
public final class Blobs {

    /** Longer than anybody takes from bringing a content to committing what refers to it. */
    static final Duration GRACE = Duration.ofHours(24);

    private static final int AT_ONCE = 500;
    private static final String UNUSED =
            "not exists (select 1 from core_document_version v where v.sha256 = core_blob.sha256)"
                    + " and not exists (select 1 from core_export x where x.sha256 = core_blob.sha256)";

    private final DataSource dataSource;
    private final DocumentStore store;
    private final Clock clock;

    @Activate
    public Blobs(
            @Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) DocumentStore store,
            @Reference Clock clock) {
        this.dataSource = dataSource;
        this.store = store;
        this.clock = clock;
    }

    /** What is kept. */
    public record Kept(String sha256, long size) {}

    /**
     * What does not fit together.
     *
     * @param contents how many rows were looked at
     * @param missing contents that something refers to and that are not in the store, or not whole
     * @param stray contents in the store that have no row
     * @param waiting contents that nothing refers to and that will be swept
     */
    public record Finding(long contents, List<String> missing, List<String> stray, long waiting) {
        public Finding {
            missing = List.copyOf(missing);
            stray = List.copyOf(stray);
        }
    }

    public String describe() {
        return store.describe();
    }

    /** Keeps the content of a file. Whatever refers to it must be committed within {@link #GRACE}. */
    public Kept keep(Path file) {
        try {
            String sha256 = sha256(file);
            long size = Files.size(file);
            Sql.write(dataSource, connection -> {
                touch(connection, sha256, size, clock.instant());
                return true;
            });
            store.put(sha256, file);
            return new Kept(sha256, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<InputStream> open(String sha256) {
        try {
            return store.open(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void touch(Connection connection, String sha256, long size, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_blob set touched_at = ? where sha256 = ?")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, sha256);
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into core_blob (sha256, bytes, touched_at) values (?, ?, ?)")) {
            insert.setString(1, sha256);
            insert.setLong(2, size);
            insert.setTimestamp(3, Timestamp.from(now));
            insert.executeUpdate();
        }
    }

    /**
     * Deletes contents that nothing has referred to for {@link #GRACE}. Stray bytes get a row and are deleted the next time.
     *
     * @return how many were deleted
     */
    public int sweep() throws IOException {
        Instant before = clock.instant().minus(GRACE);
        int swept = 0;
        for (String sha256 : unused(before)) {
            if (drop(sha256, before)) {
                swept++;
            }
        }
        for (String sha256 : stray()) {
            long size = store.size(sha256).orElse(0L);
            Sql.write(dataSource, connection -> {
                if (!known(connection, sha256)) {
                    touch(connection, sha256, size, Instant.EPOCH);
                }
                return true;
            });
        }
        return swept;
    }

    /** Deletes a content at once, if nothing refers to it. */
    public void forget(String sha256) {
        drop(sha256, clock.instant().plusSeconds(1));
    }

    private boolean drop(String sha256, Instant before) {
        return Sql.write(dataSource, connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from core_blob where sha256 = ? and touched_at < ? and " + UNUSED)) {
                delete.setString(1, sha256);
                delete.setTimestamp(2, Timestamp.from(before));
                if (delete.executeUpdate() == 0) {
                    return false;
                }
                store.delete(sha256);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private List<String> unused(Instant before) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select sha256 from core_blob where touched_at < ? and " + UNUSED)) {
                select.setTimestamp(1, Timestamp.from(before));
                return hashes(select);
            }
        });
    }

    private static List<String> hashes(PreparedStatement select) throws SQLException {
        List<String> hashes = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                hashes.add(row.getString(1));
            }
        }
        return hashes;
    }

    /**
     * Compares rows and bytes.
     *
     * @param deep whether every content is read and its hash compared
     */
    public Finding verify(boolean deep) throws IOException {
        List<String> missing = new ArrayList<>();
        long contents = 0;
        String last = "";
        List<Kept> some;
        do {
            some = rowsAfter(last);
            for (Kept kept : some) {
                contents++;
                if (!whole(kept, deep)) {
                    missing.add(kept.sha256);
                }
                last = kept.sha256;
            }
        } while (some.size() == AT_ONCE);
        long waiting = Sql.read(dataSource, connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("select count(*) from core_blob where " + UNUSED);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        return new Finding(contents, missing, stray(), waiting);
    }

    /** What nothing refers to may be missing: its bytes come after its row. */
    private boolean whole(Kept kept, boolean deep) throws IOException {
        Optional<Long> size = store.size(kept.sha256);
        boolean good = size.isPresent() && size.get() == kept.size;
        if (good && deep) {
            try (InputStream in = store.open(kept.sha256).orElse(InputStream.nullInputStream())) {
                good = sha256(in).equals(kept.sha256);
            }
        }
        return good || Sql.read(dataSource, connection -> !used(connection, kept.sha256));
    }

    private static boolean used(Connection connection, String sha256) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from core_blob where sha256 = ? and not (" + UNUSED + ")")) {
            select.setString(1, sha256);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    private List<Kept> rowsAfter(String last) {
        return Sql.read(dataSource, connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select sha256, bytes from core_blob where sha256 > ? order by sha256 fetch first " + AT_ONCE
                            + " rows only")) {
                select.setString(1, last);
                List<Kept> rows = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows.add(new Kept(row.getString(1), row.getLong(2)));
                    }
                }
                return rows;
            }
        });
    }

    private List<String> stray() throws IOException {
        List<String> names = new ArrayList<>();
        store.each(names::add);
        return Sql.read(dataSource, connection -> {
            List<String> stray = new ArrayList<>();
            for (String name : names) {
                if (!known(connection, name)) {
                    stray.add(name);
                }
            }
            return stray;
        });
    }

    private static boolean known(Connection connection, String sha256) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select 1 from core_blob where sha256 = ?")) {
            select.setString(1, sha256);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    private static String sha256(InputStream content) throws IOException {
        try (DigestInputStream in = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
