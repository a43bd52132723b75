// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.error.Fields;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.internal.imports.CsvTable.Row;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Reads rows of Decidim's open-data exports, whose columns differ with the version, the languages and the component. */
final class Decidim {

    /** Columns that a file of proposals has whatever its version, in some language. */
    static final List<String> PROPOSAL_COLUMNS = List.of("id", "title", "body");

    static final List<String> COMMENT_COLUMNS = List.of("id", "body", "commentable_id", "commentable_type");

    private static final int MAX_REFERENCE = 300;
    private static final int MAX_NAME = 120;
    private static final int DATE_LENGTH = "2019-01-24".length();
    private static final String COMMENT = "#comment-";
    private static final DateTimeFormatter RUBY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

    private Decidim() {}

    /** Why a row cannot be brought in. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String column;
        private final String reason;
        private final String detail;

        RefusedException(String column, String reason, String detail) {
            super(reason, null, false, false);
            this.column = column;
            this.reason = reason;
            this.detail = brief(detail);
        }

        String column() {
            return column;
        }

        String reason() {
            return reason;
        }

        String detail() {
            return detail;
        }
    }

    /**
     * A proposal.
     *
     * @param reference unique name of it: its address, or what else it has
     * @param categoryFr name of the category, "" for none
     * @param place name of the scope, "" for none
     */
    record Proposal(
            String reference,
            String address,
            String title,
            String body,
            String categoryFr,
            String categoryEn,
            String place,
            String authorName,
            IdeaState state,
            int supports,
            @Nullable Instant createdAt) {}

    static Proposal proposal(Row row) throws RefusedException {
        if (!row.complete()) {
            throw new RefusedException("", "ideas.import-columns", row.cells().size() + "/" + row.width());
        }
        String id = row.cell("id");
        if (id.isEmpty()) {
            throw new RefusedException("id", "required", "");
        }
        String address = row.cell("url");
        String reference = address.isEmpty() ? "decidim:" + row.cell("component/id", "component") + "/" + id : address;
        if (reference.length() > MAX_REFERENCE) {
            throw new RefusedException("url", "ideas.import-too-long", String.valueOf(MAX_REFERENCE));
        }
        return new Proposal(
                reference,
                address,
                text(row, "title", 1, IdeaDraft.MAX_TITLE, true),
                text(row, "body", 1, IdeaDraft.MAX_PROPOSAL, false),
                brief(row.cell("category/name/fr", "category/name", "category")),
                brief(row.cell("category/name/en")),
                brief(row.inAnyLanguage("scope/name")),
                brief(row.cell("author/name", "author_name")),
                state(row.cell("state", "answer/state")),
                supports(row),
                date(row));
    }

    /**
     * A comment.
     *
     * @param reference unique name of it
     * @param parent reference of the comment it answers, "" if it answers none
     * @param address of the proposal that it is on, if the row tells
     * @param proposal id of the proposal that it is on, if it is on one directly
     */
    record Remark(
            long line,
            String reference,
            String parent,
            String address,
            String proposal,
            String authorName,
            String body,
            @Nullable Instant createdAt) {

        ForeignComment toComment(Instant otherwise) {
            return new ForeignComment(
                    reference,
                    parent.isEmpty() ? null : parent,
                    0,
                    authorName,
                    body,
                    createdAt == null ? otherwise : createdAt);
        }
    }

    static Remark remark(Row row) throws RefusedException {
        if (!row.complete()) {
            throw new RefusedException("", "ideas.import-columns", row.cells().size() + "/" + row.width());
        }
        String id = row.cell("id");
        if (id.isEmpty()) {
            throw new RefusedException("id", "required", "");
        }
        String address = row.cell("root_commentable_url");
        String on = row.cell("commentable_id");
        String type = row.cell("commentable_type");
        boolean answer = type.endsWith("::Comment");
        if (!answer && !type.endsWith("::Proposal")) {
            throw new RefusedException("commentable_type", "ideas.import-not-proposal", type);
        }
        String site = site(address);
        if (site.length() + COMMENT.length() + id.length() > ForeignComment.MAX_REFERENCE) {
            throw new RefusedException("id", "ideas.import-too-long", String.valueOf(ForeignComment.MAX_REFERENCE));
        }
        return new Remark(
                row.line(),
                site + COMMENT + id,
                answer ? site + COMMENT + on : "",
                address,
                answer ? "" : on,
                brief(row.cell("author/name", "author_name")),
                text(row, "body", 1, CommentDraft.MAX_BODY, false),
                date(row));
    }

    /** The address up to its path: comments are numbered for a whole site. */
    private static String site(String address) {
        int path = address.indexOf('/', Math.max(0, address.indexOf("://") + 3));
        return path < 0 ? "decidim" : address.substring(0, Math.min(path, 120));
    }

    private static String text(Row row, String column, int min, int max, boolean oneLine) throws RefusedException {
        String text = Fields.clean(plain(row.inAnyLanguage(column)));
        if (oneLine) {
            text = text.replaceAll("\\s+", " ");
        }
        int length = text.codePointCount(0, text.length());
        if (length < min) {
            throw new RefusedException(column, "required", "");
        }
        if (length > max) {
            throw new RefusedException(column, "ideas.import-too-long", String.valueOf(max));
        }
        return text;
    }

    /** Later versions write HTML. */
    static String plain(String text) {
        if (!text.contains("</") && !text.contains("<br")) {
            return text;
        }
        Document html = Jsoup.parseBodyFragment(text);
        html.outputSettings().prettyPrint(false);
        html.select("p, h1, h2, h3, h4, h5, h6, ul, ol, blockquote").before("\n\n");
        html.select("li").before("\n– ");
        return html.wholeText().replaceAll("\\n{3,}", "\n\n").strip();
    }

    private static String brief(String text) {
        String clean = Fields.clean(text).replaceAll("\\s+", " ");
        return clean.codePointCount(0, clean.length()) <= MAX_NAME
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, MAX_NAME));
    }

    private static IdeaState state(String word) {
        return switch (word) {
            case "accepted" -> IdeaState.ACCEPTED;
            case "rejected" -> IdeaState.DECLINED;
            case "evaluating" -> IdeaState.UNDER_REVIEW;
            case "withdrawn" -> IdeaState.WITHDRAWN;
            default -> IdeaState.PUBLISHED;
        };
    }

    private static int supports(Row row) throws RefusedException {
        String count = row.cell("votes", "supports", "proposal_votes_count", "endorsements/total_count");
        if (count.isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(count);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a negative number is
        }
        throw new RefusedException("votes", "ideas.import-number", brief(count));
    }

    private static @Nullable Instant date(Row row) throws RefusedException {
        String text = row.cell("published_at", "created_at");
        if (text.isEmpty()) {
            text = row.cell("created_at");
        }
        if (text.isEmpty()) {
            return null;
        }
        try {
            return text.indexOf('T') == DATE_LENGTH
                    ? OffsetDateTime.parse(text).toInstant()
                    : OffsetDateTime.parse(text.replace(" UTC", " +0000"), RUBY).toInstant();
        } catch (DateTimeException e) {
            throw new RefusedException("created_at", "ideas.import-date", brief(text));
        }
    }

    /** A name without accents, case and marks: to find the same name again, and to make a slug. */
    static String slug(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }
}
