// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.follow;

/** What somebody did that makes them follow by itself, if their own rules say so. */
public enum Occasion {
    /** Began it. Followed by default. */
    AUTHOR,
    /** Took part in the discussion. Followed by default. */
    COMMENT,
    /** Voted, supported, signed. Not followed by default. */
    VOTE
}
