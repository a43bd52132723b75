// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody is, where permissions are concerned. Nobody is only a {@link #VISITOR}; each account is a {@link #MEMBER}. */
public enum Role {
    /** Anybody, with or without an account. */
    VISITOR,
    /** Anybody with an account. */
    MEMBER,
    /** Offers skills that staff have looked at. */
    EXPERT,
    /** Speaks for a neighbourhood or a round table: may call people to action. */
    LEADER,
    /** Acts for a local partner. */
    PARTNER,
    /** Looks after the conversation. */
    MODERATOR,
    /** Agent of the municipality: official answers, imports, assignment of coaches. */
    STAFF,
    /** Modules, settings, roles. */
    ADMINISTRATOR;

    /** As written in the database and over REST: {@code administrator}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The roles that somebody has to grant; {@link #VISITOR} and {@link #MEMBER} come by themselves. */
    public static List<Role> grantable() {
        return List.of(EXPERT, LEADER, PARTNER, MODERATOR, STAFF, ADMINISTRATOR);
    }

    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
