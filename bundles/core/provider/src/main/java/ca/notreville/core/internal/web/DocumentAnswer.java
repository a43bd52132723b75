// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.core.internal.web;

import ca.notreville.core.api.document.Document.Version;
import ca.notreville.core.api.document.DocumentService.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * A document's content as an answer that can do no harm whatever is in it: of the type that was found, never guessed anew, shown
 * in the browser only if it is a picture or a PDF, and not allowed to run or load anything.
 */
public final class DocumentAnswer {

    private static final String PDF = "application/pdf";

    /** A PDF is shown by a part of the browser that a sandboxed page may not use; it gets everything else. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
            + " object-src 'self'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

    private static final int NOT_MODIFIED = 304;

    private DocumentAnswer() {}

    /**
     * @param download whether it is to be saved rather than shown
     * @param known the tags that the browser has, if it sent any
     */
    public static Response of(Content content, boolean download, @Nullable String known) {
        Version version = content.version();
        String tag = "\"" + version.sha256() + "\"";
        if (known != null && known.contains(tag)) {
            close(content);
            return Response.status(NOT_MODIFIED).header(HttpHeaders.ETAG, tag).build();
        }
        boolean pdf = version.mediaType().equals(PDF);
        boolean inline = !download && (pdf || version.picture());
        String type =
                version.mediaType().startsWith("text/") ? version.mediaType() + ";charset=UTF-8" : version.mediaType();
        return Response.ok(content.stream())
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_LENGTH, version.size())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(inline, version.fileName()))
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Content-Security-Policy", pdf ? POLICY : POLICY + "; sandbox")
                .build();
    }

    private static void close(Content content) {
        try {
            content.stream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name twice (RFC 6266): in plain letters, and as it is. */
    static String disposition(boolean inline, String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9 ._()-]", "_");
        String whole = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return (inline ? "inline" : "attachment") + "; filename=\"" + plain + "\"; filename*=UTF-8''" + whole;
    }
}
