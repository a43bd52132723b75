// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.budgets.internal;

import ca.notreville.budgets.api.ExchangeService;
import ca.notreville.budgets.api.ExchangeService.Imported;
import ca.notreville.core.api.access.Caller;
import ca.notreville.web.api.Form;
import ca.notreville.web.api.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;

/** Files that come and go, the same for the pages and for REST. */
public final class PbUploads {

    private PbUploads() {}

    public static Imported bring(ExchangeService exchange, Caller caller, Form form, boolean dryRun) {
        Upload file = form.upload("file").orElse(null);
        try (InputStream in = file == null ? InputStream.nullInputStream() : file.open()) {
            return exchange.bring(caller, in, dryRun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Response download(String text, long budget) {
        return Response.ok(text)
                .header(HttpHeaders.CONTENT_TYPE, "text/plain;charset=UTF-8")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"budget-" + budget + ".pb\"")
                .build();
    }
}
