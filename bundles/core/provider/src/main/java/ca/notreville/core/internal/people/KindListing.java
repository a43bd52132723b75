// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.people;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Who stands in the directory with which kind of profile: a copy of what roles and profiles say, in the order of the directory,
 * so that the experts of a city are read like those of a village.
 */
public final class KindListing {

    private KindListing() {}

    /** Call when the roles of a member or the profile were changed, in the same transaction. */
    public static void refresh(Connection connection, long member) throws SQLException {
        // of two changes at once the second waits here and then sees what the first has left
        Db.update(connection, "update core_member set bio = bio where id = ?", member);
        Db.update(connection, "delete from core_profile_kind where member_id = ?", member);
        Db.update(
                connection,
                "insert into core_profile_kind (member_id, kind, alpha, place)"
                        + " select distinct r.member_id, r.role, p.alpha, p.place from core_member_role r"
                        + " join core_profile p on p.member_id = r.member_id"
                        + " where r.member_id = ? and p.listed = 1 and r.role in ('expert', 'leader', 'partner')",
                member);
    }
}
