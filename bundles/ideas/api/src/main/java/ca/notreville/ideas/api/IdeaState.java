// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where an idea stands. */
public enum IdeaState {
    DRAFT,
    PUBLISHED,
    UNDER_REVIEW,
    ACCEPTED,
    DECLINED,
    TAKEN_UP,
    /** A duplicate whose votes were united with another idea's. */
    MERGED,
    WITHDRAWN,
    /** Taken away by a moderator, or not yet looked at; only its author sees it. */
    HIDDEN;

    /** As written in the database and over REST: {@code under_review}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<IdeaState> of(String word) {
        return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
    }

    /** Whether lists show it. */
    public boolean listed() {
        return this != DRAFT && this != MERGED && this != WITHDRAWN && this != HIDDEN;
    }

    /** Whether votes are taken. */
    public boolean votable() {
        return this == PUBLISHED;
    }

    /** Whether comments are taken. */
    public boolean discussable() {
        return listed() && this != DECLINED;
    }

    /**
     * The states that may come next. An answer may be given anew, and a review taken up again; whether the one who asks may do it
     * is another matter. {@link #HIDDEN} is not a step of an idea's life: moderators hide and show whatever it is.
     */
    public Set<IdeaState> next() {
        return switch (this) {
            case PUBLISHED -> Set.of(UNDER_REVIEW, MERGED, WITHDRAWN);
            case UNDER_REVIEW -> Set.of(PUBLISHED, ACCEPTED, DECLINED, MERGED, WITHDRAWN);
            case ACCEPTED -> Set.of(ACCEPTED, DECLINED, UNDER_REVIEW, TAKEN_UP);
            case DECLINED -> Set.of(DECLINED, ACCEPTED, UNDER_REVIEW);
            case MERGED -> Set.of(PUBLISHED, UNDER_REVIEW);
            case DRAFT, TAKEN_UP, WITHDRAWN, HIDDEN -> Set.of();
        };
    }

    /** Whether it is what an official answer leads to. */
    public boolean answered() {
        return this == ACCEPTED || this == DECLINED;
    }

    /** Words of the states that lists show. */
    public static List<String> listedWords() {
        return Arrays.stream(values())
                .filter(IdeaState::listed)
                .map(IdeaState::word)
                .toList();
    }
}
