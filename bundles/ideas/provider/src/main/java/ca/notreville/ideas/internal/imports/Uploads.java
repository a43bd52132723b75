// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportService;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Starts an import with the files of a form, the same for the page and for REST. */
public final class Uploads {

    private Uploads() {}

    /** @throws InvalidException also if the form has no file */
    public static Import start(ImportService imports, Caller caller, Form form) {
        Upload file = form.upload(ImportServiceImpl.PROPOSALS)
                .orElseThrow(() -> InvalidException.of(ImportServiceImpl.PROPOSALS, "required"));
        Optional<Upload> comments = form.upload(ImportServiceImpl.COMMENTS);
        try (InputStream proposals = file.open()) {
            if (comments.isEmpty()) {
                return imports.start(caller, proposals, null);
            }
            try (InputStream remarks = comments.get().open()) {
                return imports.start(caller, proposals, remarks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
