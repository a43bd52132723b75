// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ConflictException;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings in ideas, and comments on them, that another platform (Decidim's open data), this one ({@link ExportService}) or a spreadsheet
 * exported. A file that is whole is taken and worked through in the background, by whichever node; every row ends as an idea or a comment, or
 * with a reason. The same file again changes nothing; of a row that changed since, the idea follows text, theme, place, author, supports, and
 * the state if it is the state that changed in the file. An idea that was written here is never changed by an import.
 *
 * <p>Files are CSV (RFC 4180, {@code ;} or {@code ,}) in UTF-8 with or without byte order mark, UTF-16, Windows-1252, Mac Roman or code page
 * 850, which are told apart by content; or JSON: an array of objects, an object whose member {@code items} is one, or one object a line. A
 * member of a member has the column name {@code outer/inner}, as Decidim writes it in CSV.
 */
@ProviderType
public interface ImportService {

    /** Action: import ideas. */
    String IMPORT = "ideas.import";

    /** Largest file, in bytes. */
    long MAX_BYTES = 128L * 1024 * 1024;

    /** Most rows of a file. */
    int MAX_ROWS = 500_000;

    /** Most categories; rows with a further one are refused, so that a column that is no theme does not become thousands of them. */
    int MAX_CATEGORIES = 300;

    /** Hours for which files wait for a mapping, or after a dry run. */
    int KEPT_HOURS = 24;

    /**
     * Takes the files.
     *
     * @throws InvalidException on {@code file}, {@code comments}, {@code mapping} or {@code saved} if one is no such file, is cut off, is too
     *     large or lacks a column; nothing is then kept of any
     * @throws ForbiddenException if the caller may not import
     */
    Import start(Caller caller, ImportDraft draft);

    /** Takes files that need no mapping, in earnest. */
    default Import start(Caller caller, @Nullable InputStream ideas, @Nullable InputStream comments) {
        return start(caller, new ImportDraft(ideas, comments, null, null, false, false));
    }

    /**
     * The beginning of the file of ideas, while it waits for a mapping.
     *
     * @throws NotFoundException if there is no such import
     * @throws ConflictException {@code ideas.import-not-waiting}
     */
    ImportPreview preview(Caller caller, long id);

    /**
     * Tells what the columns of a waiting file are, saves that, and has the file worked through.
     *
     * @throws InvalidException on {@code name} or a field
     * @throws NotFoundException if there is no such import
     * @throws ConflictException {@code ideas.import-not-waiting}
     */
    Import map(Caller caller, long id, ImportMapping mapping, boolean dryRun);

    /**
     * Brings in, as an import of its own, the files of a dry run that is done.
     *
     * @throws NotFoundException if there is no such import
     * @throws ConflictException {@code ideas.import-files-gone} if that was done before, or the files are kept no more
     */
    Import inEarnest(Caller caller, long id);

    /** Mappings that were saved, by name; {@value #MAX_MAPPINGS} at most. */
    List<ImportMapping> mappings(Caller caller);

    int MAX_MAPPINGS = 200;

    /** Forgets a saved mapping; one that is not there changes nothing. What was imported with it stays. */
    void forget(Caller caller, String mapping);

    /**
     * How it stands.
     *
     * @throws NotFoundException if there is no such import, or the caller may not import
     */
    Import get(Caller caller, long id);

    /**
     * What was refused, in the order of the files: all of it, a piece at a time.
     *
     * @param after the last refusal that the caller has, {@code null} from the start
     * @param limit 1 to {@value Import#MAX_REFUSED}
     * @throws NotFoundException if there is no such import
     */
    List<Import.Refusal> refusals(Caller caller, long id, Import.@Nullable Refusal after, int limit);

    /** The latest {@value #LATEST} imports, latest first, without their refusals. */
    List<Import> latest(Caller caller);

    int LATEST = 20;
}
