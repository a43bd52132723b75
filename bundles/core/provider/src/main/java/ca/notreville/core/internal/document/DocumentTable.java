// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.document;

import ca.notreville.core.api.document.Document;
import ca.notreville.core.api.document.Document.Version;
import ca.notreville.core.api.initiative.Initiative;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of documents, by plain SQL. */
final class DocumentTable {

    private static final String COLUMNS =
            "d.id, d.kind, d.initiative_id, d.folder, d.title, d.caption, d.link, d.read_first, d.added_by, d.created_at,"
                    + " d.deleted_at";

    private DocumentTable() {}

    /** Newest first; two queries, whatever their number. */
    static List<Document> of(Connection connection, Initiative initiative, boolean deleted) throws SQLException {
        String condition = "d.kind = ? and d.initiative_id = ? and d.deleted_at is " + (deleted ? "not null" : "null");
        Map<Long, List<Version>> versions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(versions()
                + " join core_document d on d.id = v.document_id where " + condition + " order by v.number desc")) {
            select.setString(1, initiative.kind());
            select.setLong(2, initiative.id());
            read(select, versions);
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from core_document d where " + condition + " order by d.id desc")) {
            select.setString(1, initiative.kind());
            select.setLong(2, initiative.id());
            List<Document> documents = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    documents.add(document(row, versions.getOrDefault(row.getLong(1), List.of())));
                }
            }
            return documents;
        }
    }

    static Optional<Document> find(Connection connection, long id) throws SQLException {
        Map<Long, List<Version>> versions = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(versions() + " where v.document_id = ? order by v.number desc")) {
            select.setLong(1, id);
            read(select, versions);
        }
        try (PreparedStatement select =
                connection.prepareStatement("select " + COLUMNS + " from core_document d where d.id = ?")) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(document(row, versions.getOrDefault(id, List.of()))) : Optional.empty();
            }
        }
    }

    private static String versions() {
        return "select v.document_id, v.number, v.file_name, v.media_type, b.bytes, v.sha256, v.width, v.height, v.note,"
                + " v.added_by, v.created_at from core_document_version v join core_blob b on b.sha256 = v.sha256";
    }

    private static void read(PreparedStatement select, Map<Long, List<Version>> into) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                into.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                        .add(new Version(
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getInt(7),
                                row.getInt(8),
                                row.getString(9),
                                row.getLong(10),
                                row.getTimestamp(11).toInstant()));
            }
        }
    }

    private static Document document(ResultSet row, List<Version> versions) throws SQLException {
        Timestamp deleted = row.getTimestamp(11);
        return new Document(
                row.getLong(1),
                new Initiative(row.getString(2), row.getLong(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8) == 1,
                versions,
                row.getLong(9),
                "",
                row.getTimestamp(10).toInstant(),
                deleted == null ? null : deleted.toInstant());
    }

    static void insert(Connection connection, Document document) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_document (id, kind, initiative_id, folder, title, caption, link, read_first, added_by,"
                        + " created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, document.id());
            insert.setString(2, document.initiative().kind());
            insert.setLong(3, document.initiative().id());
            insert.setString(4, document.folder());
            insert.setString(5, document.title());
            insert.setString(6, document.caption());
            insert.setString(7, document.link());
            insert.setInt(8, document.readFirst() ? 1 : 0);
            setMember(insert, 9, document.addedBy());
            insert.setTimestamp(10, Timestamp.from(document.createdAt()));
            insert.executeUpdate();
        }
    }

    static void insert(Connection connection, long document, Version version) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into core_document_version (document_id, number, sha256, file_name, media_type, width, height,"
                        + " note, added_by, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setLong(1, document);
            insert.setInt(2, version.number());
            insert.setString(3, version.sha256());
            insert.setString(4, version.fileName());
            insert.setString(5, version.mediaType());
            insert.setInt(6, version.width());
            insert.setInt(7, version.height());
            insert.setString(8, version.note());
            setMember(insert, 9, version.addedBy());
            insert.setTimestamp(10, Timestamp.from(version.createdAt()));
            insert.executeUpdate();
        }
    }

    private static void setMember(PreparedStatement statement, int index, long member) throws SQLException {
        if (member == 0) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, member);
        }
    }

    static void update(Connection connection, Document document) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update core_document set folder = ?, title = ?, caption = ?, link = ?, read_first = ? where id = ?")) {
            update.setString(1, document.folder());
            update.setString(2, document.title());
            update.setString(3, document.caption());
            update.setString(4, document.link());
            update.setInt(5, document.readFirst() ? 1 : 0);
            update.setLong(6, document.id());
            update.executeUpdate();
        }
    }

    /** @return whether anything changed */
    static boolean delete(Connection connection, long id, @Nullable Instant when) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update core_document set deleted_at = ? where id = ?"
                        + " and deleted_at is " + (when == null ? "not null" : "null"))) {
            update.setTimestamp(1, when == null ? null : Timestamp.from(when));
            update.setLong(2, id);
            return update.executeUpdate() > 0;
        }
    }

    static int count(Connection connection, Initiative initiative) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from core_document where kind = ? and initiative_id = ? and deleted_at is null")) {
            select.setString(1, initiative.kind());
            select.setLong(2, initiative.id());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    static int sentSince(Connection connection, long member, Instant since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select count(*) from core_document_version where added_by = ? and created_at > ?")) {
            select.setLong(1, member);
            select.setTimestamp(2, Timestamp.from(since));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    static List<Long> deletedBefore(Connection connection, Instant moment) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id from core_document where deleted_at < ?")) {
            select.setTimestamp(1, Timestamp.from(moment));
            List<Long> ids = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                }
            }
            return ids;
        }
    }

    /** For good, unless it was restored meanwhile. */
    static void purge(Connection connection, long id, Instant before) throws SQLException {
        // locks the document first: who restores it waits, and then finds none
        try (PreparedStatement lock = connection.prepareStatement(
                "update core_document set deleted_at = deleted_at where id = ? and deleted_at < ?")) {
            lock.setLong(1, id);
            lock.setTimestamp(2, Timestamp.from(before));
            if (lock.executeUpdate() == 0) {
                return;
            }
        }
        try (PreparedStatement versions =
                        connection.prepareStatement("delete from core_document_version where document_id = ?");
                PreparedStatement document = connection.prepareStatement("delete from core_document where id = ?")) {
            versions.setLong(1, id);
            versions.executeUpdate();
            document.setLong(1, id);
            document.executeUpdate();
        }
    }
}
