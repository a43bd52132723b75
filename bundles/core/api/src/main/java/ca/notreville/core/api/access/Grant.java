// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import java.util.Locale;

/**
 * A role that somebody holds, and where it holds.
 *
 * @param role one of {@link Role#grantable()}
 * @param limit what {@code where} names
 * @param where id of the borough, neighbourhood or organisation; "" for the whole town
 */
public record Grant(Role role, Limit limit, String where) {

    /** Where a role holds. */
    public enum Limit {
        TOWN,
        BOROUGH,
        NEIGHBOURHOOD,
        ORGANISATION;

        /** As written in the database and over REST: {@code borough}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Grant {
        if ((limit == Limit.TOWN) != where.isEmpty()) {
            throw new IllegalArgumentException(limit + " " + where);
        }
    }

    /** Everywhere. */
    public static Grant everywhere(Role role) {
        return new Grant(role, Limit.TOWN, "");
    }
}
