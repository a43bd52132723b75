// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.api;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.ForbiddenException;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.error.NotFoundException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings in proposals, and comments on them, that another platform exported (Decidim's open data). A file that is whole is taken and worked
 * through in the background, by whichever node; every row ends as an idea or with a reason. The same file again changes nothing.
 */
@ProviderType
public interface ImportService {

    /** Action: import ideas. */
    String IMPORT = "ideas.import";

    /** Largest file, in bytes. */
    long MAX_BYTES = 64L * 1024 * 1024;

    /**
     * Takes the files.
     *
     * @param proposals CSV in UTF-8, with {@code ;} or {@code ,}; required
     * @param comments CSV likewise, or {@code null}
     * @throws InvalidException on {@code file} or {@code comments} if one is no such CSV, is cut off, is not UTF-8, is too large or
     *     lacks a column; nothing is then kept of either
     * @throws ForbiddenException if the caller may not import
     */
    Import start(Caller caller, @Nullable InputStream proposals, @Nullable InputStream comments);

    /**
     * How it stands.
     *
     * @throws NotFoundException if there is no such import, or the caller may not import
     */
    Import get(Caller caller, long id);

    /** The latest {@value #LATEST} imports, latest first, without their refusals. */
    List<Import> latest(Caller caller);

    int LATEST = 20;
}
