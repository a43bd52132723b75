// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

/** How many votes of each kind an idea has; derived from the votes themselves, so always true. */
public record Tally(int inFavour, int neutral, int against) {

    public static final Tally NONE = new Tally(0, 0, 0);

    public int total() {
        return inFavour + neutral + against;
    }

    /** Whole percent of all votes, 0 if there are none. */
    public int percentInFavour() {
        return total() == 0 ? 0 : Math.round(100f * inFavour / total());
    }
}
