// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.ideas.internal.imports;

import ca.notreville.core.api.access.Caller;
import ca.notreville.ideas.api.Import;
import ca.notreville.ideas.api.ImportDraft;
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

    /** @param ask see {@link ImportDraft#ask} */
    public static Import start(ImportService imports, Caller caller, Form form, boolean ask) {
        try (InputStream ideas = open(form.upload(ImportServiceImpl.PROPOSALS));
                InputStream comments = open(form.upload(ImportServiceImpl.COMMENTS));
                InputStream mapping = open(form.upload(Mappings.FILE))) {
            boolean dryRun = form.value("dryRun").equals("true");
            return imports.start(
                    caller, new ImportDraft(ideas, comments, mapping, form.optional("saved"), dryRun, ask));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream open(Optional<Upload> file) throws IOException {
        return file.isEmpty() ? null : file.get().open();
    }
}
