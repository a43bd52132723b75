// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.access;

import java.util.Locale;
import java.util.Optional;

/** What somebody is, where permissions are concerned. Nobody is only a {@link #VISITOR}; each account is a {@link #MEMBER}. */
public enum Role {
    /** Anybody, with or without an account. */
    VISITOR,
    /** Anybody with an account. */
    MEMBER,
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

    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
