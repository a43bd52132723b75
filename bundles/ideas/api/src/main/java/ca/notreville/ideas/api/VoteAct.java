// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.Locale;

/** What happened to a vote. */
public enum VoteAct {
    CAST,
    /** The voter voted otherwise; the earlier entry no longer counts. */
    CHANGED,
    /** The voter took the vote back. */
    WITHDRAWN,
    /** The vote went along when what was voted on was united with something else, or parted from it again. */
    MOVED,
    /** The voter had voted on both of what was united; this one no longer counts. */
    DROPPED;

    /** As written in the list, in the database and over REST: {@code cast}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it came about without the voter, whose receipt then stands for the entry that follows. */
    public boolean followsByItself() {
        return this == MOVED || this == DROPPED;
    }

    /** @throws IllegalArgumentException for another word */
    public static VoteAct of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
