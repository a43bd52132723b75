// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.rest;

import ca.notreville.core.api.comment.Comment;
import ca.notreville.ideas.api.Category;
import ca.notreville.ideas.api.Idea;
import ca.notreville.ideas.api.IdeaCard;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.SavedDraft;
import ca.notreville.ideas.api.Tally;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The wire forms of this module; changes here are changes to the public REST interface. */
public final class IdeaViews {

    private IdeaViews() {}

    /** A list in the form of all lists; {@code next} goes into {@code after} for the following piece, null at the end. */
    public record Items<T>(
            List<T> items,
            @Schema(nullable = true) @Nullable String next) {}

    /** Who wrote it; {@code id} is null for somebody without an account here. */
    public record AuthorView(
            @Schema(nullable = true) @Nullable String id, String displayName) {
        static AuthorView of(long id, String name) {
            return new AuthorView(id == 0 ? null : String.valueOf(id), name);
        }
    }

    /** Votes by what they say. */
    public record TallyView(@JsonProperty("for") int inFavour, int neutral, int against) {
        static TallyView of(Tally tally) {
            return new TallyView(tally.inFavour(), tally.neutral(), tally.against());
        }
    }

    /** An unfinished idea as it is sent; nothing is required. {@code version} is the one that is changed. */
    public record DraftBody(
            int version,
            @Nullable String title,
            @Nullable String need,
            @Nullable String proposal,
            @Nullable String beneficiaries,
            @Nullable String category,
            @Nullable String neighbourhood) {}

    /** An unfinished idea. */
    public record DraftView(
            String id,
            int version,
            String title,
            String need,
            String proposal,
            String beneficiaries,
            @Schema(nullable = true) @Nullable String category,
            @Schema(nullable = true) @Nullable String neighbourhood,
            Instant savedAt) {

        static DraftView of(SavedDraft saved) {
            IdeaDraft draft = saved.draft();
            return new DraftView(
                    String.valueOf(saved.id()),
                    saved.version(),
                    Objects.requireNonNullElse(draft.title(), ""),
                    Objects.requireNonNullElse(draft.need(), ""),
                    Objects.requireNonNullElse(draft.proposal(), ""),
                    Objects.requireNonNullElse(draft.beneficiaries(), ""),
                    draft.category(),
                    draft.neighbourhood(),
                    saved.savedAt());
        }
    }

    /**
     * An idea.
     *
     * @param state published, under_review, accepted, declined, taken_up, merged or withdrawn
     * @param origin where it was imported from, null if it was written here
     * @param atCounter whether staff entered it for the author at the counter, or from paper
     */
    public record IdeaView(
            String id,
            String title,
            String need,
            String proposal,
            String beneficiaries,
            @Schema(nullable = true) @Nullable String category,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String state,
            AuthorView author,
            TallyView votes,
            int comments,
            Instant createdAt,
            @Schema(nullable = true) @Nullable OriginView origin,
            boolean atCounter) {

        static IdeaView of(Idea idea) {
            Idea.Origin origin = idea.origin();
            return new IdeaView(
                    String.valueOf(idea.id()),
                    idea.title(),
                    idea.need(),
                    idea.proposal(),
                    idea.beneficiaries(),
                    idea.category(),
                    idea.neighbourhood(),
                    idea.state().word(),
                    AuthorView.of(idea.author(), idea.authorName()),
                    TallyView.of(idea.votes()),
                    idea.comments(),
                    idea.createdAt(),
                    origin == null ? null : new OriginView(origin.address(), origin.supports()),
                    idea.atCounter());
        }
    }

    /** Where an imported idea came from, and how many supported it there. */
    public record OriginView(String address, int supports) {}

    /**
     * An idea in a list.
     *
     * @param atCounter whether staff entered it for the author at the counter, or from paper
     */
    public record CardView(
            String id,
            String title,
            String excerpt,
            @Schema(nullable = true) @Nullable String category,
            @Schema(nullable = true) @Nullable String neighbourhood,
            String state,
            AuthorView author,
            TallyView votes,
            int comments,
            Instant createdAt,
            boolean atCounter) {

        static CardView of(IdeaCard card) {
            return new CardView(
                    String.valueOf(card.id()),
                    card.title(),
                    card.excerpt(),
                    card.category(),
                    card.neighbourhood(),
                    card.state().word(),
                    AuthorView.of(card.author(), card.authorName()),
                    TallyView.of(card.votes()),
                    card.comments(),
                    card.createdAt(),
                    card.atCounter());
        }
    }

    /** A category, with its names by language. */
    public record CategoryView(String id, Map<String, String> names) {
        static CategoryView of(Category category) {
            return new CategoryView(category.id(), category.names());
        }
    }

    /** What to vote: for, neutral or against. */
    public record VoteBody(@Nullable String choice) {}

    /**
     * A vote and the code that stands for it.
     *
     * @param atCounter whether staff entered it for the member at the counter, or from paper
     */
    public record VoteView(String choice, String receipt, boolean atCounter) {}

    /**
     * A comment.
     *
     * @param parent the comment it answers
     * @param atCounter whether staff entered it for the author at the counter, or from paper
     */
    public record CommentView(
            String id,
            @Schema(nullable = true) @Nullable String parent,
            AuthorView author,
            String body,
            Instant createdAt,
            boolean atCounter) {

        static CommentView of(Comment comment) {
            Long parent = comment.parent();
            return new CommentView(
                    String.valueOf(comment.id()),
                    parent == null ? null : parent.toString(),
                    AuthorView.of(comment.author(), comment.authorName()),
                    comment.body(),
                    comment.createdAt(),
                    comment.atCounter());
        }
    }

    /** A comment to write. */
    public record CommentBody(
            @Nullable String body, @Nullable String parent) {}

    /** The files of an import, as parts of a multipart body. */
    public record FilesBody(
            @Schema(type = "string", format = "binary", requiredMode = Schema.RequiredMode.REQUIRED)
            byte[] file,

            @Schema(type = "string", format = "binary") byte @Nullable [] comments) {}

    /**
     * An import.
     *
     * @param state queued, running, done or failed
     * @param refused the rows that were not brought in, 1,000 at most
     */
    public record ImportView(
            String id,
            String state,
            int total,
            int read,
            int created,
            int updated,
            int unchanged,
            int refusedCount,
            List<RefusalView> refused) {}

    /**
     * A row that was not brought in.
     *
     * @param file file or comments
     * @param line on which it begins
     * @param column at fault, "" if none in particular
     * @param code stable
     * @param reason in the caller's language
     */
    public record RefusalView(String file, long line, String column, String code, String reason) {}
}
