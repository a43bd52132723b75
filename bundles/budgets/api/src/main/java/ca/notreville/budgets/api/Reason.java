// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.api;

import java.util.Locale;

/** Why a project got money or did not. */
public enum Reason {
    /** Most votes first: it was its turn, and the money sufficed. Equal shares: its backers paid for it. */
    CHOSEN,
    /** Equal shares: its backers could not pay for it, but what nobody had spent could, in the order of votes. */
    CHOSEN_WITH_THE_REST,
    /** It costs more than was left at its turn. */
    DEARER_THAN_LEFT,
    /** It costs more than there is in all. */
    DEARER_THAN_ALL,
    /** Its backers had too little left between them, and the rest did not suffice either. */
    BACKERS_SHORT,
    /** Fewer votes or points than the published minimum. */
    BELOW_MINIMUM,
    /** Nobody voted for it. */
    NO_VOTES,
    /** The rule ends at the first project that does not fit, and that one stood before it. */
    AFTER_THE_END;

    /** As written in the database and over REST: {@code dearer-than-left}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Reason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether the project gets its money. */
    public boolean chosen() {
        return this == CHOSEN || this == CHOSEN_WITH_THE_REST;
    }
}
