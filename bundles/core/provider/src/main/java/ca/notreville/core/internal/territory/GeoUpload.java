// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.territory;

import ca.notreville.core.api.access.Caller;
import ca.notreville.core.api.error.InvalidException;
import ca.notreville.core.api.territory.GeoImport;
import ca.notreville.core.api.territory.GeoImport.Notice;
import ca.notreville.core.api.territory.GeoMapping;
import ca.notreville.core.api.territory.TerritoryAdmin;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the form of an import, the same for the page and for REST. */
public final class GeoUpload {

    private GeoUpload() {}

    /** @throws InvalidException also if the form has no file */
    public static GeoImport prepare(TerritoryAdmin territory, Caller caller, Form form) {
        var file = form.upload("file").orElseThrow(() -> InvalidException.of("file", "required"));
        try (InputStream in = file.open()) {
            return territory.prepare(
                    caller,
                    in,
                    new GeoMapping(
                            form.optional("name"),
                            form.optional("borough"),
                            form.optional("id"),
                            form.value("replace").equals("yes")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A notice in words. */
    public static String text(Visit visit, Notice notice) {
        return visit.text(
                "error." + notice.code(),
                notice.arguments().entrySet().stream()
                        .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
                        .toArray());
    }
}
