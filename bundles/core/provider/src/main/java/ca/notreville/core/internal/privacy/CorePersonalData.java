// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.privacy;

import ca.notreville.core.api.privacy.PersonalData;
import ca.notreville.persistence.api.PersonalColumns;
import ca.notreville.persistence.api.PersonalColumns.Column;
import ca.notreville.persistence.api.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What the core knows of a member. The row of the member itself goes last: whoever writes something under that member meanwhile
 * meets the foreign key, and either it comes first and is found here, or it is refused.
 */
@Component
public final class CorePersonalData implements PersonalData {

    private static final String OUTLIVES = "the register must be able to tell who did what, and outlives accounts";

    static final PersonalColumns COLUMNS = PersonalColumns.of(
            Column.deleted("core_session", "member_id", "token_hash"),
            Column.deleted("core_member_role", "member_id"),
            Column.deleted("core_membership", "member_id"),
            Column.deleted("core_consent", "member_id"),
            Column.deleted("core_export", "member_id", "sha256"),
            Column.forgotten("core_comment", "author_id", "author_id = null, author_name = ''"),
            Column.forgotten("core_document", "added_by", "added_by = null"),
            Column.forgotten("core_document_version", "added_by", "added_by = null"),
            Column.kept("core_erasure", "member_id", "proof that the account was ended, a number and two dates"),
            Column.kept("core_audit", "actor_id", OUTLIVES),
            Column.kept("core_permission", "decided_by", OUTLIVES),
            Column.kept("core_incident", "recorded_by", OUTLIVES),
            Column.kept("core_personal_access", "actor_id", OUTLIVES),
            Column.kept("core_personal_access", "member_id", OUTLIVES),
            Column.deleted("core_member", "id", "password"));

    private final DataSource dataSource;

    @Activate
    public CorePersonalData(@Reference(target = "(osgi.jndi.service.name=notreville.core)") DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String module() {
        return "core";
    }

    @Override
    public Map<String, List<Map<String, Object>>> export(long member) {
        return Sql.read(dataSource, connection -> COLUMNS.export(connection, member));
    }

    @Override
    public long erase(long member) {
        return Sql.write(dataSource, connection -> {
            String email = email(connection, member);
            if (email != null) {
                forgetLetters(connection, email);
            }
            COLUMNS.erase(connection, member);
            return COLUMNS.remaining(connection, member);
        });
    }

    private static @Nullable String email(Connection connection, long member) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select email from core_member where id = ?")) {
            select.setLong(1, member);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    /** Letters that were sent are empty already; those that wait, or could not be sent, name the address. */
    private static void forgetLetters(Connection connection, String email) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select id, letter from core_mail where state <> 'sent'");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (row.getString(2).contains("\"" + email + "\"")) {
                    found.add(row.getLong(1));
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("delete from core_mail where id = ?")) {
            for (long id : found) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
        }
    }
}
