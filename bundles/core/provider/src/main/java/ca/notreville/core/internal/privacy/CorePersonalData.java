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
            Column.deleted("core_api_token", "member_id", "token_hash"),
            Column.deleted("core_identity", "member_id"),
            Column.deleted("core_recovery_code", "member_id", "code_hash"),
            Column.deleted("core_ticket", "member_id", "token_hash"),
            Column.deleted("core_session", "opened_by", "token_hash"),
            Column.deleted("core_profile", "member_id"),
            Column.deleted("core_member_skill", "member_id"),
            Column.deleted("core_kind_request", "member_id"),
            Column.deleted("core_connection", "low_id"),
            Column.deleted("core_connection", "high_id"),
            Column.deleted("core_connection", "asked_by"),
            Column.deleted("core_block", "member_id"),
            Column.deleted("core_message", "author_id"),
            Column.deleted("core_follow", "member_id"),
            Column.deleted("core_reader", "member_id"),
            Column.deleted("core_digest", "member_id"),
            Column.deleted("core_news_preference", "member_id"),
            Column.deleted("core_news_addressee", "member_id"),
            Column.deleted("core_notification", "member_id"),
            Column.deleted("core_call_answer", "member_id"),
            Column.deleted("core_comment_mark", "member_id"),
            Column.deleted("core_report", "reporter_id"),
            Column.deleted("core_suspension", "member_id"),
            Column.deleted("core_residence", "member_id", "proof"),
            Column.deleted("core_residence_letter", "member_id", "code_hash"),
            Column.deleted("core_resident_try", "member_id"),
            Column.forgotten("core_call", "sender_id", "sender_id = null"),
            Column.forgotten("core_case", "author_id", "author_id = 0"),
            Column.forgotten("core_invitation", "answered_by", "answered_by = null"),
            Column.forgotten("core_invitation", "invited_by", "invited_by = 0"),
            Column.forgotten("core_news", "actor_id", "actor_id = 0"),
            Column.forgotten("core_organisation", "created_by", "created_by = null"),
            Column.kept("core_news", "stage_member", "how far a list was worked through, nothing about anybody"),
            Column.kept("core_case", "decided_by", OUTLIVES),
            Column.kept("core_case", "first_by", OUTLIVES),
            Column.kept("core_geo_import", "made_by", OUTLIVES),
            Column.kept("core_kind_request", "decided_by", OUTLIVES),
            Column.kept("core_member", "entered_by", OUTLIVES),
            Column.kept("core_organisation", "verified_by", OUTLIVES),
            Column.kept("core_residence", "verified_by", OUTLIVES),
            Column.kept("core_residence_rule", "decided_by", OUTLIVES),
            Column.deleted("core_session", "member_id", "token_hash"),
            Column.deleted("core_member_role", "member_id"),
            Column.deleted("core_profile_kind", "member_id"),
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
            Column.deleted("core_member", "id", "password", "totp_secret"));

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
