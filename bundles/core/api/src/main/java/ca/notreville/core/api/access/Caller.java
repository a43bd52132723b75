// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import ca.notreville.core.api.error.UnauthenticatedException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * On whose behalf a use case runs. Handed to every service method that reads or writes for somebody.
 *
 * @param memberId id of the account, 0 for a visitor
 * @param displayName "" for a visitor
 * @param roles the roles held, {@link Role#VISITOR} always among them
 * @param language in which the caller wants to be spoken to
 */
public record Caller(long memberId, String displayName, Set<Role> roles, Locale language) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public static Caller visitor(Locale language) {
        return new Caller(0, "", Set.of(Role.VISITOR), language);
    }

    /** Somebody with an account; the roles that every account has are added. */
    public static Caller member(long memberId, String displayName, Set<Role> granted, Locale language) {
        Set<Role> roles = EnumSet.of(Role.VISITOR, Role.MEMBER);
        roles.addAll(granted);
        return new Caller(memberId, displayName, roles, language);
    }

    public boolean signedIn() {
        return memberId != 0;
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /**
     * @return the id of the account
     * @throws UnauthenticatedException if there is none
     */
    public long requireMember() {
        if (!signedIn()) {
            throw new UnauthenticatedException();
        }
        return memberId;
    }

    /** The same person, spoken to in another language. */
    public Caller in(Locale other) {
        return language.equals(other) ? this : new Caller(memberId, displayName, roles, other);
    }
}
