// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.api.comment;

import ca.notreville.core.api.initiative.Initiative;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * @param thread id of the comment that began the thread, its own if it did
 * @param parent id of the comment it answers, {@code null} if it began the thread
 * @param depth how far it is set in, 0 to {@value #MAX_DEPTH}; an answer to the deepest stands beside it
 * @param author id of the member, 0 if the author has no account here (imported) or the comment is gone
 * @param authorName "" if not known
 * @param body Markdown; "" if the comment is gone
 * @param stance {@code null} if the author took none; only what begins a thread has one
 * @param voice for whom the author speaks
 * @param state a comment that is gone is listed only where others answered it
 * @param editedAt when it was changed last, {@code null} if never
 * @param useful how many members found it useful
 * @param mine whether the caller wrote it
 * @param markedByMe whether the caller found it useful
 * @param atCounter whether staff entered it for the author at the counter, or from paper
 */
public record Comment(
        long id,
        Initiative initiative,
        long thread,
        @Nullable Long parent,
        int depth,
        long author,
        String authorName,
        String body,
        @Nullable Stance stance,
        Voice voice,
        State state,
        Instant createdAt,
        @Nullable Instant editedAt,
        int useful,
        boolean mine,
        boolean markedByMe,
        boolean atCounter) {

    public static final int MAX_DEPTH = 4;

    /** For whom somebody speaks. */
    public enum Voice {
        /** For themselves. */
        MEMBER,
        /** Answers for the initiative: its author, carrier or owner. */
        RESPONSIBLE,
        /** The municipality. */
        CITY;

        /** As written in the database and over REST: {@code city}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What became of a comment. */
    public enum State {
        SHOWN,
        /** Waits for a moderator; only its author sees it. */
        HELD,
        /** Taken away by a moderator. */
        HIDDEN,
        /** Taken back by its author. */
        DELETED;

        /** As written in the database and over REST: {@code held}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether only its place is left. */
        public boolean gone() {
            return this == HIDDEN || this == DELETED;
        }
    }

    /** The same under another name. */
    public Comment by(String name) {
        return name.equals(authorName)
                ? this
                : new Comment(
                        id,
                        initiative,
                        thread,
                        parent,
                        depth,
                        author,
                        name,
                        body,
                        stance,
                        voice,
                        state,
                        createdAt,
                        editedAt,
                        useful,
                        mine,
                        markedByMe,
                        atCounter);
    }

    /** The same with who found it useful. */
    public Comment marked(int count, boolean byMe) {
        return count == useful && byMe == markedByMe
                ? this
                : new Comment(
                        id,
                        initiative,
                        thread,
                        parent,
                        depth,
                        author,
                        authorName,
                        body,
                        stance,
                        voice,
                        state,
                        createdAt,
                        editedAt,
                        count,
                        mine,
                        byMe,
                        atCounter);
    }
}
