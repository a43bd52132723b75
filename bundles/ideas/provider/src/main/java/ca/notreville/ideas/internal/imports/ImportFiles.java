// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The files of an import in the database, in pieces, so that any node can work through them and none must hold them whole. */
final class ImportFiles {

    private static final int CHUNK = 256 * 1024;

    private ImportFiles() {}

    static void write(Connection connection, long id, String part, InputStream content)
            throws SQLException, IOException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into ideas_import_chunk (import_id, part, seq, content) values (?, ?, ?, ?)")) {
            int seq = 0;
            for (byte[] chunk = content.readNBytes(CHUNK); chunk.length > 0; chunk = content.readNBytes(CHUNK)) {
                insert.setLong(1, id);
                insert.setString(2, part);
                insert.setInt(3, seq++);
                insert.setBytes(4, chunk);
                insert.executeUpdate();
            }
        }
    }

    static void delete(Connection connection, long id) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from ideas_import_chunk where import_id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    /** The files of one import become another's. */
    static void move(Connection connection, long from, long to) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update ideas_import_chunk set import_id = ? where import_id = ?")) {
            update.setLong(1, to);
            update.setLong(2, from);
            update.executeUpdate();
        }
    }

    static boolean exists(DataSource dataSource, long id, String part) throws SQLException {
        return read(dataSource, id, part, 0) != null;
    }

    /** The file, read piece by piece as it is consumed. */
    static InputStream open(DataSource dataSource, long id, String part) {
        return new Chunks(dataSource, id, part);
    }

    private static byte @Nullable [] read(DataSource dataSource, long id, String part, int seq) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select content from ideas_import_chunk where import_id = ? and part = ? and seq = ?")) {
            select.setLong(1, id);
            select.setString(2, part);
            select.setInt(3, seq);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private static final class Chunks extends InputStream {
        private final DataSource dataSource;
        private final long id;
        private final String part;
        private InputStream chunk = new ByteArrayInputStream(new byte[0]);
        private int seq;

        Chunks(DataSource dataSource, long id, String part) {
            this.dataSource = dataSource;
            this.id = id;
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = chunk.read(bytes, offset, length);
            if (read >= 0 || length == 0) {
                return Math.max(read, 0);
            }
            try {
                byte[] next = ImportFiles.read(dataSource, id, part, seq);
                if (next == null) {
                    return -1;
                }
                seq++;
                chunk = new ByteArrayInputStream(next);
                return chunk.read(bytes, offset, length);
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
