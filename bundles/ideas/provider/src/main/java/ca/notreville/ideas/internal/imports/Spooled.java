// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.error.FieldError;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.ideas.api.ImportService;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** An upload on disk, in UTF-8, while it is looked at: it can be larger than what there is room for in memory. */
final class Spooled implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final String field;

    private Spooled(Path file, String field) {
        this.file = file;
        this.field = field;
    }

    static Spooled of(InputStream in, String field) throws IOException {
        Path raw = Files.createTempFile("notreville-import", ".txt");
        boolean kept = false;
        try {
            copy(in, raw, field);
            Path file = Encoding.utf8(raw, field);
            kept = file.equals(raw);
            return new Spooled(file, field);
        } finally {
            if (!kept) {
                Files.deleteIfExists(raw);
            }
        }
    }

    private static void copy(InputStream in, Path to, String field) throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > ImportService.MAX_BYTES) {
                    throw new InvalidException(List.of(new FieldError(
                            field, "ideas.import-too-large", Map.of("max", ImportService.MAX_BYTES / (1024 * 1024)))));
                }
                out.write(buffer, 0, read);
            }
        }
    }

    Table open() throws IOException {
        return Table.open(new BufferedInputStream(Files.newInputStream(file), BUFFER), field);
    }

    void store(Connection connection, long id, String part) throws SQLException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            ImportFiles.write(connection, id, part, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
