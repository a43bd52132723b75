// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.organisation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do for an organisation; each may what the next may too. */
public enum MembershipRole {
    /** Decides who belongs to it, hands it over. */
    OWNER,
    /** Acts for it, edits its page, invites people. */
    MANAGER,
    /** Belongs to it. */
    MEMBER;

    /** As written in the database and over REST: {@code owner}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody of this role acts for the organisation. */
    public boolean acts() {
        return this != MEMBER;
    }

    public static Optional<MembershipRole> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(MembershipRole::word).toList();
    }
}
