// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.access;

import ca.notreville.core.api.access.Grant;
import ca.notreville.core.api.access.Role;
import ca.notreville.core.api.error.InvalidException;
import java.util.Locale;

/** Grants as people write them. */
public final class Grants {

    private Grants() {}

    /**
     * @param where {@code town:}, or a limit and an id, e.g. {@code borough:vieux-bourg}
     * @throws InvalidException on {@code role} or {@code where}
     */
    public static Grant parse(String role, String where) {
        Role known = Role.of(role)
                .filter(Role.grantable()::contains)
                .orElseThrow(() -> InvalidException.of("role", "not-one-of"));
        int colon = where.indexOf(':');
        try {
            Grant.Limit limit = colon < 0
                    ? Grant.Limit.TOWN
                    : Grant.Limit.valueOf(where.substring(0, colon).toUpperCase(Locale.ROOT));
            return new Grant(known, limit, where.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw InvalidException.of("where", "unknown");
        }
    }
}
