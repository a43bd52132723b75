// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** Words of the states that lists show. */
    public static List<String> listedWords() {
        return Arrays.stream(values())
                .filter(IdeaState::listed)
                .map(IdeaState::word)
                .toList();
    }
}
