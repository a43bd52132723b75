// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.comment.CommentDraft;
import ca.notreville.core.api.comment.ForeignComment;
import ca.notreville.core.api.comment.Stance;
import ca.notreville.core.api.error.Fields;
import ca.notreville.ideas.api.IdeaDraft;
import ca.notreville.ideas.api.IdeaState;
import ca.notreville.ideas.internal.imports.Columns.Cell;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** Reads rows of Decidim's open-data exports, of what this platform exports, and of files whose columns somebody has told. */
final class Decidim {

    static final List<String> COMMENT_COLUMNS = List.of("id", "body", "commentable_id", "commentable_type");

    /** What the reference of an idea that was written on a site like this begins with; its id follows. */
    static final String OF_NOTREVILLE = "idea:";

    static final int MAX_REFERENCE = 300;
    private static final int MAX_NAME = 120;
    private static final int DATE_LENGTH = "2019-01-24".length();
    private static final String COMMENT = "#comment-";
    private static final DateTimeFormatter RUBY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx", Locale.ROOT);

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final int LONGEST_HTML = 1_000_000;

    /** Within what every database can keep. */
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

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
     * @param line where it stands in its file
     * @param id as the file has it, "" if it has none
     * @param reference unique name of it: its address, or what else it has
     * @param need "" where it is not parted from the solution
     * @param beneficiaries who gains, "" if that is not told
     * @param categoryFr name of the category, "" for none
     * @param categoryColumn where that stands
     * @param place name of the scope, "" for none
     * @param supports on other platforms than that of the file
     * @param votesFor on the platform of the file, where that is one like this
     */
    record Proposal(
            long line,
            String id,
            String reference,
            String address,
            String title,
            String need,
            String body,
            String beneficiaries,
            String categoryFr,
            String categoryEn,
            String categoryColumn,
            String place,
            String authorName,
            IdeaState state,
            int supports,
            int votesFor,
            @Nullable Instant createdAt) {}

    static Proposal proposal(Row row, Columns columns) throws RefusedException {
        checkWidth(row);
        boolean ours = row.ours();
        Cell id = columns.find(row, "id");
        if (id.text().isEmpty() && columns.source().isEmpty()) {
            throw new RefusedException(id.column(), "required", "");
        }
        Cell proposal = columns.find(row, "proposal");
        Cell need = columns.find(row, "need");
        boolean debate = columns.source().isEmpty() && proposal.column().startsWith("description");
        String question =
                text(columns.find(row, "title"), 1, debate ? IdeaDraft.MAX_NEED : IdeaDraft.MAX_TITLE, true, ours);
        String title = shortened(question);
        String body = text(proposal, 1, IdeaDraft.MAX_PROPOSAL, false, ours);
        Cell address = columns.find(row, "address");
        Cell category = columns.find(row, "category");
        return new Proposal(
                row.line(),
                brief(id.text()),
                reference(row, columns, id, title, body),
                // what is no address of the web is not to become a link
                address.text().startsWith("http://") || address.text().startsWith("https://") ? address.text() : "",
                title,
                // the question of a debate may be longer than a title: it is then there in full
                title.equals(question) ? text(need, 0, IdeaDraft.MAX_NEED, false, ours) : question,
                body,
                text(new Cell("beneficiaries", row.cell("beneficiaries")), 0, IdeaDraft.MAX_BENEFICIARIES, false, ours),
                brief(category.text()),
                brief(row.cell("category/name/en")),
                category.column(),
                brief(columns.find(row, "neighbourhood").text()),
                brief(columns.find(row, "author").text()),
                state(columns, columns.find(row, "state").text()),
                number(columns.find(row, "supports")),
                ours ? number(new Cell("votes/for", row.cell("votes/for"))) : 0,
                date(columns.find(row, "date")));
    }

    /** As it is, or its beginning, cut at a word. */
    private static String shortened(String line) {
        if (line.codePointCount(0, line.length()) <= IdeaDraft.MAX_TITLE) {
            return line;
        }
        String cut = cut(line, IdeaDraft.MAX_TITLE - 1);
        int blank = cut.lastIndexOf(' ');
        return (blank > 0 ? cut.substring(0, blank) : cut) + "…";
    }

    private static void checkWidth(Row row) throws RefusedException {
        if (!row.complete()) {
            throw new RefusedException("", "ideas.import-columns", row.cells().size() + "/" + row.width());
        }
    }

    private static String reference(Row row, Columns columns, Cell id, String title, String body)
            throws RefusedException {
        Cell own = columns.find(row, "reference");
        Cell address = columns.find(row, "address");
        Cell used = row.ours() && !own.text().isEmpty()
                ? own
                : columns.source().isEmpty()
                        ? address.text().isEmpty()
                                ? new Cell(id.column(), "decidim:" + component(row) + "/" + id.text())
                                : address
                        : new Cell(
                                id.column(),
                                "csv:" + slug(columns.source()) + "/"
                                        + (id.text().isEmpty() ? "#" + Digest.of(title, body) : id.text()));
        if (used.text().length() > MAX_REFERENCE) {
            throw new RefusedException(used.column(), "ideas.import-too-long", String.valueOf(MAX_REFERENCE));
        }
        return used.text();
    }

    private static String component(Row row) {
        String id = row.cell("component/id");
        return id.isEmpty() ? row.cell("component") : id;
    }

    /**
     * A comment.
     *
     * @param reference unique name of it
     * @param parent reference of the comment it answers, "" if it answers none
     * @param idea reference or address of the idea that it is on, if the row tells
     * @param on id of what it is on, if it is on that directly
     * @param proposal whether it says that this is a proposal
     */
    record Remark(
            String reference,
            String parent,
            String idea,
            String on,
            boolean proposal,
            String type,
            String authorName,
            String body,
            @Nullable Stance stance,
            @Nullable Instant createdAt) {

        ForeignComment toComment(Instant otherwise) {
            return new ForeignComment(
                    reference,
                    parent.isEmpty() ? null : parent,
                    0,
                    authorName,
                    body,
                    createdAt == null ? otherwise : createdAt,
                    parent.isEmpty() ? stance : null);
        }
    }

    static Remark remark(Row row) throws RefusedException {
        checkWidth(row);
        boolean ours = row.ours();
        String id = row.cell("id");
        if (id.isEmpty()) {
            throw new RefusedException("id", "required", "");
        }
        String address = row.cell("root_commentable_url");
        String on = row.cell("commentable_id");
        String type = row.cell("commentable_type");
        boolean answer = type.endsWith("::Comment");
        String prefix = ours ? ForeignComment.OF_NOTREVILLE : site(address) + COMMENT;
        if (prefix.length() + Math.max(id.length(), answer ? on.length() : 0) > ForeignComment.MAX_REFERENCE) {
            throw new RefusedException("id", "ideas.import-too-long", String.valueOf(ForeignComment.MAX_REFERENCE));
        }
        String own = ours ? row.cell("root_commentable_reference") : "";
        return new Remark(
                prefix + id,
                answer ? prefix + on : "",
                own.isEmpty() ? address : own,
                answer ? "" : brief(on),
                type.endsWith("::Proposal"),
                brief(type),
                brief(Columns.KNOWN.find(row, "author").text()),
                text(new Cell("body", row.cell("body")), 1, CommentDraft.MAX_BODY, false, ours),
                stance(row),
                date(Columns.KNOWN.find(row, "date")));
    }

    private static @Nullable Stance stance(Row row) {
        String word = row.cell("stance");
        return switch (word.isEmpty() ? row.cell("alignment") : word) {
            case "1", "for" -> Stance.FOR;
            case "-1", "against" -> Stance.AGAINST;
            case "neutral" -> Stance.NEUTRAL;
            default -> null;
        };
    }

    /** The address up to its path: comments are numbered for a whole site. */
    private static String site(String address) {
        int path = address.indexOf('/', Math.max(0, address.indexOf("://") + 3));
        return path < 0 ? "decidim" : address.substring(0, Math.min(path, 120));
    }

    private static String text(Cell cell, int min, int max, boolean oneLine, boolean plain) throws RefusedException {
        // far longer than what is left of it without tags could be
        if (cell.text().length() > LONGEST_HTML) {
            throw new RefusedException(cell.column(), "ideas.import-too-long", String.valueOf(max));
        }
        String text = plain ? cell.text() : Fields.clean(plain(cell.text()));
        if (oneLine) {
            text = BLANKS.matcher(text).replaceAll(" ");
        }
        int length = text.codePointCount(0, text.length());
        if (length < min) {
            throw new RefusedException(cell.column(), "required", "");
        }
        if (length > max) {
            throw new RefusedException(cell.column(), "ideas.import-too-long", String.valueOf(max));
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
        String clean = BLANKS.matcher(Fields.clean(text)).replaceAll(" ");
        return cut(clean, MAX_NAME);
    }

    /** Between letters. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** Drafts are nobody else's, only moderators here hide, and what another was merged with is not told. */
    private static IdeaState state(Columns columns, String word) {
        IdeaState state =
                IdeaState.of(columns.states().getOrDefault(word, word)).orElse(IdeaState.PUBLISHED);
        return switch (state) {
            case DRAFT, HIDDEN -> IdeaState.PUBLISHED;
            case MERGED -> IdeaState.WITHDRAWN;
            default -> state;
        };
    }

    private static int number(Cell cell) throws RefusedException {
        if (cell.text().isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(cell.text());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a negative number is
        }
        throw new RefusedException(cell.column(), "ideas.import-number", cell.text());
    }

    /** With a time zone as Decidim writes it; a day alone, in the order of the standard, is that day's noon. */
    private static @Nullable Instant date(Cell cell) throws RefusedException {
        String text = cell.text();
        if (text.isEmpty()) {
            return null;
        }
        try {
            Instant moment = text.length() == DATE_LENGTH
                    ? LocalDate.parse(text).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC)
                    : text.indexOf('T') == DATE_LENGTH
                            ? OffsetDateTime.parse(text).toInstant()
                            : OffsetDateTime.parse(text.replace(" UTC", " +0000"), RUBY)
                                    .toInstant();
            if (moment.isAfter(EARLIEST) && moment.isBefore(LATEST)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // told below, as a year that nobody means is
        }
        throw new RefusedException(cell.column(), "ideas.import-date", text);
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
