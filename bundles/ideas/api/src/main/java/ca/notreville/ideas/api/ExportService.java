// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Writes out all ideas that everybody can see, and the comments on them, in a form that {@link ImportService} reads: on another site the
 * same number of ideas and comments come of it, on this one nothing changes.
 *
 * <p>Columns are named as Decidim's where there is one. CSV is RFC 4180 in UTF-8 with a byte order mark. A cell that begins, after any number
 * of apostrophes, with {@code = + - @}, one of their wide forms, a tab or a carriage return would be a formula to a spreadsheet: one apostrophe is put before it,
 * and taken away again by an import, which knows such files by {@value #FORMAT} in the column {@code format}. JSON is an array of objects
 * without that, {@code outer/inner} being a member of a member.
 */
@ProviderType
public interface ExportService {

    /** Action: export ideas. */
    String EXPORT = "ideas.export";

    /** What is in the column {@code format}. */
    String FORMAT = "notreville/1";

    /** What is written. */
    enum Part {
        IDEAS,
        COMMENTS;

        /** As sent: {@code comments}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Part::word).toList();
        }
    }

    /** How it is written. */
    enum Format {
        /** CSV with semicolons, which spreadsheets in French expect. */
        CSV,
        /** CSV with commas. */
        CSV_COMMA,
        JSON;

        /** As sent: {@code csv-comma}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static List<String> words() {
            return Arrays.stream(values()).map(Format::word).toList();
        }
    }

    /** @throws ForbiddenException if the caller may not export */
    void check(Caller caller);

    /**
     * Writes while it reads, some hundred ideas at a time, oldest first; what changes meanwhile may be in or not.
     *
     * @param out is flushed and not closed
     * @return how many ideas or comments were written
     * @throws ForbiddenException if the caller may not export
     * @throws IOException if {@code out} does
     */
    long write(Caller caller, Part part, Format format, OutputStream out) throws IOException;
}
