// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.web.api.Answer;
import ca.notreville.web.api.Away;
import ca.notreville.web.api.Page;
import ca.notreville.web.api.Redirect;
import ca.notreville.web.internal.rest.Problem;
import gg.jte.output.Utf8ByteOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** Puts a page into the layout and makes it bytes. */
public final class PageRenderer {

    private static final String HTML = "text/html;charset=utf-8";
    private static final int WORTH_COMPRESSING = 1_400;
    private static final int LEVEL = 4;
    private static final String NOT_IN_URI = "\"<>\\^`{|}[]%";

    public Response response(VisitImpl visit, Answer answer) {
        if (answer instanceof Redirect redirect) {
            return redirect(visit, redirect);
        }
        return answer instanceof Away away
                ? Response.seeOther(away.address())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build()
                : page(visit, (Page) answer);
    }

    private static Response redirect(VisitImpl visit, Redirect redirect) {
        visit.say(redirect.notice());
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, URI.create(escaped(redirect.path())))
                .build();
    }

    /** As an address may be written: browsers send queries with characters in them that no URI may have. */
    static String escaped(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            char c = (char) (bytes[i] & 0xff);
            boolean escape = c == '%' && i + 2 < bytes.length && isHex(bytes[i + 1]) && isHex(bytes[i + 2]);
            if (escape || (c > ' ' && c < 0x7f && NOT_IN_URI.indexOf(c) < 0)) {
                out.append(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
            }
        }
        return out.toString();
    }

    private static boolean isHex(byte b) {
        return HexFormat.isHexDigit(b);
    }

    private static Response page(VisitImpl visit, Page page) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        if (page.fragment()) {
            page.body().writeTo(output);
        } else {
            UiImpl.VIEWS
                    .layout(
                            visit,
                            page,
                            visit.portal().nav(visit.caller()),
                            !visit.portal().adminEntries(visit.caller()).isEmpty(),
                            notice(visit))
                    .writeTo(output);
        }
        Response.ResponseBuilder response = Response.status(page.status())
                .type(HTML)
                .header(HttpHeaders.CONTENT_LANGUAGE, visit.locale().toLanguageTag())
                .header(HttpHeaders.VARY, "Accept-Language, Cookie, Accept-Encoding, HX-Request")
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        byte[] body;
        if (output.getContentLength() > WORTH_COMPRESSING && acceptsGzip(visit)) {
            body = gzip(output);
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        } else {
            body = output.toByteArray();
        }
        return response.header(HttpHeaders.CONTENT_LENGTH, body.length)
                .entity(body)
                .build();
    }

    /** What happened on the page before, said once. */
    private static @Nullable String notice(VisitImpl visit) {
        String key = visit.cookies().notice(visit.request());
        if (key == null) {
            return null;
        }
        visit.cookies().clearNotice(visit.response());
        return visit.portal().messages().has(key) ? visit.text(key) : null;
    }

    private static boolean acceptsGzip(VisitImpl visit) {
        String accepted = visit.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] gzip(Utf8ByteOutput output) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(output.getContentLength() / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 4096) {
            {
                def.setLevel(LEVEL);
            }
        }) {
            output.writeTo((bytes, offset, length) -> gzip.write(bytes, offset, length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * The page for people whose request failed. Whatever they had typed is on it; if they only need to sign in, so is the way
     * to do that and go on.
     */
    public Page errorPage(VisitImpl visit, Problem problem) {
        Pending pending = visit.isPost() ? Pending.of(visit.path(), visit.form()) : null;
        if (problem.status() == 401) {
            String next = visit.isPost() ? "" : visit.pathAndQuery();
            return Page.of(
                            visit.text("web.sign-in-first.title"),
                            UiImpl.VIEWS.signInFirst(visit, pending == null ? "" : pending.pack(), next))
                    .withStatus(401);
        }
        return Page.of(
                        visit.text("web.error.title." + kind(problem.status())),
                        UiImpl.VIEWS.error(visit, problem, pending, kind(problem.status())))
                .withStatus(problem.status());
    }

    private static String kind(int status) {
        return switch (status) {
            case 403, 404, 409, 413, 429, 503 -> String.valueOf(status);
            default -> status < 500 ? "400" : "500";
        };
    }
}
