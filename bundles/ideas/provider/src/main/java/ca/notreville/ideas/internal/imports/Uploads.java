// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts an import with the files of a form, the same for the page and for REST. */
public final class Uploads {

    private Uploads() {}

    public static Import start(ImportService imports, Caller caller, Form form) {
        try (InputStream proposals = open(form.upload(ImportServiceImpl.PROPOSALS));
                InputStream comments = open(form.upload(ImportServiceImpl.COMMENTS))) {
            return imports.start(caller, proposals, comments);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream open(Optional<Upload> file) throws IOException {
        return file.isEmpty() ? null : file.get().open();
    }
}
