// SPDX-License-Identifier: EUPL-1.2
package ca.notreville.web.internal.page;

import ca.notreville.web.api.Form;
import ca.notreville.web.api.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.Part;
import javax.ws.rs.BadRequestException;

/** Reads what a browser's form sent. */
final class PostedForm {

    private PostedForm() {}

    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && (type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")
                        || isMultipart(request));
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    static Form read(HttpServletRequest request) {
        if (!isForm(request)) {
            return Form.empty();
        }
        Map<String, Upload> uploads = new LinkedHashMap<>();
        Map<String, List<String>> values = new LinkedHashMap<>();
        try {
            if (isMultipart(request)) {
                for (Part part : request.getParts()) {
                    String name = part.getSubmittedFileName();
                    if (name != null && !name.isEmpty()) {
                        uploads.put(part.getName(), new Upload(baseName(name), part.getSize(), part::getInputStream));
                    }
                }
            }
            request.getParameterMap().forEach((name, all) -> values.put(name, List.of(all)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException | RuntimeException e) {
            // whatever the container has against it: too many fields, a bad escape, a boundary that is missing
            throw new BadRequestException(e);
        }
        uploads.keySet().forEach(values::remove);
        return new Form(values, uploads, List.of());
    }

    private static String baseName(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
